"""`frrcompile lint` as a user types it: what it reads, what it prints where, and its exit code."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from frrcompile.cli import lint_files, main
from frrcompile.facts.releases import NEWEST, spell
from tests.conftest import BLOG_NODE

GOOD = "frr version 10.7\nhostname r1\n"
BAD = "hostname r1\npassword tops3cret\n"
REFUSED = "hostname r1\nnonsense here\n"
UNUSED = "! frrcompile: ignore[FRR701]\nhostname r1\n"

Captured = pytest.CaptureFixture[str]


ONLY = 'select = ["FRR0", "FRR701", "FRR9"]\n'
"""What these tests are about: not all that the linter knows, but how it says so."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "frrcompile.toml").write_text(f"[lint]\n{ONLY}")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return here


def write(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def found(capsys: Captured, *arguments: str) -> list[str]:
    """The findings as `PATH:LINE:CODE`."""
    main(["lint", "--format", "json", *arguments])
    return [f"{one['path']}:{one['line']}:{one['code']}" for one in json.loads(capsys.readouterr().out)]


def test_nothing_found(capsys: Captured) -> None:
    assert main(["lint", write("r1.conf", GOOD)]) == 0
    assert capsys.readouterr() == ("", "frrcompile: nothing found\n")


def test_findings_go_to_stdout_and_their_number_to_stderr(capsys: Captured) -> None:
    assert main(["lint", write("r1.conf", BAD)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("r1.conf:2:1: warning[FRR701]: ")
    assert "2 | password ********\n" in out
    assert "\x1b" not in out
    assert err == "\nfrrcompile: 1 warning\n"


def test_hints_alone_are_no_verdict(capsys: Captured) -> None:
    write("frrcompile.toml", f'[lint]\n{ONLY}severity = {{FRR701 = "info"}}\n')
    assert main(["lint", write("r1.conf", BAD)]) == 0
    out, err = capsys.readouterr()
    assert "info[FRR701]" in out
    assert "1 hint" in err


def test_of_many_hints_of_one_kind_a_few_are_told_as_text_and_all_as_json(capsys: Captured) -> None:
    name = write("r1.conf", "".join(f"route-map unused{number} permit 1\nexit\n" for number in range(40)))
    assert main(["lint", "--select", "FRR220", name]) == 0
    out, err = capsys.readouterr()
    assert out.count("info[FRR220]") == 3
    assert "37 more hints like these" in err
    assert err.endswith("frrcompile: 40 hints\n")
    assert len(found(capsys, "--select", "FRR220", name)) == 40


def test_what_vtysh_refuses_is_an_error(capsys: Captured) -> None:
    assert main(["lint", write("r1.conf", REFUSED)]) == 1
    assert "r1.conf:2:1: error[FRR0" in capsys.readouterr().out


def test_many_files_are_told_in_their_order(capsys: Captured) -> None:
    names = [write(f"{name}.conf", BAD) for name in ("b", "a", "c")]
    assert found(capsys, *names, "a.conf") == ["b.conf:2:FRR701", "a.conf:2:FRR701", "c.conf:2:FRR701"]


def test_a_folder_has_its_configurations_and_models(capsys: Captured) -> None:
    for name in ("z.conf", "a/frr.conf", "a/b/r.conf", ".git/x.conf", "a/.hidden.conf", "a/frr.conf.bak", "a/daemons"):
        write(f"net/{name}", BAD)
    write("net/support_bundle_commands.conf", "PROC_NAME:bgp\n")  # of FRR's package, beside frr.conf
    write("net/deployment.yaml", "kind: Site\nnodes: {}\nrouter: {}\n")
    write("net/values.yml", "nodes: 3\n")
    write("net/package.json", '{"nodes": 3, "name": "x"}')
    write("net/broken.yaml", "a: [\n")
    write("net/site.yaml", "nodes:\n  k0: {index: x}\nrouter: {asn: 1}\nunderlay: {}\n")
    write("net/site.json", '{"nodes": {"k0": {"index": 0}}, "router": {"asn": 0}, "underlay": {}}')
    inside = found(capsys, "net", "--select", "FRR701,MOD")
    assert {one.split(":")[0] for one in inside} == {
        "net/a/b/r.conf",
        "net/a/frr.conf",
        "net/site.json",
        "net/site.yaml",
        "net/z.conf",
    }
    assert "net/site.yaml:2:MOD008" in inside


def test_the_working_folder_is_not_part_of_a_path(capsys: Captured) -> None:
    write("r1.conf", BAD)
    assert found(capsys, ".") == ["r1.conf:2:FRR701"]
    assert found(capsys, ".", "r1.conf", f"{Path.cwd()}/r1.conf") == ["r1.conf:2:FRR701"]


def test_a_folder_with_nothing_in_it_is_told(capsys: Captured) -> None:
    Path("empty").mkdir()
    assert main(["lint", "empty"]) == 2
    assert "empty: no *.conf in this folder, and no model" in capsys.readouterr().err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert main(["lint", "-"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("-:2:1: warning[FRR701]")
    assert "2 | password ********" in out


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"hostname r1\n descr \xff\n", "2:8", "byte 0xff is not UTF-8"),
        ("hostname r1\n".encode("utf-16"), "1:1", "this is UTF-16"),
        (b"hostname \xc3\xa9\xe9\n", "1:11", "byte 0xe9"),
    ],
)
def test_what_is_not_utf8_is_told_and_the_rest_is_linted(
    content: bytes, place: str, words: str, capsys: Captured
) -> None:
    assert main(["lint", write("a.conf", content), write("b.conf", BAD)]) == 2
    out = capsys.readouterr().out
    assert f"a.conf:{place}: error[FRR900]: " in out
    assert words in out
    assert "b.conf:2:1: warning[FRR701]" in out


def test_what_cannot_be_read_is_told_and_the_rest_is_linted(capsys: Captured) -> None:
    assert main(["lint", "nowhere.conf", write("b.conf", BAD), "nowhere.yaml"]) == 2
    out, err = capsys.readouterr()
    assert "b.conf:2:1: warning[FRR701]" in out
    assert "frrcompile: nowhere.conf: No such file or directory\n" in err
    assert "frrcompile: nowhere.yaml: No such file or directory\n" in err


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frrcompile.cli.inputs.MAX_BYTES", 1024)
    (tmp_path / "large.conf").write_text("!" * 1025)
    assert main(["lint", str(tmp_path / "large.conf")]) == 2
    assert "large.conf: it has more than 1 KiB" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbfhostname r1\r\n",
        b"hostname r1\r\npassword x\r\n",
        b"\x00\x00\n\x00hostname\x00 r1\x00\n",
        b"x" * 10_000_000,
        b" x" * 1_000_000,
        b"router bgp 1\n" * 3000,
        b"! frrcompile: ignore[FRR701]\n" * 3000,
        b"\r" * 10_000 + b"\x1b[31m\xe2\x80\xa8\n",
    ],
    ids=["empty", "blank", "mark", "crlf", "nul", "long line", "many words", "nested", "suppressed", "controls"],
)
@pytest.mark.parametrize("name", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_whatever_the_text_is_there_is_a_report(content: bytes, name: str, capsys: Captured) -> None:
    assert main(["lint", write("x.conf", content), "--format", name]) in (0, 1, 2)
    out = capsys.readouterr().out
    if name in ("json", "sarif", "gitlab"):
        json.loads(out)
    elif name == "junit":
        ET.fromstring(out)


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["FRR001", "FRR701", "FRR701"]),
        (["--select", "FRR701"], ["FRR701", "FRR701"]),
        (["--select", "FRR0xx"], ["FRR001"]),
        (["--select", "frr001,FRR701"], ["FRR001", "FRR701", "FRR701"]),
        (["--select", "FRR0", "--select", "FRR701"], ["FRR001", "FRR701", "FRR701"]),
        (["--ignore", "FRR7xx"], ["FRR001"]),
        (["--select", "FRR70x", "--ignore", "FRR701,FRR703"], []),
    ],
)
def test_codes_are_selected_and_ignored(arguments: list[str], codes: list[str], capsys: Captured) -> None:
    write("x.conf", "nonsense\npassword a\nenable password b\n")
    assert sorted(one.split(":")[2] for one in found(capsys, "x.conf", *arguments)) == codes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "FRR702x"], "--select: unknown code 'FRR702x'; did you mean FRR70"),
        (["--ignore", "FRR1,E501"], "--ignore: unknown code 'E501'; did you mean FRR"),
        (["--frr", "7.5"], "--frr: found '7.5'; allowed: auto, or a version from 8.4, such as " + spell(NEWEST)),
        (["--frr", "newest"], "--frr: found 'newest'"),
        (["--diff", "--format", "json"], "--diff shows a diff"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], message: str, capsys: Captured) -> None:
    assert main(["lint", write("x.conf", GOOD), *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"frrcompile: {message}")


def test_settings_are_those_of_each_file(capsys: Captured) -> None:
    write("frrcompile.toml", f'[lint]\n{ONLY}ignore = ["FRR701"]\n')
    write("lab/pyproject.toml", f'[tool.frrcompile.lint]\n{ONLY}per-file-ignores = {{"quiet*" = ["FRR7"]}}\n')
    for name in ("r1.conf", "lab/r1.conf", "lab/quiet1.conf"):
        write(name, BAD)
    assert found(capsys, ".") == ["lab/r1.conf:2:FRR701"]


def test_the_command_line_wins_over_settings(capsys: Captured) -> None:
    write("frrcompile.toml", '[lint]\nselect = ["FRR0"]\nignore = ["FRR701"]\nfrr = "8.4"\n')
    write("x.conf", "nonsense\npassword a\n")
    assert found(capsys, "x.conf") == ["x.conf:1:FRR001"]
    assert found(capsys, "x.conf", "--select", "FRR701") == ["x.conf:2:FRR701"]
    assert found(capsys, "x.conf", "--ignore", "FRR0") == []
    main(["lint", "x.conf", "--frr", "9.3"])
    assert "FRR 9.3 has no command table" in capsys.readouterr().err


def test_isolated_neither_settings_nor_comments_count(capsys: Captured) -> None:
    """A file of others cannot excuse itself, nor can a file of settings beside or above it."""
    write("frrcompile.toml", '[lint]\nselect = ["FRR0"]\nseverity = {FRR7 = "error"}\n')
    write("lab/pyproject.toml", "[tool.frrcompile.lint]\nselct = []\n")
    excuse = "! frrcompile: ignore-file[FRR7]\n"
    write("lab/x.conf", f"{excuse}nonsense\npassword a\n")
    assert found(capsys, "lab/x.conf", "--isolated", "--select", "FRR0,FRR701") == [
        "lab/x.conf:2:FRR001",
        "lab/x.conf:3:FRR701",
    ]
    assert found(capsys, "lab/x.conf", "--isolated", "--ignore", "FRR") == []


def test_a_mistake_in_settings_stops_before_the_first_file(capsys: Captured) -> None:
    write("a.conf", BAD)
    write("lab/frrcompile.toml", "[lint]\nselct = []\n")
    write("lab/r1.conf", BAD)
    assert main(["lint", "."]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "lab/frrcompile.toml:2:1: unknown key `selct`; did you mean `select`?\n"


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        ([], ""),
        (["--frr", "10.3.1"], ""),
        (["--frr", "auto"], "frrcompile: FRR 9.3 has no command table of its own: judged as 9.1\n"),
        (["--frr", "11.5"], "frrcompile: FRR 11.5 has no command table of its own: judged as " + spell(NEWEST) + "\n"),
        (["--frr", "10.2"], ""),
    ],
)
def test_by_which_frr_it_was_judged(arguments: list[str], note: str, capsys: Captured) -> None:
    write("a.conf", "frr version 9.3\n")
    write("b.conf", "frr version 9.3.2\n")
    assert main(["lint", "a.conf", "b.conf", *arguments]) == 0
    assert capsys.readouterr().err == f"{note}frrcompile: nothing found in 2 inputs\n"


