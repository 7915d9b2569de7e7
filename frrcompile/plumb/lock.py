"""One process at a time for each owner and for each namespace of FRR."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from frrcompile.plumb.netns import Identity

DIRECTORY = Path("/run/frrcompile")


class LockedError(Exception):
    """Another process works for the owner, or in the namespace: one sentence that names it."""


@contextmanager
def locked(owner: str, netns: Identity | None, *, wait: bool = False, directory: Path = DIRECTORY) -> Iterator[None]:
    """Holds the locks of an owner and of a namespace. Raises LockedError, or waits; OSError where there can be no lock."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = {f"owner-{owner}": f"owner {owner!r}"}
    if netns is not None:
        names[f"netns-{netns.inode}-{netns.cookie}"] = "this namespace"
    with ExitStack() as stack:
        for name, words in names.items():
            stack.enter_context(_held(directory / f"{name}.lock", words, owner, wait))
        yield


@contextmanager
def _held(path: Path, words: str, owner: str, wait: bool) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode(errors="replace").strip() or "unknown"
            raise LockedError(f"another process works for {words}: {holder}; wait for its end") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}, owner {owner!r}\n".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)
