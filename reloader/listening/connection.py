"""One client's connection, with one deadline for all that is read from it and written to it."""

from __future__ import annotations

import contextlib
import io
import select
import socket
import time

HEAD_LIMIT = 16 * 1024  # bytes of a request's head
DRAIN_SECONDS = 0.5  # for what the client still sends after its answer
DRAIN_BYTES = 64 * 1024


class LateError(Exception):
    """The deadline has passed."""


class TooLongError(Exception):
    """The client has sent more than a request's head may have."""


class Connection(io.RawIOBase):
    """Reads until the deadline, whatever the pace at which the bytes arrive."""

    def __init__(self, client: socket.socket, seconds: float) -> None:
        """The deadline is `seconds` from now."""
        self._client = client
        self._read = 0
        self._deadline = 0.0
        self.extend(seconds)

    def extend(self, seconds: float) -> None:
        """Moves the deadline to `seconds` from now."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        """What has arrived. Raises LateError, TooLongError and OSError."""
        self._client.settimeout(self._left())
        try:
            size = self._client.recv_into(buffer)
        except TimeoutError as error:
            raise LateError from error
        self._read += size
        if self._read > HEAD_LIMIT:
            raise TooLongError
        return size

    def send(self, head: bytes, body: bytes) -> None:
        """Sends both. Raises LateError and OSError."""
        try:
            self._client.settimeout(self._left())  # of a whole `sendall`
            self._client.sendall(head, socket.MSG_MORE if body else 0)
            if body:
                self._client.settimeout(self._left())
                self._client.sendall(body)
        except TimeoutError as error:
            raise LateError from error

    def drain(self) -> None:
        """Reads and drops what the client still sends, for a short time: unread bytes would make the kernel reset the
        connection, and the client would lose its answer. Raises LateError and OSError.
        """
        self._deadline = min(self._deadline, time.monotonic() + DRAIN_SECONDS)
        self._client.shutdown(socket.SHUT_WR)
        left = DRAIN_BYTES
        with contextlib.suppress(TimeoutError):
            while left > 0:
                self._client.settimeout(self._left())
                piece = len(self._client.recv(min(left, 8192)))
                if not piece:
                    return
                left -= piece

    @property
    def gone(self) -> bool:
        """Whether the client has hung up. A client on the Unix socket that has only finished sending still listens;
        over TCP the two look the same, and count as hung up.
        """
        poll = select.poll()
        poll.register(self._client, 0 if self._client.family == socket.AF_UNIX else select.POLLRDHUP)
        return bool(poll.poll(0))

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise LateError
        return left