def test_suppressions_are_heeded(capsys: Captured) -> None:
    write("x.conf", "! frrcompile: ignore[FRR701] a lab\npassword a\nenable password b\n")
    assert found(capsys, "x.conf") == ["x.conf:3:FRR701"]


def test_fix_repairs_and_tells_what_is_left(capsys: Captured) -> None:
    path = Path(write("x.conf", b"! frrcompile: ignore[FRR701]\r\nhostname r1\r\npassword a\r\n! \xc3\xa9"))
    path.chmod(0o640)
    assert main(["lint", "x.conf", "--fix"]) == 1
    out, err = capsys.readouterr()
    assert path.read_bytes() == b"hostname r1\r\npassword a\r\n! \xc3\xa9"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "x.conf:2:1: warning[FRR701]" in out
    assert "FRR090" not in out
    assert "1 place repaired; now: " in err
    assert [one.name for one in path.parent.iterdir()] == ["x.conf"]


def test_only_what_is_wanted_is_repaired() -> None:
    path = Path(write("x.conf", UNUSED))
    before = path.stat().st_mtime_ns
    assert main(["lint", "x.conf", "--fix", "--ignore", "FRR090"]) == 0
    assert (path.read_text(), path.stat().st_mtime_ns) == (UNUSED, before)


def test_diff_shows_and_writes_nothing(capsys: Captured) -> None:
    path = Path(write("x.conf", f"password tops3cret\n{UNUSED}"))
    assert main(["lint", "x.conf", "--diff"]) == 1
    out, err = capsys.readouterr()
    assert out == (
        "--- x.conf\n+++ x.conf\n@@ -1,3 +1,2 @@\n password ********\n-! frrcompile: ignore[FRR701]\n hostname r1\n"
    )
    assert "1 place would be repaired; then: 1 warning" in err
    assert path.read_text().startswith("password tops3cret\n!")


