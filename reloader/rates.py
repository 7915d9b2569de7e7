"""How often lines of one kind are logged: a burst, then a few a minute. A client or a writer cannot fill the disk with them."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

BURST = 150  # a rollback logs 100 lines of what differs
REFILL_SECONDS = 6.0  # for one more line
KINDS_LIMIT = 200
_KIND = re.compile(r"[^:\d]{1,60}")


class Rates:
    """A budget for each kind of line, which is known by its first words. Any thread may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kinds: dict[str, tuple[float, float, int]] = {}  # budget, when it was so, lines left out since

    def take(self, message: str) -> int | None:
        """None where the line is to be left out; else how many of its kind were left out before it."""
        found = _KIND.match(message)
        kind = found[0] if found else ""
        moment = self._clock()
        with self._lock:
            if kind not in self._kinds and len(self._kinds) >= KINDS_LIMIT:
                kind = ""
            budget, since, left_out = self._kinds.get(kind, (float(BURST), moment, 0))
            budget = min(float(BURST), budget + (moment - since) / REFILL_SECONDS)
            taken = budget >= 1
            self._kinds[kind] = (budget - 1, moment, 0) if taken else (budget, moment, left_out + 1)
            return left_out if taken else None
