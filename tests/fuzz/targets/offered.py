"""The offered file: reading, the gate's own checks, the daemons that it needs, and the sentences about what FRR lacks."""

from __future__ import annotations

import json

from reloader import gate, offered, plain, report, sessions
from reloader.content import check
from reloader.engines import Applied
from reloader.offered import Offered
from reloader.outcome import Outcome, refused
from reloader.residual import Difference
from reloader.status import Boot, Last, Phase, State, Status, Verdict
from reloader.verify import Judgement
from tests.fuzz import oracle, seeds
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target

LACKING = 20  # lines that FRR did not take


def run(data: bytes) -> None:
    data = oracle.planted(data)
    path = scratch() / "frr.conf"
    path.write_bytes(data)
    content = offered.read(path)
    if not isinstance(content, Offered):
        oracle.sentence(content.message, "reading")
        return
    oracle.expect(content.data == data, "reading changes the file")
    gate.needed(content.data)
    sessions.said(content.data)
    refusal = check(content.data, allow_empty=False, version=lambda: None)
    if refusal is not None:
        oracle.sentence(refusal.message, "the gate")
        told(refused(refusal))
        return
    text = content.data.decode()
    lacking = tuple(Difference("add", path) for path in list(plain.lines(text))[:LACKING])
    judgement = Judgement(lacking)
    message, line = report.failure(Applied(), judgement, text, None, last_try=True)
    oracle.sentence(message, "the report")
    told(Outcome(Verdict.FAILED, Phase.VERIFY, message, line, report.residual_lines(judgement)))


def told(outcome: Outcome) -> None:
    """The status with this outcome."""
    last = Last(None, outcome.verdict, outcome.phase, outcome.message, outcome.line, "", "", "batch", outcome.residual)
    said = Status(State.IDLE, Boot.NONE, last=last).to_json()
    oracle.output(said, "the status")
    for text in (outcome.message, *json.loads(said)["last"]["residual"]):
        oracle.sentence(text, "the status")


TARGET = Target(run, seeds.confs, seeds.words)
