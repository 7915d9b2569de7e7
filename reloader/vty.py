"""Asking FRR's daemons through their vty sockets: no vtysh, which a stopped daemon would hang, and no process.

The protocol (FRR's lib/vty.c, vtysh/vtysh.c): send the command and a NUL; the reply is text, three NULs and one status
byte. A daemon's socket is `DIRECTORY/NAME.vty`; it stays there when the daemon dies.
"""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reloader.limits import shortage

END = b"\0\0\0"
REPLY_LIMIT = 64 * 1024 * 1024  # bytes; a configuration of 1,000 tenants has about 1 MB
DEAD, HUNG, FORBIDDEN = "does not run", "does not answer", "lets nobody in (permission denied at its socket)"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a daemon said to the last of the commands. `trouble` is why it said nothing, empty when it answered.

    `life` changes when the daemon is started anew: it makes its socket again.
    """

    text: str
    trouble: str
    life: tuple[int, int]


@dataclass(slots=True)
class _Talk:
    """One conversation: the commands that are still to be sent, and what has arrived of the reply to the last one."""

    name: str
    life: tuple[int, int]
    left: list[str]
    connection: socket.socket
    kept: bool  # from an earlier conversation: the daemon may have closed it since
    reply: bytearray = field(default_factory=bytearray)

    def send(self) -> None:
        self.reply.clear()
        self.connection.send(self.left.pop(0).encode() + b"\0")

    def receive(self) -> str | None:
        """Takes what has arrived; empty when all is said, the trouble if nothing more comes, None for more."""
        try:
            piece = self.connection.recv(262144)
            if not piece or len(self.reply) > REPLY_LIMIT:
                return DEAD
            self.reply += piece
            if len(self.reply) < 4 or self.reply[-4:-1] != END:
                return None
            if not self.left:
                return ""
            self.send()
        except BlockingIOError:
            return None
        except OSError as error:
            return _trouble(error)
        return None


class Lines:
    """The lines to the daemons with a socket in `directory`, each kept open from one question to the next.

    mgmtd 10.3 drops, without a word, what somebody else is typing when any connection to it is closed: a line in
    twenty, where we closed thirty a second (docs/lessons.md). Any thread may ask at any time.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._idle: dict[tuple[str, tuple[int, int]], list[socket.socket]] = {}
        self._lock = threading.Lock()  # of what is idle

    def ask(self, commands: Sequence[str], timeout: float, only: Collection[str] | None = None) -> dict[str, Reply]:
        """Sends `commands` to every daemon, all at once, within `timeout` seconds; with `only` just to these.

        A daemon's trouble is in its reply. Raises OSError where the sidecar itself lacks what it needs to ask.
        """
        found: dict[str, Reply] = {}
        with contextlib.ExitStack() as stack:
            selector = stack.enter_context(selectors.PollSelector())  # without a file descriptor of its own
            stack.callback(_close_all, selector)  # where asking ends on an error

            def begin(name: str, life: tuple[int, int], *, anew: bool = False) -> None:
                try:
                    talk = self._talk(name, life, commands, anew=anew)
                except OSError as error:
                    found[name] = Reply("", _trouble(error), life)
                else:
                    selector.register(talk.connection, selectors.EVENT_READ, talk)

            for name, life in self._lives(only):
                begin(name, life)
            deadline = time.monotonic() + timeout
            while selector.get_map():
                late = time.monotonic() >= deadline
                ready = {key.fd for key, _ in selector.select(0 if late else deadline - time.monotonic())}
                for key in list(selector.get_map().values()):
                    talk: _Talk = key.data
                    trouble = talk.receive() if key.fd in ready else HUNG if late else None
                    if trouble is None:
                        continue
                    selector.unregister(talk.connection)
                    if not trouble:
                        with self._lock:
                            self._idle.setdefault((talk.name, talk.life), []).append(talk.connection)
                        found[talk.name] = Reply(bytes(talk.reply[:-4]).decode(errors="replace"), "", talk.life)
                        continue
                    talk.connection.close()
                    if talk.kept and trouble == DEAD:
                        begin(talk.name, talk.life, anew=True)
                    else:
                        found[talk.name] = Reply("", trouble, talk.life)
        return {name: found[name] for name in sorted(found)}

    def _lives(self, only: Collection[str] | None) -> list[tuple[str, tuple[int, int]]]:
        """The daemons that have a socket, and which one; lines to earlier ones are closed."""
        lives = []
        for path in _sockets(self.directory):
            try:
                kind = path.stat()
            except FileNotFoundError:  # gone while we looked
                continue
            lives.append((path.stem, (kind.st_ino, kind.st_ctime_ns)))
        with self._lock:
            for gone in self._idle.keys() - set(lives):
                for connection in self._idle.pop(gone):
                    connection.close()
        return [(name, life) for name, life in lives if only is None or name in only]

    def _take(self, name: str, life: tuple[int, int]) -> socket.socket | None:
        """A line that is open and that nobody uses."""
        with self._lock:
            idle = self._idle.get((name, life))
            return idle.pop() if idle else None

    def _talk(self, name: str, life: tuple[int, int], commands: Sequence[str], *, anew: bool) -> _Talk:
        """A conversation that has begun, over a line that is open already if there is one. Raises OSError."""
        while not anew and (connection := self._take(name, life)):
            talk = _Talk(name, life, list(commands), connection, kept=True)
            try:
                talk.send()
            except OSError:  # the daemon has closed it
                talk.connection.close()
            else:
                return talk
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        talk = _Talk(name, life, list(commands), client, kept=False)
        try:
            client.connect(str(self.directory / f"{name}.vty"))
            talk.send()
        except OSError:
            client.close()
            raise
        return talk


def _sockets(directory: Path) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.suffix == ".vty")
    except OSError as error:  # not there yet, or not for us: in both cases no daemon answers
        if shortage(error):
            raise
        return []


def _close_all(selector: selectors.BaseSelector) -> None:
    for key in list(selector.get_map().values()):
        selector.unregister(key.fileobj)
        key.data.connection.close()


def _trouble(error: OSError) -> str:
    """What an error says about the daemon; raises the error where it says nothing about it."""
    if shortage(error) and not isinstance(error, BlockingIOError):
        raise error
    if error.errno in (errno.EACCES, errno.EPERM):
        return FORBIDDEN
    # EAGAIN: nobody has taken the last connections, because the daemon is stopped.
    return HUNG if error.errno == errno.EAGAIN else DEAD
