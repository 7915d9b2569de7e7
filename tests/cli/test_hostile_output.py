"""A repository that others wrote prints nothing that its reader's terminal or CI system would obey."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.cli import forked
from tests.conftest import BLOG_NODE, ROOT
from tests.interop.importing import UNDERLAY

HOSTILE = "::error file=x,line=1::##[error]\x1b]0;pwned\x07\u202e\u2028"
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from frrcompile.cli import process; process()"
FORMATS = ["text", "json", "sarif", "github", "gitlab", "junit"]


def run(*words: str | bytes, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return forked.run(words, cwd, stdin=stdin, environment=os.environ | {"GITHUB_ACTIONS": "true"})


def obeyed(done: subprocess.CompletedProcess[bytes], *, commands: bool = False) -> list[str]:
    """What of the output a terminal or a runner would act on; `commands`: workflow commands that are ours may be there."""
    found = []
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    for line in (done.stdout + b"\n" + done.stderr).decode().split("\n"):
        if {unicodedata.category(character) for character in line.replace("\t", "")} & {"Cc", "Cf", "Zl", "Zp"}:
            found.append(line)
        ours = commands and line.startswith(("::error ", "::warning ", "::notice ")) and "title=" in line
        if (not ours and line.lstrip().startswith("::")) or re.search(r"##\w*\[", line):
            found.append(line)
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder in which every name and every line is hostile."""
    (tmp_path / f"{HOSTILE}.conf").write_text(f"{HOSTILE} x\nhostname {HOSTILE}\n ##[error]x\nfoo\r2026 good: x\n")
    (tmp_path / os.fsdecode(b"\xff::error.conf")).write_text("hostnam x\n")
    (tmp_path / "##[error]PWN.conf").write_text("router bgp 1\n neighbor x y z\n")
    (tmp_path / "##vso[task.setvariable]PWN.conf").write_text("hostnam x\n")
    (tmp_path / "::error::site.yaml").write_text(BLOG_NODE.read_text() + f"{HOSTILE[:20]}: x\n'::error::x': y\n")
    return tmp_path


@pytest.mark.parametrize("format_", FORMATS)
def test_lint_of_a_hostile_folder(format_: str, repository: Path) -> None:
    done = run("lint", ".", "--format", format_, cwd=repository)
    assert done.returncode == 1, done.stderr
    assert not obeyed(done, commands=format_ in ("text", "github"))


@pytest.mark.parametrize("format_", FORMATS)
def test_lint_of_hostile_names(format_: str, repository: Path) -> None:
    for name in map(os.fsencode, (path.name for path in repository.iterdir())):
        assert not obeyed(run("lint", "--format", format_, b"./" + name, cwd=repository), commands=True)
        assert not obeyed(run("lint", "--format", format_, name, cwd=repository), commands=True)


@pytest.mark.parametrize(
    "settings",
    [
        '[lint]\nignore = ["::error::x\\u001b"]\n',
        '[lint]\n"::error::\\u202e" = 1\n',
        f"[lint]\n::error::{HOSTILE[-1]}\n",
        '[lint]\nfrr = "::error::\\u001b"\n',
        '[lint]\nseverity = {"FRR701" = "::error::\\r\\n::error::y"}\n',
        '[lint]\nignore = ["' + "x" * 1_000_000 + '"]\n',
    ],
)
@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_settings(settings: str, format_: str, tmp_path: Path) -> None:
    folder = tmp_path / "::error::folder"
    folder.mkdir()
    (folder / "frrcompile.toml").write_text(settings)
    (folder / "x.conf").write_text("hostname r1\n")
    done = run("lint", "::error::folder/x.conf", "--format", format_, cwd=tmp_path)
    assert done.returncode == 2
    assert not obeyed(done, commands=True)
    assert len(done.stderr) < 10_000


