"""What is done at one look."""

from __future__ import annotations

from dataclasses import replace

from reloader.daemons import DEAD, HUNG, Daemon, Daemons
from reloader.decide import FAILURES_LIMIT, Do, Memory, decide, state
from reloader.offered import Offered, Unreadable
from reloader.outcome import Retry
from reloader.status import State, Verdict
from reloader.triggers.hints import Hint

A, B = Offered.of(b"a"), Offered.of(b"b")
GONE = Unreadable("gone")
NONE: frozenset[Hint] = frozenset()
EVENT, ASKED = frozenset({Hint.EVENT}), frozenset({Hint.ASKED})


def frr(life: int = 1, **troubles: str) -> Daemons:
    return Daemons(tuple(Daemon(name, troubles.get(name, ""), "10.3", (life, life)) for name in ("bgpd", "zebra")))


UP = frr()
GOOD = Memory(A.digest, Verdict.GOOD, seen=UP, trusted=UP.lives)


def test_the_first_look_tries_even_what_was_good_before() -> None:
    assert decide(A, UP, None, Memory(), None, EVENT) is Do.ATTEMPT
    assert decide(A, UP, None, Memory(), A.digest, EVENT) is Do.ATTEMPT
    assert decide(GONE, UP, None, Memory(), A.digest, EVENT) is Do.ATTEMPT


def test_the_same_content_as_the_last_good_runs_nothing() -> None:
    assert decide(A, UP, UP, GOOD, A.digest, NONE) is Do.NOTHING
    assert decide(A, UP, UP, GOOD, A.digest, EVENT) is Do.UNCHANGED
    assert decide(A, UP, UP, GOOD, A.digest, ASKED) is Do.UNCHANGED
    after_refusal = Memory(B.digest, Verdict.REFUSED, seen=UP, trusted=UP.lives)
    assert decide(A, UP, UP, after_refusal, A.digest, EVENT) is Do.UNCHANGED


def test_after_a_failure_the_last_good_is_applied_again() -> None:
    failed = Memory(B.digest, Verdict.FAILED, failures=1, seen=UP, trusted=None)
    assert decide(A, UP, UP, failed, A.digest, EVENT) is Do.ATTEMPT


def test_a_refused_file_is_tried_again_only_when_asked() -> None:
    refused = Memory(B.digest, Verdict.REFUSED, seen=UP, trusted=UP.lives)
    assert decide(B, UP, UP, refused, A.digest, NONE) is Do.NOTHING
    assert decide(B, UP, UP, refused, A.digest, EVENT) is Do.NOTHING
    assert decide(B, UP, UP, refused, A.digest, ASKED) is Do.ATTEMPT
    assert decide(A, UP, UP, refused, None, NONE) is Do.ATTEMPT
    missing = Memory(GONE.message, Verdict.REFUSED)
    assert decide(GONE, UP, UP, missing, None, EVENT) is Do.NOTHING
    assert decide(GONE, UP, UP, missing, None, ASKED) is Do.ATTEMPT


def test_waiting_for_a_daemon_ends_when_it_answers_at_two_looks() -> None:
    down = frr(bgpd=DEAD)
    waiting = Memory(B.digest, Verdict.REFUSED, Retry.WHEN_BACK, frozenset({"bgpd"}), seen=down)
    assert decide(B, down, down, waiting, None, NONE) is Do.NOTHING
    assert decide(B, UP, down, waiting, None, NONE) is Do.WAIT
    assert decide(B, UP, UP, waiting, None, NONE) is Do.ATTEMPT
    hung = frr(zebra=HUNG)
    assert decide(B, hung, hung, waiting, None, NONE) is Do.NOTHING


def test_a_daemon_that_was_stopped_for_a_while_leaves_a_good_verdict() -> None:
    waiting = Memory(
        A.digest, Verdict.REFUSED, Retry.WHEN_BACK, frozenset({"bgpd"}), seen=frr(bgpd=HUNG), trusted=UP.lives
    )
    assert decide(A, UP, UP, waiting, A.digest, NONE) is Do.UNCHANGED


def test_an_frr_started_anew_is_looked_at_again() -> None:
    anew = frr(life=2)
    assert decide(A, anew, UP, GOOD, A.digest, NONE) is Do.WAIT
    assert decide(A, anew, anew, GOOD, A.digest, NONE) is Do.ATTEMPT


def test_a_file_that_fails_is_not_tried_for_ever() -> None:
    anew = frr(life=2)
    once = Memory(B.digest, Verdict.FAILED, failures=1, seen=UP)
    assert decide(B, UP, UP, once, None, NONE) is Do.NOTHING
    assert decide(B, anew, anew, once, None, NONE) is Do.ATTEMPT
    often = Memory(B.digest, Verdict.FAILED, failures=FAILURES_LIMIT, seen=UP)
    assert decide(B, anew, anew, often, None, NONE) is Do.NOTHING
    assert decide(B, anew, anew, often, None, ASKED) is Do.ATTEMPT


