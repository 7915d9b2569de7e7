"""`apply --confirm SECONDS`: a process of its own undoes the change unless `plumb confirm` comes in time.

It is started before the first change, outside of the session that runs `apply`, and has all its modules in memory: the change
may cut off the terminal, kill `apply`, or take away the network that a file system is on. Where systemd runs, it is a
transient service, which a logout or the end of the caller's service does not end.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from frrcompile.plumb import state_file
from frrcompile.plumb.session import PlumbError, opened
from frrcompile.plumb.state import NOTHING

_START = 20.0
"""Seconds that the process has to start."""


def watch(owner: str, directory: Path, seconds: int) -> str:
    """Starts the process that undoes a change after some seconds; its token. Raises PlumbError where it does not start."""
    token = secrets.token_hex(8)
    directory = directory.absolute()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = ["--owner", owner, "--state", str(directory), "--token", token, "--after", str(seconds)]
    argv = [sys.executable, "-m", "frrcompile", "plumb", "undo", *options]
    search = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
    if not _as_service(argv, search, token):
        subprocess.Popen(
            argv,
            cwd="/",
            env={**os.environ, "PYTHONPATH": search},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    ready = _ready(directory, owner, token)
    deadline = time.monotonic() + _START
    while not ready.exists():
        if time.monotonic() > deadline:
            raise PlumbError("the process that would undo the change did not start; nothing was changed")
        time.sleep(0.02)
    return token


def undo(owner: str, directory: Path, token: str, seconds: int) -> int:
    """Waits, and goes back to what was applied before, unless it was confirmed. The process that `watch` starts runs this."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ready = _ready(directory, owner, token)
    ready.touch(mode=0o600)
    try:
        end = time.clock_gettime(time.CLOCK_BOOTTIME) + seconds
        while (left := end - time.clock_gettime(time.CLOCK_BOOTTIME)) > 0:
            time.sleep(min(left, 1.0))
        _go_back(owner, directory, token, seconds)
    finally:
        ready.unlink(missing_ok=True)
    return 0


def _go_back(owner: str, directory: Path, token: str, seconds: int) -> None:
    pending = state_file.load(directory, owner).pending
    if pending is None or pending.token != token:
        return
    found = state_file.load(directory, owner).found
    with opened(found, owner, directory, write=True, gone=True, wait=True) as plumbing:
        saved = plumbing.saved  # read again, behind the lock
        if saved.pending is None or saved.pending.token != token:
            return
        # Without the namespace, only what is on the host can be put back.
        previous = NOTHING if plumbing.gone else saved.pending.previous
        try:
            plumbing.apply(plumbing.todo(previous), previous, force=True)
            note = f"the last apply was undone: it was not confirmed within {seconds} s"
        except Exception as error:
            note = f"the last apply was not confirmed within {seconds} s, and undoing it failed: {error}"
        plumbing.keep(plumbing.saved._replace(note=note))


def _as_service(argv: list[str], search: str, token: str) -> bool:
    """Whether systemd runs it."""
    if not Path("/run/systemd/system").is_dir() or shutil.which("systemd-run") is None:
        return False
    words = ["systemd-run", "--quiet", "--collect", f"--unit=frrcompile-undo-{token}", f"--setenv=PYTHONPATH={search}"]
    try:
        return subprocess.run([*words, "--", *argv], capture_output=True, timeout=_START, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _ready(directory: Path, owner: str, token: str) -> Path:
    """The file that says that the process has begun to wait."""
    return directory / f"{owner}.undo-{token}"
