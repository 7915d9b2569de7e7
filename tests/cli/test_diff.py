"""`frrcompile diff`: its sides, formats and exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from frrcompile.cli import main
from frrcompile.diff.commands import WAIT
from tests.conftest import BLOG_NODE

OLD = "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.1 password hunter2\nexit\n"
NEW = "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.1 password secret9\nexit\n"
MILD = OLD.replace("exit\n", " neighbor 192.0.2.1 description x\nexit\n")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.conf", tmp_path / "new.conf"
    old.write_text(OLD)
    new.write_text(NEW)
    return str(old), str(new)


def test_no_difference(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", files[0], files[0]]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", [[], ["--format", "json"], ["--format", "markdown"], ["--stat"]])
def test_a_secret_is_changed_and_not_shown(
    files: tuple[str, str], form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files, *form]) == 1
    shown = capsys.readouterr().out
    assert "1 of 1 session resets" in shown
    assert "hunter2" not in shown
    assert "secret9" not in shown


def test_commands_are_to_be_executed(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--format", "commands"]) == 1
    assert capsys.readouterr().out == "router bgp 65000\n neighbor 192.0.2.1 password secret9\nexit\n"


def test_an_instance_ends_once_its_l3vni_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vrf = "vrf red\n vni 100\nexit-vrf\nrouter bgp 65000 vrf red\n bgp router-id 192.0.2.1\nexit\n"
    for name, text in (
        ("old.conf", vrf),
        ("new.conf", vrf.replace("65000", "65001")),
        ("less.conf", vrf.replace(" vni 100\n", "")),
    ):
        (tmp_path / name).write_text(text)
    assert main(["diff", str(tmp_path / "old.conf"), str(tmp_path / "new.conf"), "--format", "commands"]) == 1
    lines = capsys.readouterr().out.splitlines()
    order = [
        lines.index(line)
        for line in (" no vni 100", WAIT, "no router bgp 65000 vrf red", "router bgp 65001 vrf red", " vni 100")
    ]
    assert order == sorted(order)
    assert main(["diff", str(tmp_path / "old.conf"), str(tmp_path / "less.conf"), "--format", "commands"]) == 1
    assert capsys.readouterr().out == "vrf red\n no vni 100\nexit-vrf\n"


def test_fail_on(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--fail-on", "reset"]) == 1
    assert main(["diff", *files, "--fail-on", "withdraw"]) == 0
    mild = tmp_path / "mild.conf"
    mild.write_text(MILD)
    assert main(["diff", files[0], str(mild)]) == 1
    assert main(["diff", files[0], str(mild), "--fail-on", "policy"]) == 0
    assert capsys.readouterr().err == ""


def test_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", *files, "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["level"] == "reset"
    (node,) = found["nodes"]
    assert node["sessions"] == {"total": 1, "reset": 1, "ended": 0, "new": 0, "refreshed": 0}
    (change,) = node["changes"]
    assert change["context"] == ["router bgp 65000"]
    assert change["impact"]["neighbors"] == ["192.0.2.1"]
    assert (change["kind"], change["old_line"], change["new_line"]) == ("changed", 3, 3)


def test_a_model_and_its_frr_conf(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(BLOG_NODE.parent / "frr.conf"), str(BLOG_NODE)]) == 0
    assert capsys.readouterr().err == ""


def test_folders_are_matched_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side, files in (("a", {"k0": OLD, "k1": OLD}), ("b", {"k0": OLD, "k1": NEW, "k2": OLD})):
        (tmp_path / side).mkdir()
        for name, text in files.items():
            (tmp_path / side / f"{name}.conf").write_text(text)
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--stat"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["k1", "k2"]
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--node", "k0"]) == 0


def test_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "k0.conf").write_text(OLD)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    (tmp_path / "c" / "k0.conf").write_text(NEW)
    assert main(["diff", "git:HEAD:c/k0.conf", "c/k0.conf"]) == 1
    assert main(["diff", "git:HEAD:c", "c"]) == 1
    assert main(["diff", "git:HEAD:c", "git:HEAD:c"]) == 0
    capsys.readouterr()
    assert main(["diff", "git:HEAD:nothing", "c"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_symbolic_link_in_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "k0.conf").write_text(OLD)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "k0.conf").symlink_to("../k0.conf")
    (tmp_path / "gone.conf").symlink_to("nothing.conf")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    assert main(["diff", "git:HEAD:c", "c"]) == main(["diff", "git:HEAD:c/k0.conf", "k0.conf"]) == 0
    assert main(["diff", "git:HEAD:gone.conf", "k0.conf"]) == 2
    assert capsys.readouterr().err == "frrcompile: git:HEAD:gone.conf: it leads to no file of that revision\n"


def test_a_golden_folder_has_each_node_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side, asn in (("a", "64514"), ("b", "64515")):
        case = tmp_path / side / "case"
        case.mkdir(parents=True)
        (case / "input.yaml").write_text(BLOG_NODE.read_text().replace("64514", asn))
        (case / "other.conf").write_text(OLD)
        assert main(["golden", "update", str(tmp_path / side)]) == 0
    capsys.readouterr()
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--stat"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("case/input:k0-control-plane ")


def test_standard_input(files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEW.encode())))
    assert main(["diff", files[0], "-"]) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_what_cannot_be_read(
    files: tuple[str, str], tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.conf"
    if content is not None:
        bad.write_bytes(content)
    assert main(["diff", files[0], str(bad)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "bad.conf" in said


def test_both_sides_from_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "-", "-"]) == 2
    assert "standard input" in capsys.readouterr().err
