"""The listening sockets, Unix and TCP."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
from pathlib import Path

BACKLOG = 128  # clients that the kernel keeps until they are accepted


def on_path(path: Path, group: int | None = None) -> socket.socket:
    """A listening Unix socket for the sidecar's user, and for the group with id `group`. Raises OSError.

    A socket that a dead sidecar left is replaced; one that answers, or any other file in its place, is not.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _clear(path)
        # Made under another name and renamed, so that it never has the wrong rights under its own.
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        os.fchmod(listener.fileno(), 0o600)  # before `bind`, which makes the file with this mode
        listener.bind(str(beside))
        if group is not None:
            _open_to(beside, group)
        listener.listen(BACKLOG)
        beside.rename(path)
    except OSError:
        listener.close()
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return listener


def on_port(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind | socket.SOCK_CLOEXEC, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _open_to(path: Path, group: int) -> None:
    """Lets a group use the socket at `path`. Other users may write in its directory: they can put a link or another file
    in its place, whose rights must not be changed.
    """
    handle = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        kind = os.fstat(handle)
        if not stat.S_ISSOCK(kind.st_mode) or kind.st_uid != os.geteuid():
            raise OSError(errno.EEXIST, "another file was put in the socket's place")
        same = f"/proc/self/fd/{handle}"  # the file that was looked at, whatever has its name now
        os.chown(same, -1, group)
        Path(same).chmod(0o660)
    finally:
        os.close(handle)


def _clear(path: Path) -> None:
    """Raises OSError where a file is in the way that must stay."""
    try:
        kind = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind.st_mode):
        raise OSError(errno.EEXIST, "a file that is no socket is there")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.settimeout(1.0)
        try:
            other.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return  # the rename replaces it
    raise OSError(errno.EADDRINUSE, "another process answers there")
