"""What is no regular file of a bounded size ends in one message, in every verb; links lead out of no folder."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import forked
from tests.conftest import BLOG_NODE, ROOT

START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from frrcompile.cli import process; process()"
SECRET = "tops3cret"


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command; a hang ends after two minutes, and more than 2 GB of memory is refused."""
    done = forked.run([*map(str, words)], cwd, environment=os.environ, memory=2 * 1024**3)
    out, err = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    assert "Traceback" not in err
    assert SECRET not in out + err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 1024**3)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def kernel(path: Path) -> None:
    path.symlink_to("/proc/self/environ")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.fixture(params=[fifo, sparse, device, kernel, loop], ids=lambda make: make.__name__)
def make(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    made: Callable[[Path], None] = request.param
    return made


VERBS = [
    ["lint", "X.conf"],
    ["lint", "X.yaml"],
    ["lint", "."],
    ["lint", "X.conf", "--fix"],
    ["compile", "X.yaml"],
    ["diff", "X.conf", "good.conf"],
    ["diff", "good.conf", "X.conf"],
    ["diff", "X.yaml", "good.conf"],
    ["diff", ".", "good.conf"],
    ["draw", "X.yaml", "--format", "mermaid"],
    ["golden", "check", "."],
    ["golden", "update", "."],
    ["import", "openperouter", "X.yaml"],
    ["export", "frr-k8s", "X.yaml"],
]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_no_verb_reads_it(words: list[str], make: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "good.conf").write_text("hostname r1\n")
    for name in ("X.conf", "X.yaml"):
        make(tmp_path / name)
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "X." in done.stderr
    assert len(done.stderr.strip().split("\n")) <= 4


@pytest.mark.parametrize("name", ["frrcompile.toml", "pyproject.toml"])
def test_settings_that_are_none(name: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "good.conf").write_text("hostname r1\n")
    make(tmp_path / name)
    done = run("lint", "good.conf", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(name)


@pytest.mark.parametrize(
    "settings",
    [
        "[lint]\nx = " + "9" * 100_000 + "\n",
        "x = " + "[" * 100_000 + "\n",
        "a" + ".a" * 20_000 + " = 1\n",
        '[lint.per-file-ignores]\n"' + "*" * 2_000 + '" = ["FRR7"]\n',
    ],
    ids=["digits", "depth", "dots", "glob"],
)
def test_settings_that_no_one_writes(settings: str, tmp_path: Path) -> None:
    (tmp_path / "good.conf").write_text("hostname r1\n")
    (tmp_path / "frrcompile.toml").write_text(settings)
    done = run("lint", "good.conf", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 5_000


def test_a_password_file_that_is_none(make: Callable[[Path], None], tmp_path: Path) -> None:
    leaf = "    - address: 192.168.11.2      # leaf2\n"
    (tmp_path / "m.yaml").write_text(BLOG_NODE.read_text().replace(leaf, f"{leaf}      password-file: {tmp_path}/X\n"))
    make(tmp_path / "X")
    done = run("compile", "m.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}/X" in done.stderr


def test_a_golden_file_that_is_none(make: Callable[[Path], None], tmp_path: Path) -> None:
    shutil.copy(BLOG_NODE, tmp_path / "input.yaml")
    make(tmp_path / "frr.conf")
    assert run("golden", "check", ".", cwd=tmp_path).returncode == 2
    assert run("golden", "update", ".", cwd=tmp_path).returncode == 2


def test_a_learnt_table_that_is_none(make: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "good.conf").write_text("hostname r1\n")
    make(tmp_path / "commands-10.7.json")
    command = ["prlimit", "--as=2147483648", sys.executable, "-c", START, "lint", "good.conf"]
    tables = os.environ | {"FRRCOMPILE_TABLES": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False, env=tables)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    for words in (["lint", "-"], ["compile", "-"], ["diff", "-", "good.conf"], ["import", "openperouter", "-"]):
        (tmp_path / "good.conf").write_text("hostname r1\n")
        command = ["prlimit", "--as=2147483648", sys.executable, "-c", START, *words]
        with Path("/dev/zero").open("rb") as endless:
            done = subprocess.run(
                command, cwd=tmp_path, stdin=endless, capture_output=True, text=True, timeout=120, check=False
            )
        assert done.returncode == 2
        assert "standard input: it has more than 64 MiB" in done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder of others, and beside it a file with a secret."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text(f"{SECRET}\n{SECRET}: x\n")
    (outside / "site.yaml").write_text(BLOG_NODE.read_text())
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "good.conf").write_text("hostname r1\n")
    return inside


@pytest.mark.parametrize("link", ["x.conf", "x.yaml", "x.json", "input.yaml", "frrcompile.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    "words",
    [
        ["lint", "."],
        ["lint", ".", "--fix"],
        ["diff", ".", "good.conf"],
        ["golden", "check", "."],
        ["golden", "update", "."],
    ],
    ids=" ".join,
)
def test_a_link_out_of_the_folder_is_not_followed(words: list[str], link: str, repository: Path) -> None:
    (repository / link).symlink_to("../outside/secret")
    done = run(*words, cwd=repository)
    if link.endswith(".toml") and words[0] != "lint":
        return  # only lint has settings
    if link.endswith(".conf") and words[0] == "golden":
        assert "no model" in done.stderr
        return
    assert done.returncode == 2
    assert link in done.stderr
    assert "is not followed" in done.stderr


def test_a_link_in_the_folder_is_followed(repository: Path) -> None:
    """As Kubernetes mounts a ConfigMap."""
    (repository / "..2026").mkdir()
    (repository / "..2026" / "frr.conf").write_text("foo r1\n")
    (repository / "..data").symlink_to("..2026")
    (repository / "frr.conf").symlink_to("..data/frr.conf")
    done = run("lint", ".", cwd=repository)
    assert done.returncode == 1
    assert "frr.conf:1:1: error[FRR001]" in done.stdout


def test_a_link_that_is_named_is_followed(repository: Path) -> None:
    (repository.parent / "outside" / "other.conf").write_text("foo r1\n")
    (repository / "x.conf").symlink_to("../outside/other.conf")
    assert run("lint", "x.conf", cwd=repository).returncode == 1


@pytest.mark.parametrize("way", ["file", "folder"])
def test_goldens_are_written_in_their_folder_only(way: str, repository: Path) -> None:
    victim = repository.parent / "outside"
    shutil.copy(BLOG_NODE, repository / "pod.yaml")
    name = run("compile", "pod.yaml", cwd=repository).stdout.split("\n")[0].removeprefix("! frrcompile: ")
    (victim / f"{name}.conf").write_text("theirs")
    if way == "folder":
        (repository / "pod").symlink_to("../outside")
    else:
        (repository / "pod").mkdir()
        (repository / "pod" / f"{name}.conf").symlink_to(f"../../outside/{name}.conf")
    done = run("golden", "update", ".", cwd=repository)
    assert done.returncode == 2
    assert (victim / f"{name}.conf").read_text() == "theirs"


@pytest.mark.parametrize(
    ("words", "link"),
    [
        (["compile", "m.yaml", "--bundle", "etc"], "etc/daemons"),
        (["compile", "m.yaml", "-o", "frr.conf"], "frr.conf"),
        (["lint", "frr.conf", "--fix"], "frr.conf"),
        (["draw", "m.yaml", "-o", "m.mmd"], "m.mmd"),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0],
)
def test_nothing_is_written_through_a_link_out_of_its_folder(words: list[str], link: str, repository: Path) -> None:
    victim = repository.parent / "outside" / "victim"
    victim.write_text("int eth0\nexit\n")
    shutil.copy(BLOG_NODE, repository / "m.yaml")
    (repository / "etc").mkdir()
    (repository / link).symlink_to(victim)
    done = run(*words, cwd=repository)
    assert done.returncode == 2
    assert link in done.stderr
    assert victim.read_text() == "int eth0\nexit\n"


def test_all_replaces_a_link_and_not_what_it_leads_to(repository: Path) -> None:
    victim = repository.parent / "outside" / "victim"
    victim.write_text("theirs")
    shutil.copy(BLOG_NODE, repository / "m.yaml")
    name = run("compile", "m.yaml", cwd=repository).stdout.split("\n")[0].removeprefix("! frrcompile: ")
    (repository / "out").mkdir()
    (repository / "out" / f"{name}.conf").symlink_to(victim)
    assert run("compile", "m.yaml", "--all", "-o", "out", cwd=repository).returncode == 0
    assert victim.read_text() == "theirs"


def test_a_link_in_its_folder_stays_one(repository: Path) -> None:
    shutil.copy(BLOG_NODE, repository / "m.yaml")
    (repository / "real.conf").write_text("")
    (repository / "frr.conf").symlink_to("real.conf")
    assert run("compile", "m.yaml", "-o", "frr.conf", cwd=repository).returncode == 0
    assert (repository / "frr.conf").is_symlink()
    assert (repository / "real.conf").read_text().startswith("! frrcompile: ")


def test_a_repository_has_links_in_itself_but_not_into_git(repository: Path) -> None:
    top = repository.parent
    (top / ".git").mkdir()
    (top / ".git" / "config.conf").write_text(f"{SECRET}\n")
    (top / "outside" / "other.conf").write_text("foo r1\n")
    (repository / "x.conf").symlink_to("../outside/other.conf")
    assert run("lint", ".", cwd=repository).returncode == 1
    (repository / "y.conf").symlink_to("../.git/config.conf")
    done = run("lint", ".", cwd=repository)
    assert done.returncode == 2
    assert "y.conf: it is a link" in done.stderr


def test_too_little_memory_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.conf").write_text("".join(f"neighbor {at} remote-as 1\n" for at in range(300_000)))
    command = ["prlimit", f"--as={120 * 1024 * 1024}", sys.executable, "-c", START, "lint", "x.conf"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("frrcompile: there is not enough memory for this input (x.conf)")
    assert done.stderr.count("\n") == 1


def test_a_fault_of_ours_is_one_sentence_and_quotes_nothing(tmp_path: Path) -> None:
    start = START.replace(
        "process()", f"cli = sys.modules['frrcompile.cli']; cli.main = lambda: {{}}['{SECRET}']; process()"
    )
    done = subprocess.run([sys.executable, "-c", start], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("frrcompile: internal error: KeyError in ")
    assert SECRET not in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_input_that_could_not_be_read_is_not_called_good(tmp_path: Path) -> None:
    (tmp_path / "good.conf").write_text("hostname r1\n")
    assert run("lint", "none.conf", cwd=tmp_path).stderr.endswith("frrcompile: nothing could be read\n")
    done = run("lint", "good.conf", "none.conf", "--ignore", "FRR6", cwd=tmp_path)
    assert done.stderr.endswith("frrcompile: 1 input could not be read; nothing found in 1 other\n")


@pytest.mark.parametrize(
    "words", [["lint", "frr.conf", "--fix"], ["compile", "m.yaml", "-o", "frr.conf"]], ids=" ".join
)
def test_a_read_only_file_is_not_written(words: list[str], tmp_path: Path) -> None:
    shutil.copy(BLOG_NODE, tmp_path / "m.yaml")
    (tmp_path / "frr.conf").write_text("int eth0\nexit\n")
    (tmp_path / "frr.conf").chmod(0o444)
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "frr.conf: it is read-only" in done.stderr
    assert (tmp_path / "frr.conf").read_text() == "int eth0\nexit\n"


def test_golden_update_removes_no_link(repository: Path) -> None:
    shutil.copy(BLOG_NODE, repository / "pod.yaml")
    assert run("golden", "update", ".", cwd=repository).returncode == 0
    (made,) = (repository / "pod").glob("*.conf")
    (repository / "other").mkdir()
    (repository / "other" / "kept.conf").symlink_to(made)
    assert run("golden", "update", ".", cwd=repository).returncode == 0
    assert (repository / "other" / "kept.conf").is_symlink()


def test_a_name_of_dots_is_seen_in_its_field(tmp_path: Path) -> None:
    name = next(line for line in BLOG_NODE.read_text().split("\n") if line.startswith("  k0"))
    (tmp_path / "m.yaml").write_text(BLOG_NODE.read_text().replace(name, "  ..:"))
    assert '`nodes[".."]`: found' in run("compile", "m.yaml", cwd=tmp_path).stderr


def test_a_revision_is_no_option_and_its_links_stay_in_it(tmp_path: Path) -> None:
    """What `git:REV:PATH` names, and what hostile names and links are in that revision."""
    (tmp_path / "secret.conf").write_text(f"{SECRET}\n")
    top = tmp_path / "top"
    (top / "configs").mkdir(parents=True)
    (top / "configs" / "out.conf").symlink_to("../../secret.conf")
    (top / "good.conf").write_text("hostname r1\n")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.net", "-C", str(top)]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    for named in ("git:--output=x:good.conf", "git:-:good.conf", "git::good.conf", "git:HEAD", "git:HEAD:none.conf"):
        assert run("diff", named, "good.conf", cwd=top).returncode == 2
        assert not (top / "x").exists()
    done = run("diff", "git:HEAD:configs/out.conf", "good.conf", cwd=top)
    assert done.returncode == 2
    assert run("diff", "git:HEAD:configs", "good.conf", cwd=top).returncode == 2
    assert run("diff", "git:HEAD:good.conf", "good.conf", cwd=top).returncode == 0
    done = run("diff", "git:HEAD:good.conf\nHEAD:other", "good.conf", cwd=top)
    assert "a name with a line feed is not read" in done.stderr
    (top / "names").mkdir()
    (top / "names" / "a.conf\nHEAD:good.conf").write_text("hostname r2\n")
    for words in (["add", "-A"], ["commit", "-qm", "y"]):
        subprocess.run([*git, *words], check=True)
    assert run("diff", "git:HEAD:names", "good.conf", cwd=top).returncode == 2


READERS = {
    "regular.py", "atomic.py",
    # Files of the package itself.
    "syntax/nodes.py", "syntax/commands/parser.py", "mistyped.py", "pipeline/catalog.py", "model/reference.py",
    # The kernel's sysctls, and the state of the host's own services: no repository writes them.
    "plumb/observe.py", "plumb/managed.py", "first/nics.py",
}  # fmt: skip


def test_no_other_module_opens_a_file() -> None:
    found = {
        str(path.relative_to(ROOT / "frrcompile"))
        for path in (ROOT / "frrcompile").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("open", "fdopen", "read_bytes", "read_text", "mkstemp")
        and not ast.unparse(node.func).startswith("self.")
        and ast.unparse(node.func) != "os.open"
    }
    assert found <= READERS
    assert {"mistyped.py", "atomic.py"} <= found
