"""`frr-reloader status` and `wait`: what the status file says, as words and as an exit code."""

from __future__ import annotations

import errno
import time
from collections.abc import Collection
from pathlib import Path

from frrcompile import output
from frrcompile.printable import printable
from reloader import status
from reloader.alive import Life, see
from reloader.status import GOOD, State, Status

LOOK_SECONDS = 0.1
PROGRAM = "frr-reloader"
ADVICE = (
    "Only a status of root, of this user and of FRR's user frr is believed. Name the sidecar's user with --user, where it "
    "is another one"
)


def show(path: Path, users: Collection[int] = ()) -> int:
    """Prints the status in a few lines. 0 for a good last verdict, 1 for any other or none, 2 when there is no status.

    A status of another user than root, our own and `users` (user ids) is none.

    1 also where the sidecar does not run or does not respond, whatever its last verdict was: what FRR has since then is
    not known. And 1 where what is offered now cannot be read yet.
    """
    now, found = _read(path, users)
    if isinstance(found, str):
        output.complain(found, PROGRAM)
        return 2
    output.show_now(f"{_summary(found, now)}\n")
    good = found.last is not None and found.last.verdict in GOOD
    return 0 if good and now is Life.RUNS and found.waiting_for is None else 1


def wait(path: Path, digest: str | None, timeout: float, users: Collection[int] = ()) -> int:
    """Waits until there is a verdict on `digest`, or without one on what is offered, and prints it.

    While the sidecar waits for FRR a refusal is not the last word, so we wait too; it is at the end of the time. Nor is a
    verdict with a next try, for which a program failed that says nothing about the file, nor a good verdict while FRR may
    not have the file any more: a daemon is gone or was started anew, or the sidecar does not run or respond. What is
    offered is known only while the sidecar runs and the file is at rest. 0 for a good verdict, 1 for any other, 3 without one in `timeout`
    seconds, 2 when there was no status file all the time, or one of another user (see `show`).
    """
    deadline = time.monotonic() + timeout
    while True:
        now, found = _read(path, users)
        late = time.monotonic() >= deadline
        if not isinstance(found, str) and found.last is not None:
            known = digest is not None or (now is Life.RUNS and found.waiting_for is None)
            about = known and found.last.hash == (digest or found.offered_hash) and found.state is not State.RELOADING
            good = found.last.verdict in GOOD
            has_it = found.state is State.IDLE and now is Life.RUNS
            settled = has_it if good else late or found.state is not State.WAITING
            if about and settled and not found.last.next_try:
                output.show_now(f"{printable(_verdict(found))}\n")
                return 0 if good else 1
        if late:
            return _too_late(found, digest, timeout, now)
        time.sleep(min(LOOK_SECONDS, max(0.0, deadline - time.monotonic())))


def _too_late(found: Status | str, digest: str | None, timeout: float, now: Life) -> int:
    if isinstance(found, str):
        output.complain(found, PROGRAM)
        return 2
    about = f"on {digest} " if digest else ""
    output.complain(f"no verdict {about}within {timeout:g} s; the sidecar {_state(found, now)}", PROGRAM)
    if found.waiting_for:
        output.complain(f"it waits for {found.waiting_for}", PROGRAM)
    if found.last is not None:
        output.complain(f"its last verdict: {_verdict(found)}", PROGRAM)
    return 3


def _read(path: Path, users: Collection[int]) -> tuple[Life, Status | str]:
    """How the sidecar is, and the status, or a sentence that says why there is none."""
    try:
        now, data = see(path, users)
        return now, status.parse(data, path)
    except FileNotFoundError:
        return Life.ENDED, f"{path} does not exist: no sidecar writes its status there (see --status)"
    except OSError as error:
        advice = f". {ADVICE}" if error.errno == errno.EPERM else ""
        return Life.ENDED, f"{path} cannot be read: {error.strerror}{advice}"
    except ValueError as error:
        return Life.ENDED, str(error)


def _shown(found: Status, now: Life) -> str:
    if now is Life.ENDED:
        return f"not running; it ended while it was {found.state}"
    if now is Life.SILENT:
        return f"not responding; it was {found.state}, and has not renewed its status since"
    return f"{found.state}, {found.phase}" if found.phase else found.state


def _verdict(found: Status) -> str:
    assert found.last is not None
    return f"{found.last.verdict} ({found.last.phase}): {found.last.message}"


def _state(found: Status, now: Life) -> str:
    """How the sidecar is, as the end of a sentence about it."""
    if now is Life.ENDED:
        return f"does not run (it ended while it was {found.state})"
    if now is Life.SILENT:
        return f"does not respond (it was {found.state}, and has not renewed its status since)"
    return f"is {found.state}"


def _summary(found: Status, now: Life) -> str:
    up = [name for name, state in sorted(found.frr.daemons.items()) if state == "up"]
    down = [name for name, state in sorted(found.frr.daemons.items()) if state != "up"]
    lines = [
        ("state", _shown(found, now)),
        *([("trouble", found.trouble)] if found.trouble else []),
        *([("waits for", found.waiting_for)] if found.waiting_for else []),
        *([("damage", found.damage)] if found.damage else []),
        ("last", _verdict(found) if found.last else "no verdict yet"),
        *([("at", found.last.finished)] if found.last else []),
        *([("differs", line) for line in found.last.residual] if found.last else []),
        ("offered", found.offered_hash or "nothing that can be read"),
        ("good", found.good_hash or "none yet"),
        ("boot file", found.boot_file),
        *([("drift", line) for line in found.drift.lines]),
        ("FRR", found.frr.version or "unknown"),
        ("up", ", ".join(up) or "no daemon"),
        *([("down", ", ".join(down))] if down else []),
    ]
    return "\n".join(f"{name:10} {printable(str(value))}" for name, value in lines)
