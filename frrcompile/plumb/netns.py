"""FRR's network namespace: found by name, path, process or container, entered by a file descriptor, never created.

A namespace is entered in a thread that ends: this process stays where it is. All that is needed from inside, sockets and
sysctls, is asked for in such a thread.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")

NAMED = Path("/run/netns")
"""Where `ip netns` keeps named namespaces."""

FIRST = Path("/proc/1/ns/net")
"""The network namespace of the machine's first process."""

_CLONE_NEWNET = 0x40000000
_SO_NETNS_COOKIE = 71


class NamespaceError(Exception):
    """There is no such namespace, or it cannot be entered: one sentence."""


class Identity(NamedTuple):
    """What tells a namespace from any other: an inode number alone is used again. The cookie is 0 before Linux 5.14."""

    inode: int
    cookie: int


class Netns:
    """An open network namespace. An open one stays alive, with the NICs in it: close it soon."""

    def __init__(self, descriptor: int, words: str) -> None:
        self.descriptor = descriptor
        self.words = words
        self.identity = Identity(os.fstat(descriptor).st_ino, self.call(_cookie))

    def call(self, function: Callable[[], Result]) -> Result:
        """What a function returns, or raises, in the namespace. It runs in a thread of its own."""
        results: list[Result] = []
        errors: list[BaseException] = []

        def inside() -> None:
            try:
                _enter(self.descriptor)
                results.append(function())
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=inside)
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return results[0]

    def is_first(self) -> bool:
        """Whether it is the namespace of process 1, which is the machine's; False where that one cannot be read."""
        try:
            return FIRST.stat().st_ino == self.identity.inode
        except OSError:
            return False

    def close(self) -> None:
        """Lets it go."""
        os.close(self.descriptor)


def own() -> Netns:
    """The namespace of this process."""
    return Netns(os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC), "this namespace")


def by_name(name: str) -> Netns:
    """A namespace of `ip netns`, or the one that a path leads to."""
    path = Path(name) if "/" in name else NAMED / name
    if name in (".", "..", ""):
        raise NamespaceError(f"--netns: found {name!r}; allowed: a name that `ip netns list` shows, or a path")
    try:
        # Without blocking: the path may be a FIFO.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        how = (
            f"make it with `ip netns add {name}`, or name another with --netns" if "/" not in name else "check the path"
        )
        raise NamespaceError(f"there is no network namespace {name}; {how}") from None
    except OSError as error:
        raise NamespaceError(f"the network namespace {name} cannot be opened: {error.strerror}") from None
    return _opened(descriptor, name)


def by_pid(pid: int) -> Netns:
    """The namespace of a process."""
    return _opened(_of_process(pid), f"of process {pid}")


def by_pidfile(path: str) -> Netns:
    """The namespace of the process that a file names."""
    from frrcompile import regular

    try:
        content = regular.read(path, 64).decode(errors="replace").strip()
    except OSError as error:
        raise NamespaceError(f"--pidfile {path}: {error.strerror or error}") from None
    if not re.fullmatch(r"[1-9][0-9]{0,9}", content):
        raise NamespaceError(f"--pidfile {path}: the file has no process id")
    return by_pid(int(content))


def by_container(name: str) -> Netns:
    """The namespace of a running podman container."""
    import subprocess

    argv = ["podman", "container", "inspect", "--format", "{{.State.Pid}} {{.State.Status}}", "--", name]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
    except FileNotFoundError:
        raise NamespaceError(
            "--podman: podman is not installed; name the namespace with --netns, --pid or --pidfile"
        ) from None
    except subprocess.TimeoutExpired:
        raise NamespaceError(f"--podman {name}: podman did not answer within 30 s") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NamespaceError(f"--podman {name}: podman says: {reason}")
    pid, _, status = done.stdout.strip().partition(" ")
    if not pid.isdigit() or int(pid) == 0:
        raise NamespaceError(
            f"--podman {name}: the container is not running (it is {status or 'unknown'}); start it first"
        )
    return _opened(_of_process(int(pid)), f"of container {name}")


def empty() -> Netns:
    """A new namespace without links, which is gone when it is closed."""
    found: list[int] = []

    def inside() -> None:
        _unshare()
        found.append(os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC))

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    if not found:
        raise NamespaceError("no permission to make a network namespace; run as root")
    return Netns(found[0], "an empty namespace")


def _of_process(pid: int) -> int:
    try:
        return os.open(f"/proc/{pid}/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ESRCH):
            raise NamespaceError(f"there is no process {pid}") from None
        raise NamespaceError(f"the namespace of process {pid} cannot be opened: {error.strerror}") from None


def _opened(descriptor: int, words: str) -> Netns:
    try:
        return Netns(descriptor, words)
    except OSError as error:
        os.close(descriptor)
        if error.errno == errno.EPERM:
            raise NamespaceError(
                "no permission to enter the network namespace; run as root, or with CAP_SYS_ADMIN and CAP_NET_ADMIN"
            ) from None
        if error.errno == errno.EINVAL:
            raise NamespaceError(f"{words} is not a network namespace") from None
        raise NamespaceError(f"the network namespace {words} cannot be entered: {error.strerror}") from None


def _enter(descriptor: int) -> None:
    """Moves this thread into a namespace. Raises OSError."""
    if hasattr(os, "setns"):  # Python 3.12
        os.setns(descriptor, _CLONE_NEWNET)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, _CLONE_NEWNET) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _unshare() -> None:
    """Moves this thread into a namespace of its own. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _cookie() -> int:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        try:
            found: int = struct.unpack("=Q", one.getsockopt(socket.SOL_SOCKET, _SO_NETNS_COOKIE, 8))[0]
        except OSError:
            return 0
        return found
