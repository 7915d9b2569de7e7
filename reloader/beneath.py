"""Opening a name in a directory that others write: a symbolic link is followed only where it stays in that directory.

The kernel does it since 5.6 (openat2 with RESOLVE_BENEATH). Older kernels and some sandboxes do not have the call; there
each part of the name is opened by itself and no link is left to the kernel.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from functools import lru_cache
from pathlib import Path

OPENAT2 = 437  # the call's number on every architecture but Alpha
NO_MAGICLINKS, BENEATH = 0x02, 0x08  # RESOLVE_* of linux/openat2.h
LINKS_LIMIT = 40  # the kernel's own
RACES_LIMIT = 20  # the kernel gives up (EAGAIN) where something is renamed meanwhile
_LOOK = os.O_PATH | os.O_CLOEXEC
_ESCAPE = "it is a symbolic link that leads out of its directory"


class _How(ctypes.Structure):
    """struct open_how."""

    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


def directory(path: Path) -> int:
    """An O_PATH descriptor of the directory `path`, whose own links are followed. Raises OSError."""
    return os.open(path, _LOOK | os.O_DIRECTORY)


def look(directory: int, name: str) -> int:
    """An O_PATH descriptor of `name` in the directory: it names the file without opening it. Raises OSError.

    The error is EXDEV where a link leads out of the directory.
    """
    for _ in range(RACES_LIMIT):
        try:
            return _openat2(directory, name)
        except OSError as error:
            if error.errno == errno.EXDEV:
                raise OSError(errno.EXDEV, _ESCAPE, name) from None
            if error.errno in (errno.ENOSYS, errno.EPERM):  # an old kernel, a sandbox
                break
            if error.errno != errno.EAGAIN:
                raise
    return walk(directory, name)


def walk(directory: int, name: str) -> int:
    """The same as `look`, by system calls that every kernel has."""
    above = [os.dup(directory)]  # the directories from the first one down to where we are
    links = 0
    try:
        parts = name.split("/")
        if name.startswith("/"):
            raise OSError(errno.EXDEV, _ESCAPE, name)
        while parts:
            part = parts.pop(0)
            if part in ("", "."):
                continue
            if part == "..":
                if len(above) == 1:
                    raise OSError(errno.EXDEV, _ESCAPE, name)
                os.close(above.pop())
                continue
            found = os.open(part, _LOOK | os.O_NOFOLLOW, dir_fd=above[-1])
            above.append(found)
            if stat.S_ISLNK(os.fstat(found).st_mode):
                target = os.readlink("", dir_fd=found)
                os.close(above.pop())
                links += 1
                if links > LINKS_LIMIT:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
                if target.startswith("/"):
                    raise OSError(errno.EXDEV, _ESCAPE, name)
                parts = [*target.split("/"), *parts]
        return above.pop()
    finally:
        for one in above:
            os.close(one)


@lru_cache(maxsize=1)
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _openat2(directory: int, name: str) -> int:
    how = _How(_LOOK, 0, BENEATH | NO_MAGICLINKS)
    found: int = _libc().syscall(
        ctypes.c_long(OPENAT2),
        ctypes.c_int(directory),
        ctypes.c_char_p(os.fsencode(name)),
        ctypes.byref(how),
        ctypes.c_size_t(ctypes.sizeof(how)),
    )
    if found < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return found
