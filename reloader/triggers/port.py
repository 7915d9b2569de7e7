"""A TCP port where any connection makes the sidecar look, whatever the client sends."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time

from reloader.triggers.hints import Hint, Hints

PAUSE_SECONDS = 0.5  # between two looks; the connections in between cause one look together
LINGER_SECONDS = 1.0  # for which a client may go on sending
LINGERING_LIMIT = 8  # connections; the oldest is closed for a new one
SHORTAGE_SECONDS = 0.1  # before the next client is accepted, when the one before could not be


class Port:
    """One thread accepts the connections. Nothing that it does depends on what a client sends."""

    def __init__(self, listener: socket.socket, hints: Hints) -> None:
        """Takes `listener` over. Raises OSError and RuntimeError."""
        self._listener = listener
        self._hints = hints
        self._ended = False
        self._selector = selectors.PollSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._lingering: dict[socket.socket, float] = {}  # the oldest first; when it is closed
        self._next = 0.0  # the earliest time of the next hint
        self._came = False  # whether a connection came since the last hint
        threading.Thread(target=self._run, name="signals", daemon=True).start()

    def stop(self) -> None:
        """Accepts no more connections."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closes it

    def _run(self) -> None:
        while not self._ended:
            try:
                self._turn()
            except (OSError, MemoryError):  # no file descriptor for the client, for one: it stays in the kernel's queue
                self._close_until(float("inf"))
                time.sleep(SHORTAGE_SECONDS)
        self._listener.close()

    def _turn(self) -> None:
        """Waits for what happens next, and does it."""
        for key, _ in self._selector.select(self._nap()):
            if key.fileobj is self._listener:
                self._accept()
            else:
                self._drain(key.fileobj)  # type: ignore[arg-type]  # only sockets are registered
        moment = time.monotonic()
        self._close_until(moment)
        if self._came and moment >= self._next:
            self._came, self._next = False, moment + PAUSE_SECONDS
            self._hints.put(Hint.EVENT)

    def _nap(self) -> float | None:
        moments = [*([self._next] if self._came else []), *list(self._lingering.values())[:1]]
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        self._came = True
        # Closed at once, with bytes that were not read, the connection would be reset: an error for the client.
        try:
            client.setblocking(False)
            client.shutdown(socket.SHUT_WR)
        except OSError:  # it was cut already, and is a signal all the same
            client.close()
            return
        while len(self._lingering) >= LINGERING_LIMIT:
            self._close(next(iter(self._lingering)))
        self._lingering[client] = time.monotonic() + LINGER_SECONDS
        self._selector.register(client, selectors.EVENT_READ)

    def _drain(self, client: socket.socket) -> None:
        if client not in self._lingering:  # closed in this very turn
            return
        try:
            gone = not client.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            self._close(client)

    def _close_until(self, moment: float) -> None:
        for client in [client for client, end in self._lingering.items() if end <= moment]:
            self._close(client)

    def _close(self, client: socket.socket) -> None:
        del self._lingering[client]
        self._selector.unregister(client)
        client.close()
