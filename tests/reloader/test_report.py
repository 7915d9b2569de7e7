"""The sentences about a file that FRR has only in part."""

from __future__ import annotations

from frrcompile.redact import MASK
from reloader import masking, report
from reloader.engines import Applied, words
from reloader.gate import Refusal
from reloader.residual import Difference
from reloader.verify import Judgement

TEXT = "vrf red\n vni 100\nexit-vrf\nvrf blue\n vni 100\nexit-vrf\n"
MISSING = Difference("add", ("vrf blue", "vni 100"))


def test_the_line_comes_first_then_frrs_words() -> None:
    message, line = report.failure(
        Applied(("vni 100 is already mapped to another vrf",)), Judgement((MISSING,)), TEXT, None, last_try=False
    )
    assert line == 5
    assert message == (
        'line 5: FRR did not take "vni 100" in "vrf blue". FRR said: vni 100 is already mapped to another vrf. '
        "FRR has a part of this file. Correct it and publish it again."
    )


def test_a_line_lost_in_silence() -> None:
    gone = Difference("delete", ("no router bgp 1",))
    message, line = report.failure(Applied(), Judgement((gone,)), TEXT, None, last_try=False)
    assert line is None
    assert message.startswith('FRR still has what "no router bgp 1" would remove. FRR gave no reason.')


def test_a_hung_daemon() -> None:
    away = Refusal("bgpd does not answer, and so on. Nothing was changed.", missing=frozenset({"bgpd"}))
    applied = Applied(trouble="frr-reload.py did not finish within 3 s and was ended")
    message, _ = report.failure(applied, Judgement(trouble="bgpd does not answer"), TEXT, away, last_try=False)
    assert "was ended. What FRR has now is not known: bgpd does not answer. Now bgpd does not answer" in message
    assert message.endswith("It is tried once more when all daemons answer.")
    message, _ = report.failure(applied, Judgement(trouble="bgpd does not answer"), TEXT, away, last_try=True)
    assert message.endswith("Correct it and publish it again.")


def test_a_quoted_password_is_masked_and_the_rest_of_the_sentence_stays() -> None:
    line = "neighbor 192.0.2.1 password hunter two"
    said = words.of(f"line 2: Failure to communicate[13] to bgpd, line:  {line}\n% Specify remote-as first\n")
    judgement = Judgement((Difference("add", ("router bgp 1", line)),))
    message, number = report.failure(Applied(said), judgement, f"router bgp 1\n {line}\n", None, last_try=False)
    assert number == 2
    masked = f"neighbor 192.0.2.1 password {MASK}"
    assert message == masking.message(message)
    assert message == (
        f'line 2: FRR did not take "{masked}" in "router bgp 1". FRR said: bgpd refused "{masked}"; '
        "Specify remote-as first. FRR has a part of this file. Correct it and publish it again."
    )
    assert report.residual_lines(judgement) == (f"add: router bgp 1 / {masked}",)


def test_a_password_that_nobody_masked_is_masked_at_last() -> None:
    assert masking.message(f'"password {MASK}" and password hunter two') == f'"password {MASK}" and password {MASK}'


def test_residual_lines_are_bounded() -> None:
    many = Judgement((MISSING,) * (report.RESIDUAL_LIMIT + 900))
    assert len(report.residual_lines(many)) == report.RESIDUAL_LIMIT + 1
    assert report.residual_lines(many)[-1] == "... and 900 more"
