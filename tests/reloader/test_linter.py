"""What the linter says, as the gate takes it."""

from __future__ import annotations

import json
from pathlib import Path

from reloader import confdir, gate
from reloader.linter import Linter
from reloader.process import Ending, Finished

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


def test_it_is_told_the_release(tmp_path: Path) -> None:
    with confdir.private(tmp_path, b"!\n", None) as private:
        assert LINTER.argv(private, "10.7.1")[-3:] == ["--frr", "10.7", private.file]
        assert "--frr" not in LINTER.argv(private, None)


def test_the_real_one(tmp_path: Path) -> None:
    with confdir.private(tmp_path, b"router bgp 64512\n neighbr 192.0.2.1 remote-as 1\nexit\n", None) as private:
        findings = LINTER.look(private, "10.3", lambda: False)
        assert (findings.trouble, [fault.line for fault in findings.faults]) == ("", [2])
