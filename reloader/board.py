"""What the sidecar's threads share: the loop's last status and metrics, and the requests of clients that wait for a look."""

from __future__ import annotations

import threading
import time

from reloader.metrics import Metrics
from reloader.status import Status
from reloader.triggers.hints import Hint, Hints


class Request:
    """A request that the sidecar looks now; any number of clients may wait for its answer."""

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
        self._request: Request | None = None  # that no look has begun to answer
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
        """Asks for a look, which also tries again what was refused or rolled back.

        The next look answers all who ask before it begins, so they share one request.
        """
        with self._lock:
            if self._request is not None:
                return self._request
            request = self._request = Request()
        self._hints.put(Hint.ASKED)
        return request

    def take(self) -> list[Request]:
        """The open requests; each must be answered."""
        with self._lock:
            request, self._request = self._request, None
        return [request] if request is not None else []

    def beat(self) -> None:
        """The machine goes on."""
        self._alive = time.monotonic()

    @property
    def silent_for(self) -> float:
        """Seconds since the machine last went on."""
        return time.monotonic() - self._alive
