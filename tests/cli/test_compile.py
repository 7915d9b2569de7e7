"""`frrcompile compile` as a user types it: what it prints where, and its exit code."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE

EVERYTHING = BLOG_NODE.parents[1] / "everything" / "input.yaml"


def test_frr_conf_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", str(BLOG_NODE)]) == 0
    out, err = capsys.readouterr()
    assert (out.splitlines()[0], out.splitlines()[-1]) == ("! frrcompile: k0-control-plane", "! frrcompile: end")
    assert err == ""


def test_findings_go_to_stderr_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, target = tmp_path / "bad.yaml", tmp_path / "frr.conf"
    model.write_text(BLOG_NODE.read_text().replace("vni: 100", "vni: 0").replace("asn: 64514", "asn: 0"))
    target.write_text("the one before\n")
    assert main(["compile", str(model), "-o", str(target)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{model}:27:8: error[MOD008]" in err
    assert f"{model}:51:12: error[MOD008]" in err
    assert "2 errors" in err
    assert "\x1b" not in err
    assert target.read_text() == "the one before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "frr.conf"]


def test_an_output_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "frr.conf"
    target.write_text("old")
    target.chmod(0o640)
    assert main(["compile", str(BLOG_NODE), "-o", str(target)]) == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_text() == (BLOG_NODE.parent / "frr.conf").read_text()


def test_a_file_with_a_secret_is_not_for_everybody(tmp_path: Path) -> None:
    assert main(["compile", str(EVERYTHING), "--node", "node-0", "-o", str(tmp_path / "frr.conf")]) == 0
    assert stat.S_IMODE((tmp_path / "frr.conf").stat().st_mode) == 0o640


def test_a_bundle_is_what_frr_boots_from(tmp_path: Path) -> None:
    assert main(["compile", str(BLOG_NODE), "--bundle", str(tmp_path / "frr")]) == 0
    assert sorted(path.name for path in (tmp_path / "frr").iterdir()) == ["daemons", "frr.conf", "vtysh.conf"]
    daemons = (tmp_path / "frr" / "daemons").read_text()
    shell = f". {tmp_path}/frr/daemons && echo $bgpd $bfdd $vtysh_enable"
    assert subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout == "yes yes yes\n"
    assert "k0-control-plane" in daemons


def test_the_ir_is_json_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", str(EVERYTHING), "--node", "node-0", "--ir"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["links"]["vxlans"][0]["vni"] == 100
    assert "s3cret" not in out
    assert "hunter2" not in out


def test_standard_input_is_a_model() -> None:
    command = [sys.executable, "-m", "frrcompile", "compile", "-"]
    done = subprocess.run(command, input=BLOG_NODE.read_text(), capture_output=True, text=True, check=True)
    assert done.stdout == (BLOG_NODE.parent / "frr.conf").read_text()


def test_an_error_in_writing_names_the_file_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("frr.conf", "node-0.conf"):
        (tmp_path / name).mkdir()
    for words in (["--all", "-o", str(tmp_path)], ["--node", "node-0", "-o", str(tmp_path / "node-0.conf")]):
        assert main(["compile", str(EVERYTHING), *words]) == 2
        said = capsys.readouterr().err.splitlines()[-1]
        assert said.startswith(f"frrcompile: {tmp_path}/node-0.conf: "), said
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_fleet_is_written_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", str(EVERYTHING), "--all", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["node-0.conf", "node-1.conf"]
    before = (tmp_path / "node-0.conf").read_text()
    bad = tmp_path / "bad.yaml"
    bad.write_text(EVERYTHING.read_text().replace("{id: 10.0.9.1}", "{id: 10.0.9.1, asn: 0}"))
    assert main(["compile", str(bad), "--all", "-o", str(tmp_path)]) == 1
    assert "router.asn" in capsys.readouterr().err
    assert (tmp_path / "node-0.conf").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "node-0.conf", "node-1.conf"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compile", "/nowhere/node.yaml"], "/nowhere/node.yaml: No such file"),
        (["compile", "/"], "it is a directory"),
        (["compile", str(EVERYTHING)], "--node"),
        (["compile", str(EVERYTHING), "--node", "node-2"], "did you mean"),
        (["compile", str(EVERYTHING), "--all"], "-o DIR"),
        (["compile", str(BLOG_NODE), "--frr", "7.5"], "8.4, 8.5, 9.0, 9.1, 10.0"),
        (["compile", str(BLOG_NODE), "-o", "/nowhere/frr.conf"], "/nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert words in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_random_bytes_are_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.yaml").write_bytes(os.urandom(4096))
    assert main(["compile", str(tmp_path / "m.yaml")]) == 2
    err = capsys.readouterr().err
    assert "error[MOD001]" in err
    assert "1 error" in err


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m frrcompile compile {BLOG_NODE} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
