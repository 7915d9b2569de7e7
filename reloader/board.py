"""What the sidecar's threads see of each other: the machine puts up what it knows, and those who ask wait for an answer."""

from __future__ import annotations

import threading
import time

from reloader.metrics import Metrics
from reloader.status import Status
from reloader.triggers.hints import Hint, Hints


class Request:
    """Somebody's wish that the sidecar looks now."""

    def __init__(self) -> None:
        self._answered = threading.Event()
        self._status: Status | None = None

    def answer(self, status: Status) -> None:
        """The look is over."""
        self._status = status
        self._answered.set()

    def wait(self, seconds: float) -> Status | None:
        """The status after the look; None when it did not end in time."""
        return self._status if self._answered.wait(seconds) else None


class Board:
    """The last status, the metrics, and the open requests. Any thread may use it."""

    def __init__(self, hints: Hints, status: Status) -> None:
        self._hints = hints
        self._status = status
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._alive = time.monotonic()
        self.metrics = Metrics()

    @property
    def status(self) -> Status:
        """The last one that was put up."""
        return self._status

    def put_up(self, status: Status) -> None:
        """Replaces the status."""
        self._status = status
        self.metrics.see(status)

    def ask(self) -> Request:
        """Wishes a look, which also tries again what was refused or rolled back."""
        request = Request()
        with self._lock:
            self._requests.append(request)
        self._hints.put(Hint.ASKED)
        return request

    def hint(self) -> None:
        """Wishes a look, as an event in the directory does."""
        self._hints.put(Hint.EVENT)

    def take(self) -> list[Request]:
        """The open requests; each must be answered."""
        with self._lock:
            taken, self._requests = self._requests, []
        return taken

    def beat(self) -> None:
        """The machine goes on."""
        self._alive = time.monotonic()

    @property
    def silent_for(self) -> float:
        """Seconds since the machine last went on."""
        return time.monotonic() - self._alive
