"""Which of FRR's daemons answer: asked through their vty sockets, without vtysh, which a stopped daemon would hang.

The protocol (FRR's lib/vty.c, vtysh/vtysh.c): send the command and a NUL; the reply is text, three NULs and one status
byte. A daemon's socket is `DIRECTORY/NAME.vty`; it stays there when the daemon dies.
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import time
from dataclasses import dataclass
from pathlib import Path

QUESTION = b"show version\0"
END = b"\0\0\0"
OVERSEER = "watchfrr"  # no configuration of its own


@dataclass(frozen=True, slots=True)
class Daemon:
    """One daemon at one moment.

    `trouble` says why it is down, empty when it is up. `life` changes when the daemon is started anew: it makes its
    socket again.
    """

    name: str
    trouble: str
    version: str
    life: tuple[int, int]

    @property
    def up(self) -> bool:
        """Whether it answers."""
        return not self.trouble


@dataclass(frozen=True, slots=True)
class Daemons:
    """All daemons that have, or had, a socket."""

    known: tuple[Daemon, ...]

    @property
    def up(self) -> frozenset[str]:
        """The names of those that answer."""
        return frozenset(daemon.name for daemon in self.known if daemon.up)

    @property
    def hung(self) -> frozenset[str]:
        """Those that take a connection and do not answer: each would hang vtysh."""
        return frozenset(daemon.name for daemon in self.known if daemon.trouble == HUNG)

    @property
    def version(self) -> str | None:
        """FRR's version as zebra says it, such as 10.3."""
        return next((daemon.version for daemon in self.known if daemon.name == "zebra" and daemon.version), None)

    @property
    def lives(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """What changes when any daemon that answers is started anew."""
        return tuple((daemon.name, daemon.life) for daemon in self.known if daemon.up)

    def trouble(self, name: str) -> str:
        """Why `name` does not answer, in words; empty when it does."""
        return next((daemon.trouble for daemon in self.known if daemon.name == name), "does not run")


DEAD, HUNG, FORBIDDEN = "does not run", "does not answer", "lets nobody in (permission denied at its socket)"


def probe(directory: Path, timeout: float) -> Daemons:
    """Asks every daemon with a socket in `directory`, all at once, and waits at most `timeout` seconds for them."""
    found: dict[str, Daemon] = {}
    with selectors.DefaultSelector() as selector:
        for path in _sockets(directory):
            name = path.stem
            try:
                kind = path.stat()
            except OSError:  # gone while we looked
                continue
            life = (kind.st_ino, kind.st_ctime_ns)
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            try:
                connection.connect(str(path))
                connection.send(QUESTION)
            except OSError as error:
                connection.close()
                found[name] = Daemon(name, _trouble(error), "", life)
            else:
                selector.register(connection, selectors.EVENT_READ, (name, life, bytearray()))
        deadline = time.monotonic() + timeout
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            for key, _ in ready:
                name, life, reply = key.data
                trouble = _receive(key.fileobj, reply)
                if trouble is not None:
                    found[name] = Daemon(name, trouble, _version(bytes(reply)), life)
                    _drop(selector, key)
            if not ready and time.monotonic() >= deadline:
                for key in list(selector.get_map().values()):
                    name, life, _ = key.data
                    found[name] = Daemon(name, HUNG, "", life)
                    _drop(selector, key)
    return Daemons(tuple(found[name] for name in sorted(found)))


def _sockets(directory: Path) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.suffix == ".vty")
    except OSError:  # not there yet, or not for us: in both cases nobody answers
        return []


def _receive(connection: object, reply: bytearray) -> str | None:
    """Adds what has arrived to `reply`; empty when the reply is complete, its trouble if none comes, None for more."""
    assert isinstance(connection, socket.socket)
    try:
        piece = connection.recv(65536)
    except BlockingIOError:
        return None
    except OSError as error:
        return _trouble(error)
    if not piece:
        return DEAD
    reply += piece
    return "" if len(reply) >= 4 and reply[-4:-1] == END else None


def _drop(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    selector.unregister(key.fileobj)
    assert isinstance(key.fileobj, socket.socket)
    key.fileobj.close()


def _trouble(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return FORBIDDEN
    # EAGAIN: nobody has taken the last connections, because the daemon is stopped.
    return HUNG if error.errno == errno.EAGAIN else DEAD


def _version(reply: bytes) -> str:
    match = re.search(rb"FRRouting (\d[\w.]*)", reply)
    return match.group(1).decode() if match else ""
