"""The queue of hints. A hint says "look", never what there is to see: the machine reads, hashes and compares."""

from __future__ import annotations

import queue
import time
from enum import Enum


class Hint(Enum):
    """Why to look."""

    EVENT = "something changed in the directory"
    ASKED = "somebody asked"  # SIGHUP
    STOP = "the sidecar is to end"


class Hints:
    """Hints from any thread and any signal handler; one thread takes them.

    A SimpleQueue may be filled by a signal handler while the same thread waits for it. What arrives during a reload
    stays here until the reload is over.
    """

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Hint] = queue.SimpleQueue()
        self._kept: set[Hint] = set()

    def put(self, hint: Hint) -> None:
        """Adds a hint. Never waits."""
        self._queue.put(hint)

    def wait(self, seconds: float) -> frozenset[Hint]:
        """The hints that have come, at the latest after `seconds`: empty when none has."""
        self._fill(0.0 if self._kept else seconds)
        taken, self._kept = frozenset(self._kept), set()
        return taken

    def settle(self, quiet: float, at_most: float) -> None:
        """Returns once no hint has come for `quiet` seconds, or after `at_most`, or at once when told to stop.

        What came meanwhile is kept for `wait`.
        """
        deadline = time.monotonic() + at_most
        while Hint.STOP not in self._kept:
            left = deadline - time.monotonic()
            if left <= 0 or not self._fill(min(quiet, left)):
                return

    def forget(self, hint: Hint) -> None:
        """Drops `hint` where it was kept: the look that follows covers it."""
        self._kept.discard(hint)

    def _fill(self, seconds: float) -> bool:
        """Moves what is in the queue to what is kept; whether there was anything within `seconds`."""
        came = False
        while True:
            try:
                self._kept.add(self._queue.get(timeout=0.0 if came else max(0.0, seconds)))
            except queue.Empty:
                return came
            came = True
