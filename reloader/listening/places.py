"""The connections that are served at the same time: a bounded number, and a new one is never kept waiting."""

from __future__ import annotations

import contextlib
import socket
import threading

LEAVE_SECONDS = 1.0  # for a connection that was cut to give its place up, before another one is cut


class Places:
    """At most `limit` connections. A new one takes the place of the oldest, which is cut: a client that is slow cannot
    keep the others out, and one that is not has its answer long before it is the oldest.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._taken: dict[socket.socket, bool] = {}  # the oldest first; whether it was cut
        self._changed = threading.Condition()

    def enter(self, client: socket.socket) -> bool:
        """Gives `client` a place; whether another one was cut for it."""
        crowded = False
        with self._changed:
            while len(self._taken) >= self.limit:
                crowded = True
                self._cut_oldest()
                self._changed.wait(LEAVE_SECONDS)
            self._taken[client] = False
        return crowded

    def leave(self, client: socket.socket) -> None:
        """Gives the place up, before `client` is closed."""
        with self._changed:
            if self._taken.pop(client, None) is not None:
                self._changed.notify()

    def cut_oldest(self) -> None:
        """Cuts one connection, to have its file descriptor back."""
        with self._changed:
            self._cut_oldest()

    def _cut_oldest(self) -> None:
        oldest = next((client for client, cut in self._taken.items() if not cut), None)
        if oldest is not None:
            self._taken[oldest] = True
            with contextlib.suppress(OSError):
                oldest.shutdown(socket.SHUT_RDWR)  # its thread wakes up, and closes it
