"""Whether the sidecar that writes a status file lives: a lock beside the file, which the kernel lifts when it dies.

It tells across containers that share the directory, where process ids mean nothing. Only the sidecar's user can open the
lock file: a reader that can lock it could make a sidecar look alive, or dead. A process that is stopped keeps its lock, so
the status file's modification time must be fresh, too: the sidecar renews it every few seconds (`publisher`).
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from enum import Enum
from pathlib import Path

from reloader import own

CLAIM_SECONDS = 2.0  # `life` holds the lock for a moment itself
STALE_SECONDS = 30.0  # three pulses
MODE = 0o600
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Life(Enum):
    """How the writer of a status file is."""

    RUNS = "runs"
    SILENT = "does not respond"  # stopped, or it cannot write its status
    ENDED = "does not run"


def lock_file(status: Path) -> Path:
    """The lock that belongs to a status file."""
    return status.with_name(f".{status.name}.lock")


def claim(status: Path) -> int:
    """Holds the lock until this process ends; returns its file descriptor. Raises OSError, EWOULDBLOCK where another
    sidecar holds it.
    """
    path = lock_file(status)
    handle = own.to_lock(path, MODE)
    deadline = time.monotonic() + CLAIM_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(handle)
                raise
            time.sleep(0.01)


def life(status: Path) -> Life:
    """How the sidecar that writes `status` is. Never blocks."""
    try:
        held = _is_held(lock_file(status))
        fresh = abs(time.time() - status.lstat().st_mtime) <= STALE_SECONDS
    except OSError:
        return Life.ENDED
    if held is False:
        return Life.ENDED
    return Life.RUNS if fresh else Life.SILENT


def _is_held(path: Path) -> bool | None:
    """Whether a sidecar holds the lock; None where this user cannot see it. Raises OSError where there is no lock."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, "it is not a lock file", os.fspath(path))
    try:
        handle = os.open(path, _READ)
    except PermissionError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
