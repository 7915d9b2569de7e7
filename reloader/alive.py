"""Whether the sidecar that writes a status file lives: a lock beside the file, which the kernel lifts when it dies.

It tells across containers that share the directory, where process ids mean nothing. Only the sidecar's user can open the
lock file: a reader that can lock it could make a sidecar look alive, or dead. A process that is stopped keeps its lock, so
the status file's modification time must be fresh, too: the sidecar renews it every few seconds (`publisher`).

Others may be able to rename files in the directory. So a reader believes a status and a lock of root, of its own user and
of the user that it knows to be the sidecar's, and of no other.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Collection
from enum import Enum
from pathlib import Path

from frrcompile import regular
from reloader import own

CLAIM_SECONDS = 2.0  # `see` holds the lock for a moment itself
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


class Claim:
    """A lock file that this process holds until it closes it or ends."""

    def __init__(self, path: Path, seconds: float = CLAIM_SECONDS) -> None:
        """Waits at most `seconds`. Raises OSError, EWOULDBLOCK where another process holds the lock."""
        self.path = path
        self._handle = _locked(path, seconds)

    def renew(self) -> bool:
        """Makes the file anew where it was removed or replaced; whether that was so. Raises OSError as the constructor."""
        try:
            if os.path.samestat(self.path.lstat(), os.fstat(self._handle)):
                return False
        except FileNotFoundError:
            pass
        before, self._handle = self._handle, _locked(self.path, 0.0)
        os.close(before)
        return True

    def close(self) -> None:
        """Gives the lock back."""
        os.close(self._handle)


def claim(status: Path) -> Claim:
    """Holds the lock of a status file. Raises OSError, EWOULDBLOCK where another sidecar holds it."""
    return Claim(lock_file(status))


def _locked(path: Path, seconds: float) -> int:
    handle = own.to_lock(path, MODE)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except OSError as error:
            if not isinstance(error, BlockingIOError) or time.monotonic() >= deadline:
                os.close(handle)
                raise
            time.sleep(0.01)


def see(status: Path, users: Collection[int] = ()) -> tuple[Life, bytes]:
    """How the sidecar that writes `status` is, and the file's content. Never blocks.

    `users` are user ids that the sidecar may have, beside root's and our own. Raises OSError where the file cannot be read,
    or another user can have written it.
    """
    # In this order: a sidecar that starts writes its first status before it counts as alive.
    held = _is_held(lock_file(status), users)
    with own.looked_at(status, users) as handle:  # the age and the content are those of one file
        fresh = abs(time.time() - os.fstat(handle).st_mtime) <= STALE_SECONDS
        content = regular.content(handle, status)
    if not held:
        return Life.ENDED, content
    return Life.RUNS if fresh else Life.SILENT, content


def life(status: Path, users: Collection[int] = ()) -> Life:
    """How the sidecar that writes `status` is; ENDED where there is no status that may be believed."""
    try:
        return see(status, users)[0]
    except OSError:
        return Life.ENDED


def _is_held(path: Path, users: Collection[int]) -> bool:
    """Whether a sidecar holds the lock, or may hold it as far as this user can see."""
    try:
        with own.looked_at(path, users) as handle:
            return _is_locked(handle, path)
    except OSError:
        return False


def _is_locked(handle: int, path: Path) -> bool:
    """Whether the file of an O_PATH descriptor is locked; also true where this user may not open it."""
    try:
        opened = os.open(path, _READ)
    except PermissionError:
        return True
    try:
        if not os.path.samestat(os.fstat(opened), os.fstat(handle)):
            return False  # another file took its place
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False
