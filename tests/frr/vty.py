"""FRR's vty sockets: the protocol that vtysh speaks with a daemon (FRR's lib/vty.c and vtysh/vtysh.c)."""

from __future__ import annotations

import socket
import time
from pathlib import Path

END = b"\0\0\0"


def ask(path: Path, command: str, timeout: float) -> str:
    """The answer of the daemon at `path` to one `command`, waiting at most `timeout` seconds for each piece.

    A reply is text, three NULs and one status byte. Raises OSError when nobody listens, when the daemon hangs or
    when it hangs up.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout)
        connection.connect(str(path))
        connection.sendall(command.encode() + b"\0")
        reply = b""
        while len(reply) < 4 or reply[-4:-1] != END:
            piece = connection.recv(65536)
            if not piece:
                raise ConnectionResetError(f"{path} hung up after {reply!r}")
            reply += piece
    return reply[:-4].decode()


def wait_for(path: Path, deadline: float) -> None:
    """Returns once the daemon at `path` answers a real command; TimeoutError after `deadline` (time.monotonic)."""
    while True:
        try:
            ask(path, "show version", timeout=max(0.01, deadline - time.monotonic()))
            return
        except OSError as error:
            if time.monotonic() >= deadline:
                raise TimeoutError(f"no answer at {path}: {error}") from error
            time.sleep(0.005)
