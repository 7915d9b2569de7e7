"""The offered file: reading, the gate's own checks, the daemons that it needs, and the sentences about what FRR lacks."""

from __future__ import annotations

from reloader import canary, gate, offered, plain, report, sessions
from reloader.content import check
from reloader.engines import Applied
from reloader.offered import Offered
from reloader.outcome import Outcome, refused
from reloader.residual import Difference
from reloader.status import Phase, Verdict
from reloader.verify import Judgement
from tests.fuzz import oracle, seeds
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target
from tests.fuzz.told import logged, told

LACKING = 20  # lines that FRR did not take


def run(data: bytes) -> None:
    data = oracle.planted(data)
    path = scratch() / "frr.conf"
    path.write_bytes(data)
    content = offered.read(path)
    if not isinstance(content, Offered):
        logged(content.message)
        return
    oracle.expect(content.data == data, "reading changes the file")
    gate.needed(content.data)
    sessions.said(content.data)
    oracle.expect(canary.wrong_line(data) <= data.count(b"\n") + 2, "the known wrong line is beyond the file")
    refusal = check(content.data, allow_empty=False, version=lambda: None)
    if refusal is not None:
        told(refused(refusal))
        return
    text = content.data.decode()
    lacking = tuple(Difference("add", path) for path in list(plain.lines(text))[:LACKING])
    judgement = Judgement(lacking)
    message, line = report.failure(Applied(), judgement, text, None, last_try=True)
    told(Outcome(Verdict.FAILED, Phase.VERIFY, message, line, report.residual_lines(judgement)))


TARGET = Target(run, seeds.confs, seeds.words)
