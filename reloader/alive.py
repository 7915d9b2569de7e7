"""Whether the sidecar that writes a status file lives: a lock beside the file, which the kernel lifts when it dies.

It tells across containers that share the directory, where process ids mean nothing, and no clock is in it. For readers
that do without it, the status file's modification time is renewed every few seconds.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from pathlib import Path

PULSE_SECONDS = 10.0


def lock_file(status: Path) -> Path:
    """The lock that belongs to a status file."""
    return status.with_name(f".{status.name}.lock")


def claim(status: Path) -> int:
    """Holds the lock until this process ends; returns its file descriptor. Raises OSError."""
    handle = os.open(lock_file(status), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    with contextlib.suppress(BlockingIOError):  # another sidecar with another --state: the last to write is believed
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def is_alive(status: Path) -> bool | None:
    """Whether a sidecar holds the lock; None where nobody can say."""
    try:
        handle = os.open(lock_file(status), os.O_RDONLY | os.O_CLOEXEC)
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


class Pulse:
    """Renews the status file's modification time, also while a reload takes its time."""

    def __init__(self, status: Path) -> None:
        self._status = status
        self._end = threading.Event()
        threading.Thread(target=self._run, name="pulse", daemon=True).start()

    def stop(self) -> None:
        """No more."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.wait(PULSE_SECONDS):
            with contextlib.suppress(OSError, MemoryError):
                os.utime(self._status)
