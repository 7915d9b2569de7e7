"""What vtysh and the linter print about a file: as refusals of the gate, and as FRR's own words. A line `%%` parts both."""

from __future__ import annotations

from collections.abc import Iterator

from reloader import canary, checking, gate, report
from reloader.engines import Applied, words
from reloader.linter import Linter
from reloader.process import Ending, Finished
from reloader.residual import Difference
from reloader.verify import Judgement
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target

PARTED = "\n%%\n"
SECONDS = 5.0


def run(data: bytes) -> None:
    file, _, said = data.decode(errors="replace").partition(PARTED)
    file = oracle.planted(file.encode()).decode()
    said = oracle.planted(said.encode()).decode()
    for code in (0, 1):
        checked = checking.read(Finished(Ending.EXITED, code, said, ""), canary.wrong_line(file.encode()), SECONDS)
        refusal = gate.check_syntax(checked, file.encode()) if checked is not None else None
        if refusal is not None:
            oracle.sentence(refusal.message, "the gate")
        findings = Linter(SECONDS).findings(Finished(Ending.EXITED, code, said, said))
        oracle.sentence(findings.trouble, "the linter")
        refusal = gate.check_findings(findings)
        if refusal is not None:
            oracle.sentence(refusal.message, "the gate")
    own = words.of(said)
    for line in own:
        oracle.sentence(line, "FRR's words")
    lacking = Judgement((Difference("add", ("router bgp 1",)),))
    message, _ = report.failure(Applied(own), lacking, file, None, last_try=True)
    oracle.sentence(message, "the report")


def outputs() -> Iterator[bytes]:
    said = b"""\
line 3: % Unknown command[4]:  neighbor 192.0.2.1 password x
line 9: % Command incomplete[4]: router bgp
line 12: Failure to communicate[13] to bgpd, line:  vni 100
% Specify remote-as or peer-group commands first
[1|bgpd] sending configuration
% Configuration failed.
Error type: validation
Error description: NB_ERR
2026-01-31 03:14:15,926  ERROR: Failed to execute no router bgp 1
"""
    listed = b'[{"code": "FRR001", "severity": "error", "message": "\\"x\\" is unknown", "line": 3}]'
    for file in seeds.confs():
        yield PARTED.encode().join((file, said))
        yield PARTED.encode().join((file[:500], listed))


def spoken() -> Iterator[str]:
    yield from (
        "line ",
        ": ",
        "% ",
        "Unknown command",
        "Command incomplete",
        "Ambiguous command",
        "[4]",
        PARTED,
        "ERROR: ",
    )
    yield from (
        "Failure to communicate",
        " to bgpd, line: ",
        "reason: '",
        "password ",
        "\x1b[31m",
        "\r",
        '"line": ',
        '"error"',
    )
    yield from seeds.words()


TARGET = Target(run, outputs, spoken)
