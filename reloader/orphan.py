"""The program that is changing FRR, noted on disk: a sidecar that was killed leaves it running, and the next one ends it.

Two programs that change one FRR at a time lose each other's lines, so none may survive its sidecar.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

NAME = "engine"
END_SECONDS = 5.0


def note(state: Path, pid: int) -> None:
    """Notes that the process group `pid` changes FRR now. A disk that is full does not stop it."""
    with contextlib.suppress(OSError):
        (state / NAME).write_text(f"{pid} {_birth(pid)}\n")


def forget(state: Path) -> None:
    """It has ended."""
    with contextlib.suppress(OSError):
        (state / NAME).unlink(missing_ok=True)


def end(state: Path) -> bool:
    """Ends the program that an earlier sidecar left running; whether there was one.

    A process id may belong to somebody else by now: only one that was born when ours was is ended.
    """
    try:
        pid, birth = (state / NAME).read_text().split()
    except (OSError, ValueError):
        return False
    forget(state)
    if not birth.isdigit() or _birth(int(pid)) != birth:
        return False
    with contextlib.suppress(OSError):
        os.killpg(int(pid), signal.SIGKILL)
    deadline = time.monotonic() + END_SECONDS
    while _birth(int(pid)) == birth and time.monotonic() < deadline:
        time.sleep(0.01)
    return True


def _birth(pid: int) -> str:
    """When the process was started, in ticks since the machine was (proc(5), stat, field 22); empty for a dead one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
