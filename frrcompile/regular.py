"""Reading a regular file of a bounded size, and nothing else: no FIFO, device, directory or file that the kernel makes up.

A name that others choose can lead anywhere. Opening a FIFO blocks, opening a device acts on it, and a sparse file of
100 GB fits no memory. So the file is looked at first (`O_PATH` opens nothing), and the same file is opened for reading
only when its kind and its size are right.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

LIMIT = 16 * 1024 * 1024  # bytes; a frr.conf of 10,000 tenants has about 14 MB

Name = str | os.PathLike[str]
# Where the system has no O_PATH, the file is opened without waiting for a writer.
_LOOK = getattr(os, "O_PATH", os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY) | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_KINDS = {
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a character device",
    stat.S_IFBLK: "a block device",
    stat.S_IFLNK: "a symbolic link",
}


def read(path: Name, limit: int = LIMIT) -> bytes:
    """The content of the regular file that `path` names; symbolic links are followed.

    The content has at most `limit` bytes. Raises OSError, whose `strerror` completes "PATH cannot be read: ...".
    """
    with looked_at(path) as handle:
        return content(handle, path, limit)


def stream(source: BinaryIO, name: str, limit: int = LIMIT) -> bytes:
    """What a stream such as standard input has, to its end. Raises OSError where that is more than `limit` bytes."""
    found = source.read(limit + 1)
    if len(found) > limit:
        raise OSError(errno.EFBIG, f"it has more than {_size(limit)}", name)
    return found


def stays_in(path: Name, folder: Name) -> bool:
    """Whether `path` is still below `folder` when all links on the way are followed; `folder` itself may be a link."""
    top = os.path.realpath(folder)
    return os.path.realpath(path).startswith(top if top.endswith("/") else f"{top}/")


@contextmanager
def looked_at(path: Name) -> Iterator[int]:
    """A descriptor that names the file without opening it: for `os.fstat` and `content`. Raises OSError."""
    handle = os.open(path, _LOOK)
    try:
        yield handle
    finally:
        os.close(handle)


def check(kind: os.stat_result, path: Name, limit: int = LIMIT) -> None:
    """Raises OSError where a file of this kind and size is not read."""
    if stat.S_ISDIR(kind.st_mode):
        raise OSError(errno.EISDIR, "it is a directory, not a regular file", os.fspath(path))
    if not stat.S_ISREG(kind.st_mode):
        what = _KINDS.get(stat.S_IFMT(kind.st_mode), "a special file")
        raise OSError(errno.EINVAL, f"it is {what}, not a regular file", os.fspath(path))
    if kind.st_dev == _proc():  # stat calls /proc/kmsg a regular file, and reading it removes the kernel's messages
        raise OSError(errno.EINVAL, "it is a file of /proc, not a regular file", os.fspath(path))
    if kind.st_size > limit:
        raise OSError(errno.EFBIG, f"it has more than {_size(limit)}", os.fspath(path))


def content(handle: int, path: Name, limit: int = LIMIT) -> bytes:
    """The content of the file that `handle` names (see `looked_at`); `path` is for errors. Raises OSError.

    No more is read than the size that the file has at the beginning: a file that grows meanwhile is not read to its end.
    """
    kind = os.fstat(handle)
    check(kind, path, limit)
    if not kind.st_size:
        return b""
    pieces = list(_pieces(handle, path, kind, kind.st_size))
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def digest(handle: int, path: Name, limit: int = LIMIT) -> str:
    """The sha256, in hexadecimal, of what `content` would return; it is not kept in memory. Raises OSError."""
    import hashlib  # here, because no verb of the compiler needs it

    kind = os.fstat(handle)
    check(kind, path, limit)
    found = hashlib.sha256()
    if kind.st_size:
        for piece in _pieces(handle, path, kind, 64 * 1024):
            found.update(piece)
    return found.hexdigest()


def _pieces(handle: int, path: Name, kind: os.stat_result, at_once: int) -> Iterator[bytes]:
    """What the file has up to the size in `kind`, in pieces of at most `at_once` bytes."""
    opened = _open(handle, path, kind)
    try:
        left = kind.st_size
        while left and (piece := os.read(opened, min(left, at_once))):
            left -= len(piece)
            yield piece
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None
    finally:
        os.close(opened)


def _open(handle: int, path: Name, kind: os.stat_result) -> int:
    """The same file, opened for reading."""
    try:
        return os.open(f"/proc/self/fd/{handle}", _READ)
    except FileNotFoundError:  # /proc is not mounted
        opened = os.open(path, _READ)
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None
    if not os.path.samestat(os.fstat(opened), kind):
        os.close(opened)
        raise OSError(errno.EAGAIN, "another file took its place while it was opened", os.fspath(path))
    return opened


def _proc() -> int | None:
    try:
        return os.stat("/proc/self").st_dev  # noqa: PTH116  no pathlib: every verb imports this file
    except OSError:
        return None


def _size(limit: int) -> str:
    for size, unit in ((1024 * 1024, "MiB"), (1024, "KiB")):
        if limit >= size and limit % size == 0:
            return f"{limit // size} {unit}"
    return f"{limit} bytes"
