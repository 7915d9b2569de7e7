"""Writing the status file: a write that fails is repeated until it holds, also while a reload takes its time.

The file's modification time is renewed every few seconds as long as the file says what the sidecar knows.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from pathlib import Path

from reloader import limits, own
from reloader.alive import Claim
from reloader.log import Log
from reloader.status import Status

PULSE_SECONDS = 10.0
RESERVE = 2  # file descriptors: one of the new file, one of its directory
RETRY_SECONDS = 1.0


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether a file was not touched since; its inode's number alone may be that of a file which took its place."""
    return os.path.samestat(one, other) and (one.st_mode, one.st_ctime_ns) == (other.st_mode, other.st_ctime_ns)


class Publisher:
    """The status file and the thread that keeps it fresh. Any thread may use it."""

    def __init__(self, path: Path, log: Log, pulse: float = PULSE_SECONDS, retry: float = RETRY_SECONDS) -> None:
        """`pulse` and `retry` are seconds."""
        self._path = path
        self._log = log
        self._pulse, self._retry = pulse, retry
        self._status: Status | None = None  # the newest
        self._written: os.stat_result | None = None  # the file that says it; None where writing it failed
        self._trouble = ""
        self._claim: Claim | None = None
        self._lock_trouble = ""
        self._reserve = limits.Reserve(RESERVE)
        self._ended = False
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="publisher", daemon=True).start()

    @property
    def trouble(self) -> str:
        """Why readers may not see the newest status, as a sentence without its full stop; empty where they do."""
        return self._unwritten or self._lock_trouble or self.exposure

    @property
    def _unwritten(self) -> str:
        return f"the status file {self._path} cannot be written: {self._trouble}" if self._trouble else ""

    @property
    def exposure(self) -> str:
        """Why other users can replace the status file, as a sentence without its full stop; empty where they cannot."""
        try:
            kind = self._path.parent.stat()
        except OSError:
            return ""
        if own.is_closed(kind):
            return ""
        return (
            f"other users can replace or remove the status file and its lock in {self._path.parent} (the directory's owner "
            f"has user id {kind.st_uid}, its mode is {kind.st_mode & 0o7777:04o})"
        )

    def hold(self, claim: Claim) -> None:
        """From now on the lock beside the file is made anew, too, where it was removed or replaced."""
        with self._changed:
            self._claim = claim

    def put(self, status: Status) -> None:
        """Makes `status` the content of the file, now or as soon as that is possible."""
        with self._changed:
            self._status = status
            self._write()
            if self._written is None:
                self._changed.notify()

    def stop(self) -> None:
        """Ends the thread; a status that is not written yet has one more try."""
        with self._changed:
            self._ended = True
            if self._status is not None and self._written is None:
                self._write()
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._ended:
                late = self._status is not None and self._written is None
                self._changed.wait(self._retry if late else self._pulse)
                if not self._ended:
                    self._renew_lock()
                if not self._ended and self._status is not None:
                    self._renew()

    def _renew_lock(self) -> None:
        """Makes the lock anew where it is gone: without it the sidecar looks dead, and a second one can start."""
        if self._claim is None:
            return
        path, trouble = self._claim.path, ""
        try:
            if self._claim.renew():
                self._log.warn(f"{path} was removed or replaced by another process; the sidecar made it anew")
        except BlockingIOError:
            trouble = f"another process took the place of {path} and locked it: a second sidecar writes {self._path}"
        except (OSError, MemoryError) as error:
            trouble = f"{path} was removed or replaced, and cannot be made anew: {limits.reason(error)}"
        if trouble and trouble != self._lock_trouble:
            self._log.error(f"{trouble}. For readers the sidecar does not run. It tries again every few seconds.")
        self._lock_trouble = trouble

    def _renew(self) -> None:
        """Writes what is not written, and else says by the file's time that it still holds."""
        with contextlib.suppress(OSError, MemoryError):
            if self._written is not None:
                if _same(self._path.lstat(), self._written):
                    os.utime(self._path, follow_symlinks=False)
                    self._written = self._path.lstat()
                    return
                self._log.warn(f"{self._path} was changed or replaced by another process; the sidecar writes it again")
        self._write()

    def _write(self) -> None:
        assert self._status is not None
        self._written = None
        try:
            try:
                self._status.write(self._path)
            except OSError as error:
                if not limits.shortage(error):
                    raise
                with self._reserve.released():
                    self._status.write(self._path)
            found = self._path.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EEXIST, "another file took its place at once", os.fspath(self._path))
            self._written = found
        except (OSError, MemoryError) as error:  # the disk is full, perhaps: FRR comes first
            trouble = limits.shortage(error) or getattr(error, "strerror", None) or limits.reason(error)
            if trouble != self._trouble:
                again = "It is an old one until writing it succeeds, which is tried every second."
                self._trouble = trouble
                self._log.error(f"{self._unwritten}. {again}")
            return
        if self._trouble:
            self._log.info(f"the status file {self._path} is written again")
        self._trouble = ""
