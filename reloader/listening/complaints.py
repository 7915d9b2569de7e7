"""Log lines about clients, few enough that no client can flood the log."""

from __future__ import annotations

import threading
import time

from reloader.log import Log

PAUSE_SECONDS = 60.0  # between two lines of one kind


class Complaints:
    """Logs one line of each kind a minute, with the number of lines that were left out. Any thread may use it."""

    def __init__(self, log: Log, pause: float = PAUSE_SECONDS) -> None:
        self._log = log
        self._pause = pause
        self._lock = threading.Lock()
        self._kinds: dict[str, tuple[float, int]] = {}  # when the last line was written, and how many were left out

    def say(self, kind: str, message: str) -> None:
        """`kind` is one of a few fixed words; `message` may quote the client if that is printable and short."""
        moment = time.monotonic()
        with self._lock:
            last, left_out = self._kinds.get(kind, (-self._pause, 0))
            if moment - last < self._pause:
                self._kinds[kind] = (last, left_out + 1)
                return
            self._kinds[kind] = (moment, 0)
        self._log.warn(message + (f" ({left_out} more since the last such line)" if left_out else ""))
