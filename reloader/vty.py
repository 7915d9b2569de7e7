"""Asking FRR's daemons through their vty sockets: no vtysh, which a stopped daemon would hang, and no process.

The protocol (FRR's lib/vty.c, vtysh/vtysh.c): send the command and a NUL; the reply is text, three NULs and one status
byte. A daemon's socket is `DIRECTORY/NAME.vty`; it stays there when the daemon dies.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
    reply: bytearray = field(default_factory=bytearray)

    def send(self, connection: socket.socket) -> None:
        self.reply.clear()
        connection.send(self.left.pop(0).encode() + b"\0")

    def receive(self, connection: socket.socket) -> str | None:
        """Takes what has arrived; empty when all is said, the trouble if nothing more comes, None for more."""
        try:
            piece = connection.recv(262144)
            if not piece or len(self.reply) > REPLY_LIMIT:
                return DEAD
            self.reply += piece
            if len(self.reply) < 4 or self.reply[-4:-1] != END:
                return None
            if not self.left:
                return ""
            self.send(connection)
        except BlockingIOError:
            return None
        except OSError as error:
            return _trouble(error)
        return None


def ask(
    directory: Path, commands: Sequence[str], timeout: float, only: Collection[str] | None = None
) -> dict[str, Reply]:
    """Sends `commands` to every daemon with a socket in `directory`, all at once, within `timeout` seconds.

    With `only` just these daemons are asked. Never raises: trouble is in the reply.
    """
    found: dict[str, Reply] = {}
    with selectors.DefaultSelector() as selector:
        for path in _sockets(directory):
            name = path.stem
            if only is not None and name not in only:
                continue
            try:
                kind = path.stat()
            except OSError:  # gone while we looked
                continue
            life = (kind.st_ino, kind.st_ctime_ns)
            client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            talk = _Talk(name, life, list(commands))
            try:
                client.connect(str(path))
                talk.send(client)
            except OSError as error:
                client.close()
                found[name] = Reply("", _trouble(error), life)
            else:
                selector.register(client, selectors.EVENT_READ, talk)
        deadline = time.monotonic() + timeout
        while selector.get_map():
            late = time.monotonic() >= deadline
            ready = {key.fd for key, _ in selector.select(0 if late else deadline - time.monotonic())}
            for key in list(selector.get_map().values()):
                talk = key.data
                assert isinstance(key.fileobj, socket.socket)
                connection = key.fileobj
                trouble = talk.receive(connection) if key.fd in ready else HUNG if late else None
                if trouble is not None:
                    text = "" if trouble else bytes(talk.reply[:-4]).decode(errors="replace")
                    found[talk.name] = Reply(text, trouble, talk.life)
                    selector.unregister(connection)
                    connection.close()
    return {name: found[name] for name in sorted(found)}


def _sockets(directory: Path) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.suffix == ".vty")
    except OSError:  # not there yet, or not for us: in both cases nobody answers
        return []


def _trouble(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return FORBIDDEN
    # EAGAIN: nobody has taken the last connections, because the daemon is stopped.
    return HUNG if error.errno == errno.EAGAIN else DEAD