def test_the_last_good_file_comes_back_to_another_frr_however_often_it_failed() -> None:
    anew = frr(life=2)
    often = Memory(A.digest, Verdict.FAILED, failures=FAILURES_LIMIT, seen=UP, restored_in=UP)
    assert decide(A, UP, UP, often, A.digest, NONE) is Do.NOTHING
    assert decide(A, UP, UP, often, A.digest, NONE, due=True) is Do.RESTORE
    assert decide(A, anew, UP, often, A.digest, NONE) is Do.WAIT
    assert decide(A, anew, anew, often, A.digest, NONE) is Do.RESTORE


def test_a_locked_configuration_is_tried_at_each_look() -> None:
    locked = Memory(B.digest, Verdict.REFUSED, Retry.SOON, seen=UP)
    assert decide(B, UP, UP, locked, None, NONE) is Do.ATTEMPT


def test_the_state_never_says_idle_of_an_frr_that_was_not_compared() -> None:
    assert state(UP, Memory(), degraded=False) is State.IDLE
    assert state(UP, GOOD, degraded=False) is State.IDLE
    assert state(frr(life=2), GOOD, degraded=False) is State.WAITING
    assert state(frr(bgpd=DEAD), GOOD, degraded=False) is State.WAITING
    assert state(Daemons(()), Memory(), degraded=True) is State.WAITING
    refused = Memory(B.digest, Verdict.REFUSED, seen=UP, trusted=UP.lives)
    assert state(UP, refused, degraded=False) is State.IDLE
    assert state(frr(life=2), refused, degraded=False) is State.DEGRADED
    failed = Memory(B.digest, Verdict.FAILED, failures=1, seen=UP)
    assert state(UP, failed, degraded=True) is State.DEGRADED
    waiting = Memory(B.digest, Verdict.REFUSED, Retry.WHEN_BACK, frozenset({"bgpd"}), seen=UP)
    assert state(UP, waiting, degraded=True) is State.WAITING


def test_frr_gets_the_last_good_file_back_where_the_offered_one_is_not_to_be_had() -> None:
    anew, down = frr(life=2), frr(bgpd=HUNG)
    for verdict, content in ((Verdict.REFUSED, B), (Verdict.ROLLED_BACK, B), (Verdict.REFUSED, GONE)):
        key = B.digest if content is B else GONE.message
        memory = Memory(key, verdict, seen=UP, trusted=UP.lives)
        assert decide(content, UP, UP, memory, A.digest, NONE) is Do.NOTHING
        assert decide(content, anew, UP, memory, A.digest, NONE) is Do.WAIT
        assert decide(content, anew, anew, memory, A.digest, NONE) is Do.RESTORE
        assert decide(content, anew, anew, memory, None, NONE) is Do.NOTHING
        assert decide(content, down, down, memory, A.digest, NONE) is Do.NOTHING
        assert decide(content, Daemons(()), Daemons(()), memory, A.digest, NONE) is Do.NOTHING
        tried = replace(memory, trusted=None, restored_in=anew)
        assert decide(content, anew, anew, tried, A.digest, NONE) is Do.NOTHING
        assert decide(content, anew, anew, tried, A.digest, NONE, due=True) is Do.RESTORE
        assert decide(content, UP, UP, tried, A.digest, NONE) is Do.RESTORE
    assert decide(A, anew, anew, Memory(B.digest, Verdict.ROLLED_BACK), A.digest, NONE) is Do.ATTEMPT


def test_after_a_program_failed_it_is_tried_again_when_that_is_due() -> None:
    failed = Memory(B.digest, Verdict.REFUSED, Retry.LATER, seen=UP, trusted=UP.lives)
    assert decide(B, UP, UP, failed, A.digest, NONE) is Do.NOTHING
    assert decide(B, UP, UP, failed, A.digest, EVENT) is Do.NOTHING
    assert decide(B, UP, UP, failed, A.digest, NONE, retry_due=True) is Do.ATTEMPT
    assert decide(B, UP, UP, failed, A.digest, ASKED) is Do.ATTEMPT
    assert decide(A, UP, UP, failed, None, NONE) is Do.ATTEMPT
    assert decide(B, frr(2), UP, failed, A.digest, NONE) is Do.WAIT
    unknown = replace(failed, trusted=None)  # FRR may have what an earlier sidecar left
    assert decide(B, UP, UP, unknown, A.digest, NONE) is Do.RESTORE
    assert decide(B, UP, UP, unknown, None, NONE) is Do.NOTHING
    assert decide(B, frr(2), frr(2), failed, A.digest, NONE) is Do.ATTEMPT