def test_a_diff_can_be_applied(capsys: Captured) -> None:
    path = Path(write("x.conf", f"{UNUSED}hostname r2\r\n! frrcompile: ignore[FRR701]\n!"))
    main(["lint", "x.conf", "--diff"])
    subprocess.run(["patch", "--binary", "-s", "x.conf"], input=capsys.readouterr().out.encode(), check=True)
    patched = path.read_bytes()
    path.write_text(f"{UNUSED}hostname r2\r\n! frrcompile: ignore[FRR701]\n!", newline="")
    main(["lint", "x.conf", "--fix"])
    assert path.read_bytes() == patched


def test_diff_of_nothing_is_no_verdict(capsys: Captured) -> None:
    assert main(["lint", write("x.conf", GOOD), "--diff"]) == 0
    assert capsys.readouterr() == ("", "frrcompile: nothing to repair; nothing found\n")


def test_fix_is_a_filter_of_standard_input() -> None:
    text = b"! frrcompile: ignore[FRR701]\r\nhostname \xc3\xa9\r\npassword a"
    command = [sys.executable, "-m", "frrcompile", "lint", "--fix", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout == b"hostname \xc3\xa9\r\npassword a"
    assert b"-:2:1: warning[FRR701]" in done.stderr
    assert b"\n2 | password ********\n" in done.stderr


def test_a_file_that_cannot_be_written_is_told(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "x.conf")

    monkeypatch.setattr("frrcompile.atomic.replace", full)
    path = Path(write("x.conf", UNUSED))
    assert main(["lint", "x.conf", "--fix"]) == 2
    assert "x.conf: No space left on device" in capsys.readouterr().err
    assert path.read_text() == UNUSED


def test_github_actions_get_annotations_beside_the_text(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("x.conf", BAD)
    main(["lint", "x.conf"])
    out = capsys.readouterr().out
    assert out.startswith("x.conf:2:1: warning[FRR701]")
    assert "\n::warning file=x.conf,line=2," in out
    main(["lint", "x.conf", "--format", "json"])
    json.loads(capsys.readouterr().out)


def test_sarif_on_the_command_line(capsys: Captured) -> None:
    main(["lint", write("x.conf", BAD), "--format", "sarif"])
    driver = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]
    assert driver["rules"][0]["name"] == "VtyPasswordInTheClear"


def test_colours_are_for_terminals_without_no_color() -> None:
    write("x.conf", BAD)
    for no_color, coloured in (("", True), ("1", False)):
        shell = f"{sys.executable} -m frrcompile lint x.conf"
        environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        if no_color:
            environment["NO_COLOR"] = no_color
        script = subprocess.run(
            ["script", "-qec", shell, "/dev/null"], capture_output=True, check=False, env=environment
        )
        assert (b"\x1b[" in script.stdout) is coloured


def test_a_reader_that_leaves_is_no_error() -> None:
    for number in range(300):
        write(f"d/{number}.conf", BAD)
    command = f"{sys.executable} -m frrcompile lint d | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_several_processes_say_what_one_says(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        write(f"d/{number}.conf", BAD * (number % 3 + 1))
    write("d/bad.conf", b"\xff")
    write("frrcompile.toml", f'[lint]\n{ONLY}per-file-ignores = {{"3.conf" = ["FRR7"]}}\n')
    one = main(["lint", "d"]), *capsys.readouterr()
    monkeypatch.setattr(lint_files, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(lint_files, "cores", lambda: 3)
    assert (main(["lint", "d"]), *capsys.readouterr()) == one


def test_progress_is_shown_on_a_terminal_when_it_takes_long(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        write(f"d/{number}.conf", GOOD)
    monkeypatch.setattr(lint_files, "QUIET_SECONDS", 0)
    monkeypatch.setattr(lint_files, "STEP_SECONDS", 0)
    main(["lint", "d"])
    assert "inputs linted" not in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main(["lint", "d"])
    err = capsys.readouterr().err
    assert "\r2 of 3 inputs linted" in err
    assert "\r\x1b[Kfrrcompile: nothing found in 3 inputs\n" in err


def test_a_short_file_is_linted_without_what_it_does_not_need() -> None:
    Path("../frrcompile.toml").unlink()
    write("x.conf", GOOD)
    needless = ("pydantic", "jinja2", "yaml", "tomllib", "multiprocessing", "difflib", "importlib.metadata")
    program = (
        "import sys; from frrcompile.cli import main; main(['lint', 'x.conf']);"
        f"print([one for one in {needless!r} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_what_is_good_for_the_compiler_is_good_for_the_linter(capsys: Captured) -> None:
    assert main(["lint", str(BLOG_NODE), str(BLOG_NODE.parent / "frr.conf")]) == 0
    assert "error" not in capsys.readouterr().out
