"""Running one program of FRR's with a time limit, after which its whole process group is killed.

A stopped daemon hangs vtysh, and so frr-reload.py, for ever. Output goes to files and not to pipes: a grandchild that
keeps a pipe open (mgmtd does) would keep us reading after the program has ended.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import IO

MIB = 1024 * 1024
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
LOOK_SECONDS = 0.2  # how soon a wish to stop, and a bound that was passed, are noticed
BLIND_SECONDS = 0.02  # between two looks where nothing tells us that the program ended


class Ending(Enum):
    """How a program came to its end."""

    EXITED = "exited"
    TIMEOUT = "timeout"  # killed by us after its time
    STOPPED = "stopped"  # killed by us because the sidecar is to end
    FLOODED = "flooded"  # killed by us because it printed too much
    GROWN = "grown"  # killed by us because it took too much memory


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may use, in bytes: `output` of each of its two outputs (a residual of 25,000 lines has about 1 MB),
    and `memory`, without a bound where it is None. It is looked at a few times a second.
    """

    output: int = 16 * MIB
    memory: int | None = None


USUAL = Bounds()


@dataclass(frozen=True, slots=True)
class Finished:
    """What is left of a program that ran. `code` means something only when `ending` is EXITED."""

    ending: Ending
    code: int
    output: str
    errors: str
    bounds: Bounds = USUAL

    @property
    def ended_well(self) -> bool:
        """Whether it ended by itself, with exit code 0."""
        return self.ending is Ending.EXITED and self.code == 0

    def failure(self, program: str, seconds: float) -> str:
        """Why it did not come to an end of its own, as a sentence about `program`, which had `seconds`; else empty.

        A program that the sidecar ended in order to end itself did not fail.
        """
        if self.ending is Ending.TIMEOUT:
            return f"{program} did not finish within {seconds:g} s and was ended"
        if self.ending is Ending.FLOODED:
            return f"{program} failed: it printed more than {self.bounds.output // MIB} MiB and was ended"
        if self.ending is Ending.GROWN:
            return f"{program} failed: it used more than {(self.bounds.memory or 0) // MIB} MiB of memory and was ended"
        if self.ending is Ending.EXITED and self.code < 0:
            return f"{program} failed: killed by signal {-self.code}{_named(-self.code)}"
        return ""


def run(
    argv: Sequence[str | Path],
    *,
    scratch: Path,
    timeout: float,
    stop: Callable[[], bool] = lambda: False,
    merge: bool = False,
    bounds: Bounds = USUAL,
    started: Callable[[int], None] = lambda _pid: None,
) -> Finished:
    """Runs `argv` to its end, at most `timeout` seconds, and not beyond the moment when `stop()` becomes true.

    `scratch` is a private directory for its output. With `merge` the standard error is part of `output`, in the order
    in which both were written. `started` is told its process id, which is its group's too. Raises OSError when the
    program cannot be started.
    """
    with tempfile.TemporaryFile(dir=scratch) as output, tempfile.TemporaryFile(dir=scratch) as errors:
        process = subprocess.Popen(
            [str(word) for word in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if merge else errors,
            start_new_session=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        try:
            started(process.pid)
            over = partial(_over, process.pid, (output, errors), bounds)
            ending = _wait(process, time.monotonic() + timeout, stop, over)
        finally:
            _end_group(process)
        if ending is Ending.EXITED and _flooded((output, errors), bounds):
            ending = Ending.FLOODED
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read(bounds.output).decode(errors="replace"))
        return Finished(ending, process.returncode, texts[0], texts[1], bounds)


def _over(pid: int, files: Sequence[IO[bytes]], bounds: Bounds) -> Ending | None:
    """Which bound a program has passed."""
    if _flooded(files, bounds):
        return Ending.FLOODED
    return Ending.GROWN if bounds.memory is not None and _resident(pid) > bounds.memory else None


def _flooded(files: Sequence[IO[bytes]], bounds: Bounds) -> bool:
    """Whether a program has printed more than is kept."""
    return any(os.fstat(file.fileno()).st_size > bounds.output for file in files)


def _resident(pid: int) -> int:
    """Bytes of memory that a process uses now; 0 where that cannot be seen."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0


def _named(number: int) -> str:
    """A signal's name in parentheses, where it has one."""
    try:
        return f" ({signal.Signals(number).name})"
    except ValueError:
        return ""


def _wait(
    process: subprocess.Popen[bytes], deadline: float, stop: Callable[[], bool], over: Callable[[], Ending | None]
) -> Ending:
    """Sleeps until the program ends: its end wakes us, where the kernel and the sandbox have pidfd_open (Linux 5.3)."""
    ended = select.poll()
    try:
        handle = os.pidfd_open(process.pid)
        ended.register(handle, select.POLLIN)
    except OSError:
        handle = -1
    try:
        while process.poll() is None:
            left = deadline - time.monotonic()
            if stop():
                return Ending.STOPPED
            if left <= 0:
                return Ending.TIMEOUT
            if passed := over():
                return passed
            nap = min(LOOK_SECONDS, left)
            if handle >= 0:
                ended.poll(nap * 1000)
            else:
                time.sleep(min(nap, BLIND_SECONDS))
        return Ending.EXITED
    finally:
        if handle >= 0:
            os.close(handle)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the program and of what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except PermissionError:  # a child that changed its user; the program itself is still ours
        process.kill()
    process.wait()
