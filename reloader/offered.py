"""Reading the offered file: its bytes and their hash, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from reloader.limits import shortage

SIZE_LIMIT = 16 * 1024 * 1024  # bytes; 10,000 tenants have about 14 MB
FRESH_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Offered:
    """The content of the offered file at one moment."""

    data: bytes
    digest: str  # sha256 of the bytes, in hexadecimal

    @classmethod
    def of(cls, data: bytes) -> Offered:
        """What `data` would be if it were offered."""
        return cls(data, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There is no content to be had: what is wrong, and what to do about it."""

    message: str


def read(path: Path) -> Offered | Unreadable:
    """What `path` offers now. Never waits (a FIFO is not opened for reading) and raises OSError only for want of descriptors or memory."""
    try:
        # Without O_NONBLOCK, a FIFO in the file's place would stop us here.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return _unreadable(path, error)
    try:
        kind = os.fstat(handle)
        if stat.S_ISDIR(kind.st_mode):
            return Unreadable(f"{path} is a directory. Put the configuration there as a file.")
        if not stat.S_ISREG(kind.st_mode):
            return Unreadable(f"{path} is not a regular file. Put the configuration there as a file.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        return _unreadable(path, error)
    finally:
        os.close(handle)
    if len(data) > SIZE_LIMIT:
        return Unreadable(f"{path} is larger than {SIZE_LIMIT // 1024 // 1024} MiB: that is no configuration of FRR's.")
    return Offered.of(data)


def stamp(path: Path) -> tuple[int, ...]:
    """What changes whenever somebody writes the file or puts another in its place; empty where that cannot be seen.

    A file that was written just now may be written once more within the same tick of the clock.
    """
    try:
        kind = path.stat()
    except OSError:
        return ()
    if abs(time.time() - kind.st_mtime) < FRESH_SECONDS:
        return ()
    return kind.st_dev, kind.st_ino, kind.st_size, kind.st_mtime_ns, kind.st_ctime_ns


def _unreadable(path: Path, error: OSError) -> Unreadable:
    if shortage(error):
        raise error  # it says nothing about the file
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return Unreadable(f"{path} is a symbolic link to a file that does not exist. Repair the link.")
        return Unreadable(f"{path} does not exist. Put a configuration there; it is taken as soon as it is.")
    if isinstance(error, PermissionError):
        return Unreadable(
            f"{path} cannot be read: permission denied for user id {os.geteuid()}. "
            "Make the file, and the directories above it, readable for the sidecar's user."
        )
    return Unreadable(f"{path} cannot be read: {error.strerror or error}.")
