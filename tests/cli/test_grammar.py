"""`frrcompile grammar learn`: the linter knows the FRR that is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frr.installation import HOST, installations

OWN = next((one for one in installations() if one.root == HOST), None)


def frrcompile(*arguments: str, tables: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"FRRCOMPILE_TABLES": str(tables)}
    command = [sys.executable, "-m", "frrcompile", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)


@pytest.fixture
def vtysh(tmp_path: Path) -> Path:
    """A program that answers as the vtysh of an FRR would that has two commands."""
    script = tmp_path / "vtysh"
    script.write_text(
        "#!/bin/sh\necho 'FRRouting 10.5.2 (host) on Linux(6.1).'\n"
        "echo '  (config)  [no] frobnicate WORD'\necho '  (view)  show version'\n"
    )
    script.chmod(0o755)
    return script


def test_what_was_learnt_judges_its_own_release_and_auto(vtysh: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    run = frrcompile("grammar", "learn", "--vtysh", str(vtysh), tables=tables)
    assert (run.returncode, run.stdout) == (0, f"{tables}/commands-10.5.json: 1 commands of 1 nodes of FRR 10.5.2\n")
    file = tmp_path / "frr.conf"
    file.write_text("frobnicate x\nhostname r1\n")
    for version, refused in (("10.5", [2]), ("10.6", [2]), ("auto", [2]), ("10.4", [1]), ("10.7", [1])):
        said = frrcompile("lint", "--frr", version, "--select", "FRR00", str(file), tables=tables)
        assert [int(line.split(":")[1]) for line in said.stdout.splitlines() if "error" in line] == refused, version


def test_auto_without_a_learnt_table_is_what_the_file_names(tmp_path: Path) -> None:
    file = tmp_path / "frr.conf"
    file.write_text("frr version 8.4.4\nrouter bgp 1.1\nexit\n")
    assert "FRR004" in frrcompile("lint", "--frr", "auto", str(file), tables=tmp_path / "none").stdout
    assert "FRR004" not in frrcompile("lint", "--frr", "10.7", str(file), tables=tmp_path / "none").stdout


WRONG = {
    "no such program": ("/nowhere/vtysh", "is FRR installed?"),
    "another program": ("/bin/true", "does not answer"),
}


@pytest.mark.parametrize(("program", "words"), WRONG.values(), ids=WRONG)
def test_nobody_to_learn_from_is_said(program: str, words: str, tmp_path: Path) -> None:
    run = frrcompile("grammar", "learn", "--vtysh", program, tables=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.frr
@pytest.mark.skipif(OWN is None, reason="there is no FRR of the host's own")
def test_the_own_frr(tmp_path: Path) -> None:
    run = frrcompile("grammar", "learn", tables=tmp_path)
    assert run.returncode == 0, run.stderr
    assert OWN is not None
    assert f"FRR {OWN.version}" in run.stdout
