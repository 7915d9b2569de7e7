"""Calls that Python 3.11 has no functions for, and that a program of its own would be slow for."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MS_BIND = 4096  # <linux/mount.h>
CLONE_NEWNET = 0x40000000  # <linux/sched.h>

_libc = ctypes.CDLL(None, use_errno=True)


def mount(source: str | Path, target: Path, kind: str = "none", flags: int = 0, options: str = "") -> None:
    """mount(2); raises OSError."""
    arguments = (str(source).encode(), str(target).encode(), kind.encode())
    if _libc.mount(*arguments, ctypes.c_ulong(flags), options.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"mount {source} on {target}: {os.strerror(ctypes.get_errno())}")


def enter(namespace: str | None) -> None:
    """Moves this thread into a network namespace of `ip netns`, None: stays; raises OSError."""
    if namespace is None:
        return
    with Path("/run/netns", namespace).open("rb") as file:
        if _libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"namespace {namespace}: {os.strerror(ctypes.get_errno())}")


@contextmanager
def within(namespace: str | None) -> Iterator[None]:
    """This thread is in a network namespace for a while. Sockets made there stay there."""
    with Path("/proc/thread-self/ns/net").open("rb") as own:
        enter(namespace)
        try:
            yield
        finally:
            _libc.setns(own.fileno(), CLONE_NEWNET)