@pytest.mark.parametrize(
    "words",
    [
        ["lint", "--format", HOSTILE, "x"],
        ["lint", "x", HOSTILE],
        ["lint", f"--{HOSTILE}"],
        ["lint", "--frr", HOSTILE, "x"],
        ["lint", "--select", HOSTILE, "x"],
        ["compile", HOSTILE],
        ["compile", str(BLOG_NODE), "--node", HOSTILE],
        ["diff", HOSTILE, f"git:{HOSTILE}:{HOSTILE}"],
        ["golden", "check", HOSTILE],
        ["draw", HOSTILE],
        ["explain", HOSTILE],
        ["explain", "x" * 100_000],
        ["import", "openperouter", HOSTILE],
        ["import", "openperouter", "--node", HOSTILE, "x"],
        ["export", "frr-k8s", HOSTILE],
        ["export", "frr-k8s", str(BLOG_NODE), "--prefix", HOSTILE],
        ["grammar", "learn", "--vtysh", HOSTILE],
        [HOSTILE],
        ["lint", b"\xff\xfe"],
        ["compile", b"\xff\xfe"],
        ["explain", b"\xff"],
    ],
    ids=lambda words: str(words[0])[:10],
)
def test_hostile_arguments(words: list[str | bytes], tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert not obeyed(done, commands=True)
    assert len(done.stderr) < 10_000


@pytest.mark.parametrize("format_", [["--format", "text"], ["--format", "json"], ["--format", "markdown"], ["--stat"]])
def test_a_diff_of_hostile_files(format_: list[str], repository: Path) -> None:
    old = repository / "old"
    old.mkdir()
    (old / f"{HOSTILE}.conf").write_text(f"hostname x\nrouter bgp 1\n neighbor {HOSTILE} remote-as 2\n")
    new = repository / "new"
    new.mkdir()
    (new / f"{HOSTILE}.conf").write_text("hostname y\n::error::x\n##[error]\n")
    done = run("diff", "old", "new", *format_, cwd=repository)
    assert done.returncode == 1
    assert not obeyed(done)


def test_the_repairs_of_hostile_files(repository: Path) -> None:
    (repository / f"{HOSTILE}.conf").write_text("int eth0\n::error::x\n \x1b[2J\nexit\n")
    done = run("lint", ".", "--diff", cwd=repository)
    assert b"+interface eth0" in done.stdout
    assert not obeyed(done)


def test_a_compiled_file_stays_as_it_is(tmp_path: Path) -> None:
    """A frr.conf on standard output is data: what a raw line says is written."""
    (tmp_path / "x.conf").write_text("int eth0\n::error::x\nexit\n")
    done = run("lint", "-", "--fix", cwd=tmp_path, stdin=b"int eth0\nhostname ::error::x\nexit\n")
    assert done.stdout == b"interface eth0\nhostname ::error::x\nexit\n"


COMMANDS = ("::error::x", "##[error]x")


def model(said: str) -> str:
    """A model that says something in each field that takes nearly any text."""
    text = BLOG_NODE.read_text()
    for old in ("# leaf2\n", "# leaf1\n"):
        text = text.replace(old, f"\n      description: '{said}'\n", 1)
    return text


@pytest.mark.parametrize("said", COMMANDS)
@pytest.mark.parametrize("format_", ["svg", "dot", "mermaid"])
@pytest.mark.parametrize("against", [False, True])
def test_a_picture_of_a_hostile_model(format_: str, said: str, against: bool, tmp_path: Path) -> None:
    (tmp_path / f"{said}.yaml").write_text(model(said))
    (tmp_path / f"old {said}.yaml").write_text(BLOG_NODE.read_text())
    more = ["--against", f"old {said}.yaml"] if against else []
    done = run("draw", f"./{said}.yaml", "--format", format_, *more, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert b"error" in done.stdout
    assert not obeyed(done)


@pytest.mark.parametrize("said", COMMANDS)
@pytest.mark.parametrize(
    "words",
    [
        ["compile", "m.yaml"],
        ["compile", "m.yaml", "--ir"],
        ["diff", "old.conf", "m.yaml", "--format", "commands"],
        ["diff", "old.conf", "new.conf", "--format", "commands"],
        ["diff", "new.conf", "old.conf", "--format", "commands"],
        ["lint", "-", "--fix"],
        ["lint", "new.conf", "--diff"],
        ["export", "frr-k8s", "m.yaml"],
        ["import", "openperouter", "k.yaml"],
    ],
    ids=" ".join,
)
def test_data_in_the_log_of_a_ci_system(words: list[str], said: str, tmp_path: Path) -> None:
    """A pull request's file is compiled or compared in CI, and the log has what comes of it."""
    (tmp_path / "m.yaml").write_text(model(said) + f"\nraw:\n  - lines: |\n      banner motd line x\r{said}\n")
    (tmp_path / "k.yaml").write_text(
        f"{UNDERLAY}  x: '{said}'\n---\nkind: RawFRRConfig\nspec: {{rawConfig: '{said}'}}\n"
    )
    (tmp_path / "old.conf").write_text("hostname r1\n")
    text = f"int eth0\n description {said}\n{said}\n::error::x\nexit\n"
    (tmp_path / "new.conf").write_text(text)
    assert not obeyed(run(*words, cwd=tmp_path, stdin=text.encode()))


def test_data_is_refused_in_a_log_and_written_into_a_file(tmp_path: Path) -> None:
    text = b"int eth0\n::error::x\nexit\n"
    done = run("lint", "-", "--fix", cwd=tmp_path, stdin=text)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"would execute as a workflow command" in done.stderr
    with (tmp_path / "fixed").open("wb") as file:
        command = [sys.executable, "-c", START, "lint", "-", "--fix"]
        subprocess.run(command, cwd=tmp_path, input=text, stdout=file, stderr=subprocess.DEVNULL, check=False)
    assert (tmp_path / "fixed").read_bytes() == text.replace(b"int ", b"interface ")


def test_a_terminal_is_shown_what_it_can_show(tmp_path: Path) -> None:
    """What a filter writes to the byte into a pipe may steer a terminal."""
    primary, secondary = os.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    subprocess.run(
        [sys.executable, "-c", START, "lint", "-", "--fix"],
        input=b"int eth0\n description \x1b]0;pwned\x07\nexit\n",
        stdout=secondary, stderr=subprocess.DEVNULL, cwd=tmp_path, check=False, env=environment | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(secondary)
    shown = os.read(primary, 10_000)
    os.close(primary)
    assert b"interface eth0" in shown
    assert b"\x1b" not in shown


def test_the_name_of_a_file_is_no_command_in_an_annotation(tmp_path: Path) -> None:
    (tmp_path / "##[error]x.conf").write_text("nonsense\n")
    done = run("lint", "##[error]x.conf", "--format", "github", cwd=tmp_path)
    assert done.stdout.startswith(b"::error file=# #[error]x.conf,line=1,")


def test_a_comment_on_a_pull_request_mentions_nobody(tmp_path: Path) -> None:
    (tmp_path / "@maintainer.conf").write_text(
        "router bgp 1\n neighbor @team peer-group\n neighbor @team remote-as 2\n"
    )
    (tmp_path / "old.conf").write_text("router bgp 1\n")
    done = run("diff", "old.conf", "@maintainer.conf", "--format", "markdown", cwd=tmp_path).stdout.decode()
    outside = re.sub(r"(?s)```diff.*?```", "", done)
    assert "maintainer" in outside
    assert not re.search(r"@\w", outside)
