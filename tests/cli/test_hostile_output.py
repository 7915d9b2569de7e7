"""A repository that others wrote prints nothing that its reader's terminal or CI system would obey."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import BLOG_NODE, ROOT

HOSTILE = "::error file=x,line=1::##[error]\x1b]0;pwned\x07\u202e\u2028"
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from frrcompile.cli import process; process()"
FORMATS = ["text", "json", "sarif", "github", "gitlab", "junit"]


def run(*words: str | bytes, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"GITHUB_ACTIONS": "true", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", START, *words]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)


def obeyed(done: subprocess.CompletedProcess[bytes], *, commands: bool = False) -> list[str]:
    """What of the output a terminal or a runner would act on; `commands`: workflow commands that are ours may be there."""
    found = []
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    for line in (done.stdout + b"\n" + done.stderr).decode().split("\n"):
        if {unicodedata.category(character) for character in line.replace("\t", "")} & {"Cc", "Cf", "Zl", "Zp"}:
            found.append(line)
        ours = commands and line.startswith(("::error ", "::warning ", "::notice ")) and "title=" in line
        if (line.lstrip().startswith("::") and not ours) or "##[" in line:
            found.append(line)
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder in which every name and every line is hostile."""
    (tmp_path / f"{HOSTILE}.conf").write_text(f"{HOSTILE} x\nhostname {HOSTILE}\n ##[error]x\nfoo\r2026 good: x\n")
    (tmp_path / os.fsdecode(b"\xff::error.conf")).write_text("hostnam x\n")
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
