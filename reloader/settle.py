"""Reading the offered file once it has come to rest: some write it in place, and some write many files at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reloader import offered
from reloader.offered import Offered, Unreadable
from reloader.triggers.hints import Hint, Hints

QUIET_SECONDS = 0.1  # a writer that paused for so long may have finished
WATCHED_SECONDS = 0.03  # the same where the kernel says who has the file open
BURST_SECONDS = 2.0  # a directory that never comes to rest is looked at all the same


def read(
    path: Path, hints: Hints, in_writing: Callable[[], bool], stop: Callable[[], bool], quiet: float = QUIET_SECONDS
) -> Offered | Unreadable:
    """What `path` offers, when two reads `quiet` seconds apart agree and nobody is `in_writing`; at once when `stop`.

    Hints that came up to the second read are taken out of `hints`: they are answered by it. Later ones stay.
    """
    first = offered.read(path)
    while not stop():
        hints.settle(quiet, BURST_SECONDS)
        hints.forget(Hint.EVENT)
        second = offered.read(path)
        if first == second and not in_writing():
            break
        first = second
    return first
