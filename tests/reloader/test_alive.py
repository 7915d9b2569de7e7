"""Whether the writer of a status file lives: no reader can make it look otherwise."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reloader import alive
from reloader.alive import Life
from tests.reloader.sidecar import REPOSITORY

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
OTHER = 65534


@pytest.fixture
def status() -> Iterator[Path]:
    """A status file that was written just now, which other users can read."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "status.json"
        path.parent.chmod(0o755)
        path.write_text("{}")
        yield path


def as_another_user(words: str, path: Path) -> str:
    """What a Python of another user prints after `words`, which know `path`."""
    code = f"import os, pathlib; from reloader import alive; path = pathlib.Path({str(path)!r}); os.setuid({OTHER}); {words}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=False
    )
    return done.stdout + done.stderr


def test_a_status_file_tells_whether_its_writer_lives(status: Path) -> None:
    assert alive.life(status) is Life.ENDED  # no sidecar was ever here
    handle = alive.claim(status)
    assert alive.life(status) is Life.RUNS
    os.close(handle)
    assert alive.life(status) is Life.ENDED
    status.unlink()
    assert alive.life(status) is Life.ENDED


def test_one_that_is_stopped_is_silent(status: Path) -> None:
    handle = alive.claim(status)
    old = time.time() - 2 * alive.STALE_SECONDS
    os.utime(status, (old, old))
    assert alive.life(status) is Life.SILENT
    os.utime(status)
    assert alive.life(status) is Life.RUNS
    os.close(handle)


@root
def test_another_user_cannot_lock_it_and_sees_its_pulse(status: Path) -> None:
    handle = alive.claim(status)
    lock = alive.lock_file(status)
    assert lock.stat().st_mode & 0o777 == 0o600
    assert "PermissionError" in as_another_user("os.open(path, os.O_RDONLY)", lock)
    look = "print(alive.life(path))"
    assert "Life.RUNS" in as_another_user(look, status)
    old = time.time() - 2 * alive.STALE_SECONDS
    os.utime(status, (old, old))
    assert "Life.SILENT" in as_another_user(look, status)
    os.close(handle)


def test_a_lock_that_others_can_open_is_replaced(status: Path) -> None:
    """An earlier version made it so, and a reader may hold it for ever."""
    lock = alive.lock_file(status)
    lock.touch(mode=0o644)
    with lock.open() as reader:
        fcntl.flock(reader, fcntl.LOCK_SH)
        handle = alive.claim(status)
        assert alive.life(status) is Life.RUNS
        assert lock.stat().st_mode & 0o777 == 0o600
        os.close(handle)
        assert alive.life(status) is Life.ENDED


def test_a_reader_does_not_keep_the_sidecar_from_its_lock(status: Path) -> None:
    os.close(alive.claim(status))
    reader = os.open(alive.lock_file(status), os.O_RDONLY)
    fcntl.flock(reader, fcntl.LOCK_SH)
    timer = threading.Timer(0.2, os.close, [reader])
    timer.start()
    handle = alive.claim(status)
    timer.join()
    assert alive.life(status) is Life.RUNS
    os.close(handle)


def test_two_cannot_have_it(status: Path) -> None:
    handle = alive.claim(status)
    with pytest.raises(BlockingIOError):
        alive.claim(status)
    assert alive.life(status) is Life.RUNS
    os.close(handle)
