"""What the linter says, as the gate takes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from reloader import confdir, gate
from reloader.linter import Linter
from reloader.process import MIB, Bounds, Ending, Finished

LINTER = Linter(30.0)


def said(*findings: tuple[str, int, str], code: int = 1) -> Finished:
    listed = [{"code": "FRR1", "severity": kind, "line": line, "message": message} for kind, line, message in findings]
    return Finished(Ending.EXITED, code, json.dumps(listed), "")


def test_only_errors_refuse() -> None:
    assert gate.check_findings(LINTER.findings(said(("warning", 3, "w"), ("info", 4, "i")))) is None
    refusal = gate.check_findings(
        LINTER.findings(said(("error", 9, "late"), ("warning", 1, "w"), ("error", 2, "early")))
    )
    assert refusal is not None
    assert refusal.line == 2
    assert refusal.message.startswith("line 2: early (FRR1, see `frrcompile explain FRR1`). Also line 9.")


def test_a_linter_that_cannot_look_is_trouble_and_no_refusal() -> None:
    for finished in (
        Finished(Ending.EXITED, 2, "", "frrcompile: no"),
        Finished(Ending.EXITED, 1, "no json", ""),
        Finished(Ending.EXITED, 1, '[{"severity": "error"}]', ""),
        Finished(Ending.EXITED, -11, "", ""),
        Finished(Ending.TIMEOUT, -9, "", ""),
    ):
        findings = LINTER.findings(finished)
        assert findings.trouble
        assert gate.check_findings(findings) is None


def test_a_missing_linter_is_trouble(tmp_path: Path) -> None:
    with confdir.private(tmp_path, b"!\n", None) as private:
        findings = Linter(30.0, program=("/no/such/program",)).look(private, "10.3", lambda: False)
        assert "cannot be started" in findings.trouble


@pytest.mark.parametrize(
    ("words", "refused", "failed"),
    [
        ("yes | head -c 20000000", "it printed more than 16 MiB and was ended", ""),
        ("kill -9 $$", "", "killed by signal 9 (SIGKILL)"),
        ("echo no json", "", "failed (exit code 0: no message)"),
        ("sleep 60", "", "did not finish within 3 s and was ended"),
        (
            f"exec {sys.executable} -c 'import time; kept = bytes([7]) * (200 << 20); time.sleep(60)'",
            "it used more than 100 MiB of memory and was ended",
            "",
        ),
    ],
)
def test_a_linter_that_breaks_over_the_file_lets_it_not_pass(
    tmp_path: Path, words: str, refused: str, failed: str
) -> None:
    """A file could be written so that it breaks. One that breaks over every file says nothing about this one."""
    program = tmp_path / "linter"
    program.write_text(f"#!/bin/sh\nfor last; do :; done\ngrep -q hostname $last || {{ echo []; exit 0; }}\n{words}\n")
    program.chmod(0o755)
    seconds = 3.0 if "sleep 60" in words else 60.0
    linter = Linter(seconds, program=(str(program),), bounds=Bounds(memory=100 * MIB))
    with confdir.private(tmp_path, b"hostname r1\n", None) as private:
        findings = linter.look(private, "10.3", lambda: False)
    assert findings.trouble == ""
    assert findings.refused.endswith(refused) if refused else findings.refused == ""
    assert failed in findings.failed if failed else findings.failed == ""
    refusal = gate.check_findings(findings)
    assert refusal is not None
    assert refusal.failed is bool(failed)
    program.write_text(f"#!/bin/sh\n{words}\n")
    if "sleep" not in words:
        with confdir.private(tmp_path, b"hostname r1\n", None) as private:
            findings = linter.look(private, "10.3", lambda: False)
        assert findings.trouble
        assert gate.check_findings(findings) is None


def test_it_is_told_the_release() -> None:
    assert LINTER.argv("10.7.1")[-2:] == ["--frr", "10.7"]
    assert "--frr" not in LINTER.argv(None)


def test_the_real_one(tmp_path: Path) -> None:
    with confdir.private(tmp_path, b"router bgp 64512\n neighbr 192.0.2.1 remote-as 1\nexit\n", None) as private:
        findings = LINTER.look(private, "10.3", lambda: False)
        assert (findings.trouble, [fault.line for fault in findings.faults]) == ("", [2])
