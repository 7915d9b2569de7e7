"""Reading the offered file once it has come to rest: it may be written in place, or with many other files at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from reloader import offered
from reloader.offered import Offered, Unreadable
from reloader.triggers.hints import Hint, Hints

QUIET_SECONDS = 0.1  # a writer that paused for so long may have finished
WATCHED_SECONDS = 0.03  # the same where the kernel says who has the file open
BURST_SECONDS = 2.0  # the longest that one look waits: FRR is to be looked at as well


def read(
    path: Path, hints: Hints, in_writing: Callable[[], bool], stop: Callable[[], bool], quiet: float = QUIET_SECONDS
) -> Offered | Unreadable | None:
    """What `path` offers, when two reads `quiet` seconds apart agree and no writer is at it (`in_writing`).

    None where it does not come to rest within BURST_SECONDS, or before `stop`. Hints that came up to the last read are
    taken out of `hints`: that read answers them. Later ones stay.
    """
    deadline = time.monotonic() + BURST_SECONDS
    before = offered.peek(path)
    while not stop():
        hints.settle(quiet, max(0.0, deadline - time.monotonic()))
        if not in_writing():  # else reading it is of no use yet
            hints.forget(Hint.EVENT)
            now = offered.peek(path)
            if now == before and not in_writing():
                found = offered.read(path)
                if offered.key_of(found) == now:
                    return found
            before = now
        if time.monotonic() >= deadline:
            return None
    return None
