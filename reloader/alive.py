"""Whether the sidecar that writes a status file lives: a lock beside the file, which the kernel lifts when it dies.

It tells across containers that share the directory, where process ids mean nothing, and no clock is in it. For readers
that cannot see the lock, the status file's modification time is renewed every few seconds (`publisher`).
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from pathlib import Path

from reloader import own

CLAIM_SECONDS = 1.0  # a reader that looks whether the lock is held holds it for a moment itself
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def lock_file(status: Path) -> Path:
    """The lock that belongs to a status file."""
    return status.with_name(f".{status.name}.lock")


def claim(status: Path) -> int:
    """Holds the lock until this process ends; returns its file descriptor. Raises OSError."""
    handle = own.to_lock(lock_file(status), 0o644)
    deadline = time.monotonic() + CLAIM_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # at the end: another sidecar with another --state. The last to write is believed
            if time.monotonic() < deadline:
                time.sleep(0.01)
                continue
        return handle


def is_alive(status: Path) -> bool | None:
    """Whether a sidecar holds the lock; None where that cannot be seen. Never blocks."""
    try:
        path = lock_file(status)
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        handle = os.open(path, _READ)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(handle)
    return False
