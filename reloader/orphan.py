"""The program that is changing FRR, noted on disk: a sidecar that was killed leaves it running, and the next one ends it.

Two programs that change one FRR at a time lose each other's lines, so none may survive its sidecar.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from pathlib import Path

from reloader import own

NAME = "engine"
END_SECONDS = 5.0
NOTE = re.compile(rb"([1-9][0-9]{0,9}) ([0-9]{1,20})\n")


def note(state: Path, pid: int) -> str:
    """Notes that the process group `pid` changes FRR now. A disk that is full does not stop it.

    Returns why that failed, as a sentence without its full stop; empty where it did not.
    """
    try:
        own.write(state / NAME, f"{pid} {_birth(pid)}\n")
    except OSError as error:
        return (
            f"{state / NAME} cannot be written: {error.strerror or error}. Where the sidecar is killed now, the next one "
            f"does not end the program that changes FRR (process {pid})"
        )
    return ""


def forget(state: Path) -> None:
    """It has ended."""
    with contextlib.suppress(OSError):
        (state / NAME).unlink(missing_ok=True)


def end(state: Path) -> bool:
    """Ends the program that an earlier sidecar left running; whether there was one.

    The note is believed only where no other user can have written it. A process id may belong to another program by now:
    only a leader of a process group that was born when ours was is ended.
    """
    try:
        found = NOTE.fullmatch(own.read(state / NAME, 100)) if own.is_ours(state.stat()) else None
    except OSError:
        found = None
    forget(state)
    if found is None:
        return False
    pid, birth = int(found[1]), found[2].decode()
    if _birth(pid) != birth:
        return False
    with contextlib.suppress(OSError):
        if os.getpgid(pid) != pid:
            return False
        os.killpg(pid, signal.SIGKILL)
    deadline = time.monotonic() + END_SECONDS
    while _birth(pid) == birth and time.monotonic() < deadline:
        time.sleep(0.01)
    return True


def _birth(pid: int) -> str:
    """When the process was started, in ticks since the machine was (proc(5), stat, field 22); empty for a dead one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
