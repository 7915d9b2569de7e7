"""What the sidecar tells of a file: the outcome in the status, and the same words in both forms of the log."""

from __future__ import annotations

import io
import json

from reloader.log import Log
from reloader.outcome import Outcome
from reloader.status import Boot, Last, State, Status
from tests.fuzz import oracle


def told(outcome: Outcome) -> None:
    """Everything that is shown of an outcome: printable, bounded, without the secret; a log line for each event."""
    last = Last(None, outcome.verdict, outcome.phase, outcome.message, outcome.line, "", "", "batch", outcome.residual)
    status = Status(State.IDLE, Boot.NONE, last=last).to_json()
    oracle.output(status, "the status")
    shown = json.loads(status)["last"]
    for text in (shown["message"], *shown["residual"]):
        oracle.sentence(text, "the status")
    logged(outcome.message, *(f"differs: {line}" for line in outcome.residual))


def logged(*messages: str) -> None:
    """What the log shows of messages."""
    for form in ("text", "json"):
        stream = io.StringIO()
        log = Log(form, stream)
        for message in messages:
            log.error(message, hash="a" * 64)
        lines = stream.getvalue().split("\n")
        oracle.expect(len(lines) == len(messages) + 1, "a message is several lines of the log", lines[:4])
        for line in lines:
            oracle.sentence(line, "the log")
