"""What to do at one look: a pure decision from what is offered, what FRR is, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reloader.daemons import OVERSEER, Daemons
from reloader.offered import Offered, Unreadable, key_of
from reloader.outcome import Retry
from reloader.status import GOOD, State, Verdict
from reloader.triggers.hints import Hint

FAILURES_LIMIT = 2  # of one file, which may be what ends a daemon: it must not do so for ever
Lives = tuple[tuple[str, tuple[int, int]], ...]


class Do(Enum):
    """What to do now."""

    NOTHING = "nothing"
    UNCHANGED = "say that it is unchanged"  # nothing is run
    ATTEMPT = "try the file"
    RESTORE = "bring FRR back to the last good file"  # the offered one was refused, or failed
    WAIT = "look again soon"  # FRR's daemons are coming or going


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the last attempt.

    `key` is what was offered, `missing` the daemons for which it waits, `failures` how often it failed in a row.
    `seen` is how FRR's daemons were then. `trusted` are their lives when the last good file was verified, None since
    FRR may have something else. `restored_in` is how FRR's daemons were when it could not be brought back.
    """

    key: str | None = None
    verdict: Verdict | None = None
    retry: Retry = Retry.NEVER
    missing: frozenset[str] = frozenset()
    failures: int = 0
    seen: Daemons | None = None
    trusted: Lives | None = None
    restored_in: Daemons | None = None


def decide(
    content: Offered | Unreadable,
    found: Daemons,
    previous: Daemons | None,
    memory: Memory,
    good_hash: str | None,
    hints: frozenset[Hint],
    *,
    due: bool = False,
    retry_due: bool = False,
) -> Do:
    """`found` are FRR's daemons now, `previous` at the look before (None at the first).

    `due`: FRR could not be brought back to the last good file, and it is time to try that again. `retry_due`: a program
    failed at the last attempt, and it is time for the next one.
    """
    asked = Hint.ASKED in hints
    same = key_of(content) == memory.key
    if isinstance(content, Unreadable):
        return restore(found, previous, memory, good_hash, due) if same and not asked else Do.ATTEMPT
    good = content.digest == good_hash
    if good and memory.trusted == found.lives:
        told = same and memory.verdict in GOOD
        return Do.NOTHING if told and not hints else Do.UNCHANGED
    if not same or asked or memory.retry is Retry.SOON:
        return Do.ATTEMPT
    if memory.retry is Retry.LATER:
        if retry_due or (memory.seen != found and previous == found):
            return Do.ATTEMPT
        # Meanwhile FRR must not stay as an earlier sidecar left it, half configured perhaps.
        return Do.NOTHING if good else restore(found, previous, memory, good_hash, due)
    # The same file as before: only another FRR is a reason to try it again. Its daemons come one after another and
    # read their boot file then, so they must have been the same at two looks.
    if memory.missing:
        another = memory.missing <= found.up and not found.hung
    else:
        again = (good or memory.verdict is Verdict.FAILED) and memory.failures < FAILURES_LIMIT
        another = again and (memory.seen != found or (good and due))
    if another:
        return Do.ATTEMPT if previous == found else Do.WAIT
    if good and memory.failures < FAILURES_LIMIT:
        return Do.NOTHING
    return restore(found, previous, memory, good_hash, due)


def restore(found: Daemons, previous: Daemons | None, memory: Memory, good_hash: str | None, due: bool) -> Do:
    """Whether FRR is to get the last good file back, though another file is offered."""
    if good_hash is None or memory.trusted == found.lives or not found.up - {OVERSEER} or found.hung:
        return Do.NOTHING
    if memory.restored_in == found and not due:
        return Do.NOTHING
    return Do.RESTORE if previous == found else Do.WAIT


def state(found: Daemons, memory: Memory, *, degraded: bool) -> State:
    """What the status calls the sidecar between two attempts; `degraded` since a file failed and none was good."""
    if memory.retry is Retry.WHEN_BACK or not found.up - {OVERSEER}:
        return State.WAITING
    # Daemons that are not those in which the last good file was verified may have anything.
    stale = memory.trusted not in (None, found.lives)
    if stale and memory.verdict in GOOD:
        return State.WAITING  # to be looked at again in a moment
    return State.DEGRADED if degraded or stale else State.IDLE
