"""The connections that are served at the same time: a bounded number, and a new one is never kept waiting."""

from __future__ import annotations

import contextlib
import socket
import threading

LEAVE_SECONDS = 1.0  # for a connection that was cut to give its place up, before it is forgotten


class Places:
    """At most `limit` connections. A new one takes the place of the oldest, which is cut: a client that is slow cannot
    keep the others out, and one that is not has its answer long before it is the oldest.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._taken: dict[socket.socket, None] = {}  # the oldest first
        self._changed = threading.Condition()

    def enter(self, client: socket.socket) -> bool:
        """Gives `client` a place; whether another one was cut for it."""
        crowded = False
        with self._changed:
            while len(self._taken) >= self.limit:
                crowded = True
                cut = self._cut_oldest()
                if not self._changed.wait(LEAVE_SECONDS) and cut:
                    self._taken.pop(cut, None)  # its thread ended for want of memory, perhaps
            self._taken[client] = None
        return crowded

    def leave(self, client: socket.socket) -> None:
        """Gives the place up, before `client` is closed."""
        with self._changed:
            self._taken.pop(client, None)
            self._changed.notify()

    def cut_oldest(self) -> None:
        """Cuts one connection, to have its file descriptor back."""
        with self._changed:
            self._cut_oldest()

    def _cut_oldest(self) -> socket.socket | None:
        oldest = next(iter(self._taken), None)
        if oldest is not None:
            with contextlib.suppress(OSError):
                oldest.shutdown(socket.SHUT_RDWR)  # its thread wakes up, and closes it
        return oldest
