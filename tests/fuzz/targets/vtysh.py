"""What vtysh and the linter print about a file: as refusals of the gate, and as FRR's own words. A line `%%` parts both."""

from __future__ import annotations

from collections.abc import Iterator

from reloader import canary, checking, gate, report
from reloader.engines import Applied, words
from reloader.linter import Linter
from reloader.outcome import Outcome, refused
from reloader.process import Ending, Finished
from reloader.residual import Difference
from reloader.status import Phase, Verdict
from reloader.verify import Judgement
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target
from tests.fuzz.told import logged, told

PARTED = "\n%%\n"
SECONDS = 5.0


def run(data: bytes) -> None:
    file, _, said = data.decode(errors="replace").partition(PARTED)
    file = oracle.planted(file.encode()).decode()
    said = oracle.planted(said.encode()).decode()
    for code in (0, 1):
        checked = checking.read(Finished(Ending.EXITED, code, said, ""), canary.wrong_line(file.encode()), SECONDS)
        oracle.expect(checked != checking.Checked(), "vtysh is believed, which did not find what is known to be wrong")
        if checked is not None:
            logged(checked.failed, checked.refused)
            if (refusal := gate.check_syntax(checked, file.encode())) is not None:
                told(refused(refusal))
        findings = Linter(SECONDS).findings(Finished(Ending.EXITED, code, said, said))
        logged(findings.trouble)
        if (refusal := gate.check_findings(findings)) is not None:
            told(refused(refusal))
    own = words.of(said)
    lacking = Judgement((Difference("add", ("router bgp 1",)),))
    message, line = report.failure(Applied(own), lacking, file, None, last_try=True)
    told(Outcome(Verdict.FAILED, Phase.VERIFY, message, line, report.residual_lines(lacking)))
    logged(*own)


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
