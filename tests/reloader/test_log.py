"""What log and status quote forges no line of theirs, steers no terminal, has no secret, and is not endless."""

from __future__ import annotations

import io
import json

import pytest

from frrcompile.printable import LONGEST_LINE, QUOTED, printable
from reloader.log import Log
from reloader.rates import BURST, KINDS_LIMIT, REFILL_SECONDS, Rates
from reloader.status import Boot, Drift, Last, Phase, State, Status, Verdict

FORGED = "rubbish\r2026-01-31T03:14:15.926Z info    good: FRR runs this file\n::error::x\x1b[2J\x9b\u202e\u2028"
SECRET = "hunter2"


def logged(form: str, message: str, **fields: object) -> str:
    stream = io.StringIO()
    Log(form, stream).info(message, **fields)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_event_is_one_printable_line(form: str) -> None:
    text = logged(form, FORGED, file=FORGED)
    assert len(text.splitlines()) == 1
    assert printable(text.rstrip("\n")) == text.rstrip("\n")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_event_is_bounded_and_has_no_secret(form: str) -> None:
    text = logged(form, "x" * 3_000_000 + f"password {SECRET}", file=f"password {SECRET}")
    assert len(text) < 2 * LONGEST_LINE
    assert SECRET not in text


def test_the_log_is_json() -> None:
    assert json.loads(logged("json", FORGED))["message"].startswith("rubbish\ufffd2026")


def test_the_status_is_printable_bounded_and_has_no_secret() -> None:
    lines = (FORGED, "x" * 100_000, f" neighbor 192.0.2.1 passwrd {SECRET}")
    last = Last("h", Verdict.REFUSED, Phase.GATE, " ".join(lines), 1, "", "", "batch", lines)
    text = Status(State.IDLE, Boot.NONE, last=last, drift=Drift(None, lines), trouble=FORGED).to_json()
    content = json.loads(text)
    assert printable(text.replace("\n", "")) == text.replace("\n", "")
    assert SECRET not in text
    assert len(content["last"]["message"]) <= LONGEST_LINE
    for said in (
        content["last"]["message"],
        content["trouble"],
        *content["last"]["residual"],
        *content["drift"]["lines"],
    ):
        assert printable(said) == said
    assert max(map(len, content["last"]["residual"] + content["drift"]["lines"])) <= QUOTED


def test_lines_of_one_kind_are_bounded_and_counted() -> None:
    """A client or a writer can cause any number of them; other lines are written all the same."""
    stream = io.StringIO()
    log = Log("text", stream)
    for number in range(5 * BURST):
        log.warn(f"refused: line {number}: FRR does not know it", hash="a" * 64)
    log.error("bgpd does not answer")
    lines = stream.getvalue().splitlines()
    assert BURST <= len(lines) < 3 * BURST
    assert "bgpd does not answer" in lines[-1]


def test_what_was_left_out_is_said() -> None:
    moment = 0.0
    rates = Rates(lambda: moment)
    assert [rates.take(f"refused: {number}") for number in range(BURST)] == [0] * BURST
    assert [rates.take("refused: x"), rates.take("refused: y"), rates.take("good: z")] == [None, None, 0]
    moment = REFILL_SECONDS
    assert [rates.take("refused: x"), rates.take("refused: y")] == [2, None]
    moment += 1000 * BURST * REFILL_SECONDS
    assert [rates.take("refused: x") for _ in range(BURST + 1)] == [1] + [0] * (BURST - 1) + [None]


def test_any_number_of_kinds_takes_little_memory() -> None:
    rates = Rates(lambda: 0.0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    taken = [rates.take(f"{one}{two}: x") for one in letters for two in letters]
    assert taken.count(None) == len(letters) ** 2 - KINDS_LIMIT - BURST
