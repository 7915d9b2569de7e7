"""Netlink's framing: a socket that sends many messages in one call and reads dumps, and a reader of attributes.

pyroute2's objects take 15 times as long as reading the attributes that matter, and its import 0.2 s and 32 MB.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

REQUEST, ACK, DUMP = 0x1, 0x4, 0x300  # NLM_F_*
EXCL, CREATE, APPEND, REPLACE = 0x200, 0x400, 0x800, 0x100
NEWLINK, DELLINK, GETLINK, SETLINK = 16, 17, 18, 19  # RTM_*
NEWADDR, DELADDR, GETADDR = 20, 21, 22
NEWROUTE, DELROUTE, GETROUTE = 24, 25, 26
NEWNEIGH, DELNEIGH = 28, 29
NEWRULE, DELRULE, GETRULE = 32, 33, 34
GETNSID = 90

BATCH = 64
"""Messages in one system call: more gain nothing (measured), and the answers must fit into the receive buffer."""

_SOL_NETLINK = 270
_OPTIONS = (10, 11, 12)  # NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK
_SO_RCVBUFFORCE = 33
_BUFFER = 1 << 20
_ERROR, _DONE = 2, 3
_INTERRUPTED = 0x10  # NLM_F_DUMP_INTR
_CAPPED, _WITH_WORDS = 0x100, 0x200  # NLM_F_CAPPED, NLM_F_ACK_TLVS
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")
_NUMBER = struct.Struct("=i")


class Message(NamedTuple):
    """A request: its RTM_* type, the flags beside NLM_F_REQUEST, and its body."""

    type: int
    flags: int
    body: bytes


class Failure(NamedTuple):
    """A message that the kernel refused: its place among those that were sent, the errno and the kernel's words."""

    place: int
    code: int
    words: str


class Socket:
    """A route netlink socket in the network namespace of the thread that makes it; it stays there."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 0)
        for option in _OPTIONS:
            self._socket.setsockopt(_SOL_NETLINK, option, 1)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER)
        except PermissionError:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.bind((0, 0))
        self._sequence = 0
        self.sent = 0
        """How many messages that change something were sent."""

    def close(self) -> None:
        """Closes it: an open socket keeps its namespace alive."""
        self._socket.close()

    def dump(self, kind: int, body: bytes) -> Iterator[memoryview]:
        """The bodies of all messages of a dump. Raises OSError; a dump that a change interrupted is read again."""
        for _ in range(20):
            found, whole = self._dump(kind, body)
            if whole:
                return iter(found)
        raise OSError(errno.EAGAIN, "the kernel's links change too often to be read")

    def ask(self, kind: int, body: bytes) -> memoryview:
        """The body of the one answer to a request. Raises OSError."""
        self._send(kind, REQUEST, body)
        for sort, _, answer in self._answers():
            if sort == _ERROR:
                raise _os_error(answer)
            return answer
        raise OSError(errno.EIO, "no answer")

    def send(self, messages: Sequence[Message]) -> list[Failure]:
        """Sends messages, 64 in a call, and waits until the kernel has done them. Ends behind the first call with failures."""
        for first in range(0, len(messages), BATCH):
            failures = self._send_batch(messages[first : first + BATCH], first)
            if failures:
                return failures
        return []

    def _send_batch(self, messages: Sequence[Message], first: int) -> list[Failure]:
        start = self._sequence + 1
        parts: list[bytes] = []
        for place, (kind, flags, body) in enumerate(messages):
            # The last one is acknowledged; failures are answered in any case.
            flags |= REQUEST | (ACK if place == len(messages) - 1 else 0)
            padding = -len(body) % 4
            parts += (_HEADER.pack(16 + len(body), kind, flags, start + place, 0), body, b"\0" * padding)
        self._sequence += len(messages)
        self.sent += len(messages)
        self._socket.send(b"".join(parts))
        failures = []
        while True:
            for sort, flags, answer, number in self._received():
                if sort != _ERROR or not start <= number <= self._sequence:
                    continue
                code = -_NUMBER.unpack_from(answer)[0]
                if code:
                    failures.append(Failure(first + number - start, code, _words(answer, flags)))
                if number == self._sequence:
                    return failures

    def _send(self, kind: int, flags: int, body: bytes) -> None:
        self._sequence += 1
        self._socket.send(_HEADER.pack(16 + len(body), kind, flags, self._sequence, 0) + body)

    def _dump(self, kind: int, body: bytes) -> tuple[list[memoryview], bool]:
        self._send(kind, REQUEST | DUMP, body)
        found: list[memoryview] = []
        whole = True
        while True:
            for sort, flags, answer in self._answers():
                whole = whole and not flags & _INTERRUPTED
                if sort == _ERROR:
                    raise _os_error(answer)
                if sort == _DONE:
                    return found, whole
                found.append(answer)

    def _answers(self) -> Iterator[tuple[int, int, memoryview]]:
        for sort, flags, answer, number in self._received():
            if number == self._sequence:
                yield sort, flags, answer

    def _received(self) -> Iterator[tuple[int, int, memoryview, int]]:
        data = memoryview(self._socket.recv(_BUFFER))
        at = 0
        while at + 16 <= len(data):
            length, sort, flags, number, _ = _HEADER.unpack_from(data, at)
            yield sort, flags, data[at + 16 : at + length], number
            at += (length + 3) & ~3


def attributes(data: memoryview, at: int) -> Iterator[tuple[int, memoryview]]:
    """The attributes from offset `at`: number and content."""
    end = len(data)
    while at + 4 <= end:
        length, kind = _ATTRIBUTE.unpack_from(data, at)
        if length < 4:
            return
        yield kind & 0x3FFF, data[at + 4 : at + length]
        at += (length + 3) & ~3


def attribute(kind: int, content: bytes) -> bytes:
    """One attribute of a request for a dump."""
    return _ATTRIBUTE.pack(4 + len(content), kind) + content + b"\0" * (-len(content) % 4)


def _os_error(answer: memoryview) -> OSError:
    code = -_NUMBER.unpack_from(answer)[0]
    return OSError(code, os.strerror(code))


def _words(answer: memoryview, flags: int) -> str:
    """What the kernel says to a refused message (NLMSGERR_ATTR_MSG), "" where it gives no reason."""
    if not flags & _WITH_WORDS:
        return ""
    length = _HEADER.unpack_from(answer, 4)[0]
    start = 20 if flags & _CAPPED else 4 + ((length + 3) & ~3)
    return next(
        (bytes(text).rstrip(b"\0").decode(errors="replace") for kind, text in attributes(answer, start) if kind == 1),
        "",
    )
