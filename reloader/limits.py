"""What the system may refuse for a while: file descriptors, memory, threads and processes.

Such a refusal says nothing about FRR or a file. The loop says what is short, waits, and looks again.
"""

from __future__ import annotations

import _thread
import contextlib
import errno
import os
import resource
import threading
from collections.abc import Iterator

from reloader.confdir import PREFIX

ROOM_BYTES = 16 * 1024 * 1024  # for what a few threads do in their first moments, their stacks included


def shortage(error: BaseException | None) -> str:
    """What ran out, as a sentence without its full stop; empty where `error` has another reason."""
    if isinstance(error, MemoryError):
        return "no memory is left for the sidecar (RLIMIT_AS, or the container's memory limit)"
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return "no thread can be started (RLIMIT_NPROC, the container's pids limit, or too little memory)"
    if isinstance(error, BlockingIOError):  # fork(2); sockets that would block never get so far
        return "no process can be started (RLIMIT_NPROC, or the container's pids limit)"
    if isinstance(error, OSError):
        if error.errno == errno.EMFILE:
            limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
            return f"no file descriptor is left of the {limit} that the sidecar may have (RLIMIT_NOFILE)"
        if error.errno == errno.ENFILE:
            return "no file descriptor is left on this machine (fs.file-max)"
        if error.errno in (errno.ENOMEM, errno.ENOBUFS):
            return "no memory is left on this machine, or for the sidecar"
    return ""


def reason(error: BaseException) -> str:
    """Why something failed, as a sentence without its full stop, and the file where the operator knows its name."""
    if known := shortage(error):
        return known
    if not isinstance(error, OSError) or not error.strerror:
        return str(error) or type(error).__name__
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    return f"{named}: {error.strerror}" if named and f"/{PREFIX}" not in named else error.strerror


def check_room(descriptors: int, threads: int) -> None:
    """Raises OSError, RuntimeError or MemoryError where so many file descriptors and threads cannot be had now.

    For a library that keeps what it got when it does not get all, and because starting a thread may never end where
    memory is short.
    """
    with contextlib.ExitStack() as stack:
        bytearray(ROOM_BYTES)
        for _ in range(descriptors):
            stack.callback(os.close, os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
        end = threading.Event()
        stack.callback(end.set)
        for _ in range(threads):
            _thread.start_new_thread(end.wait, ())


class Reserve:
    """File descriptors that are kept for the moment when there are no others."""

    def __init__(self, size: int) -> None:
        """Raises OSError."""
        self._size = size
        self._kept: list[int] = []
        self._fill()

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """The descriptors are free as long as the context lasts."""
        while self._kept:
            os.close(self._kept.pop())
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a client was faster; the next time
                self._fill()

    def _fill(self) -> None:
        while len(self._kept) < self._size:
            self._kept.append(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
