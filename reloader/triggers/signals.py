"""SIGTERM and SIGINT end the sidecar, SIGHUP makes it look now."""

from __future__ import annotations

import signal
import time
from types import FrameType

from reloader.triggers.hints import Hint, Hints

GRACE_SECONDS = 1.3  # how long an engine that is at work may go on: the sidecar ends within 2 s


class Stop:
    """The wish that the sidecar ends, and how urgent it is."""

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        """`grace`: the seconds that `now` waits."""
        self.by = ""  # the signal's name, empty while nobody wishes it
        self._grace = grace
        self._deadline = 0.0

    def request(self, by: str) -> None:
        """Wishes the end; the second wish is urgent."""
        self._deadline = time.monotonic() + (0.0 if self.by else self._grace)
        self.by = by

    def soon(self) -> bool:
        """Whether to end whatever only looks."""
        return bool(self.by)

    def now(self) -> bool:
        """Whether to end even what is changing FRR."""
        return bool(self.by) and time.monotonic() >= self._deadline


def install(stop: Stop, hints: Hints) -> None:
    """Takes over the three signals. Only the main thread may call it."""

    def end(number: int, _frame: FrameType | None) -> None:
        stop.request(signal.Signals(number).name)
        hints.put(Hint.STOP)

    def look(_number: int, _frame: FrameType | None) -> None:
        hints.put(Hint.ASKED)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGHUP, look)
