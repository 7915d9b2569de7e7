"""What counts as a shortage, what a shortage costs, and that it is never taken for a word about FRR or a file."""

from __future__ import annotations

import errno
import itertools
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import StringIO
from multiprocessing import get_context
from pathlib import Path

import pytest

from reloader import limits, offered
from reloader.log import Log
from reloader.together import Together
from reloader.triggers.hints import Hints
from reloader.triggers.watch import Watch
from reloader.vty import Lines


@contextmanager
def descriptors(more: int) -> Iterator[None]:
    """`more` file descriptors beside those that are open now."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = (number for number in range(1000) if not Path(f"/proc/self/fd/{number}").exists())
    limit = next(itertools.islice(free, more, None))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def alone(test: Callable[[Path], None]) -> Callable[[Path], None]:
    """The test in a process of its own: in this one, threads of other tests open and close descriptors, too."""

    @wraps(test)
    def started(tmp_path: Path) -> None:
        child = get_context("fork").Process(target=test, args=(tmp_path,), daemon=True)
        child.start()
        child.join(60)
        assert child.exitcode == 0

    return started


def test_the_reason_is_said_without_python_s_words() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/var/lib/frr-reloader/look-a_b1/frr.conf")
    assert limits.reason(full) == "No space left on device"
    gone = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "/usr/bin/vtysh")
    assert limits.reason(gone) == "/usr/bin/vtysh: No such file or directory"
    assert limits.reason(OSError(errno.EMFILE, "x")).startswith("no file descriptor is left")


def test_what_is_a_shortage() -> None:
    for error in (
        *(OSError(number, "") for number in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EAGAIN)),
        *(MemoryError(), RuntimeError("can't start new thread")),
    ):
        assert limits.shortage(error).startswith("no ")
    for other in (OSError(errno.ENOSPC, ""), OSError(errno.ENOENT, ""), RuntimeError("dictionary changed"), None):
        assert limits.shortage(other) == ""


@alone
def test_a_shortage_says_nothing_about_daemons_and_files(tmp_path: Path) -> None:
    (tmp_path / "frr.conf").write_text("!\n")
    with socket.socket(socket.AF_UNIX) as daemon:
        daemon.bind(str(tmp_path / "zebra.vty"))
        daemon.listen()
        with descriptors(0):
            with pytest.raises(OSError, match="Too many open files"):
                offered.read(tmp_path / "frr.conf")
            with pytest.raises(OSError, match="Too many open files"):
                Lines(tmp_path).ask(["show version"], 1.0)
        with (
            descriptors(1),
            (tmp_path / "frr.conf").open(),  # the one that is left
            pytest.raises(OSError, match="Too many open files"),
        ):
            Lines(tmp_path).ask(["show version"], 1.0)
    assert Lines(tmp_path).ask(["show version"], 1.0)["zebra"].trouble == "does not run"


@alone
def test_a_watch_that_cannot_be_had_leaves_nothing_open(tmp_path: Path) -> None:
    """watchdog keeps descriptors and threads where it does not get all: some more at each look."""
    log = StringIO()
    watch = Watch(tmp_path, "frr.conf", Hints(), Log("text", log))
    before = len(os.listdir("/proc/self/fd")), threading.active_count()  # noqa: PTH208
    for more in range(9):
        with descriptors(more):
            watch.refresh()
            watch.stop()
    after = len(os.listdir("/proc/self/fd")), threading.active_count()  # noqa: PTH208
    assert after == before
    assert "inotify cannot be had" in log.getvalue()
    assert watch.refresh()
    watch.stop()


@alone
def test_a_reserve_is_there_when_nothing_else_is(tmp_path: Path) -> None:
    reserve = limits.Reserve(2)
    with descriptors(0):
        with pytest.raises(OSError, match="Too many open files"):
            (tmp_path / "file").write_text("x")
        for _ in range(3):
            with reserve.released():
                (tmp_path / "file").write_text("x")
    with reserve.released():
        pass


def test_what_runs_together_has_ended_after_it() -> None:
    started, end = threading.Event(), threading.Event()

    def work(result: int) -> int:
        started.set()
        assert end.wait(20)
        return result

    with Together() as together:
        future = together.submit(work, 7)
        assert started.wait(20)
        end.set()
    assert future.done()
    assert future.result() == 7


def test_a_sidecar_that_cannot_start_says_so(tmp_path: Path) -> None:
    for name in ("vtysh", "frr-reload.py"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    argv = [sys.executable, "-m", "reloader", "--watch", str(tmp_path), "--vty-socket", str(tmp_path)]
    argv += ["--state", str(tmp_path / "state"), "--status", str(tmp_path / "status.json")]
    argv += ["--vtysh", str(tmp_path / "vtysh"), "--frr-reload", str(tmp_path / "frr-reload.py")]
    done = subprocess.run(["prlimit", "--nofile=12:12", *argv], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("frr-reloader: no file descriptor is left of the 12")
    assert done.stderr.count("\n") == 1
