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
    handle.close()
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
    handle.close()


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
    handle.close()


def test_a_lock_that_others_can_open_is_replaced(status: Path) -> None:
    """An earlier version made it so, and a reader may hold it for ever."""
    lock = alive.lock_file(status)
    lock.touch(mode=0o644)
    with lock.open() as reader:
        fcntl.flock(reader, fcntl.LOCK_SH)
        handle = alive.claim(status)
        assert alive.life(status) is Life.RUNS
        assert lock.stat().st_mode & 0o777 == 0o600
        handle.close()
        assert alive.life(status) is Life.ENDED


def test_a_reader_does_not_keep_the_sidecar_from_its_lock(status: Path) -> None:
    alive.claim(status).close()
    reader = os.open(alive.lock_file(status), os.O_RDONLY)
    fcntl.flock(reader, fcntl.LOCK_SH)
    timer = threading.Timer(0.2, os.close, [reader])
    timer.start()
    handle = alive.claim(status)
    timer.join()
    assert alive.life(status) is Life.RUNS
    handle.close()


@root
@pytest.mark.parametrize("forged", ["both", "the status", "the lock", "a link"])
def test_files_of_another_user_are_not_believed(status: Path, forged: str) -> None:
    """Who can write the directory renames own files over the sidecar's, and holds the lock."""
    owner = own_lock = alive.claim(status)
    lock = alive.lock_file(status)
    if forged in ("both", "the lock"):
        lock.unlink()
        own_lock = alive.claim(status)
        os.chown(lock, OTHER, OTHER)
    if forged in ("both", "the status"):
        os.chown(status, OTHER, OTHER)
    if forged == "a link":
        target = status.with_name("other.json")
        status.rename(target)
        status.symlink_to(target)
    assert alive.life(status) is Life.ENDED
    if forged == "the lock":
        assert alive.see(status)[0] is Life.ENDED
    else:
        with pytest.raises(OSError, match=r"other users can write it \(its owner|symbolic link"):
            alive.see(status)
    assert alive.life(status, (OTHER,)) is (Life.ENDED if forged == "a link" else Life.RUNS)
    for claim in {owner, own_lock}:
        claim.close()


def test_the_age_and_the_content_are_those_of_one_file(status: Path) -> None:
    handle = alive.claim(status)
    status.write_text("the content")
    assert alive.see(status) == (Life.RUNS, b"the content")
    handle.close()


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_lock_that_is_gone_is_made_anew(status: Path, how: str) -> None:
    handle = alive.claim(status)
    lock = alive.lock_file(status)
    assert not handle.renew()
    lock.unlink()
    if how == "replaced":
        lock.write_text("")
    assert alive.life(status) is Life.ENDED
    assert handle.renew()
    assert not handle.renew()
    assert alive.life(status) is Life.RUNS
    with pytest.raises(BlockingIOError):
        alive.claim(status)
    handle.close()


def test_the_lock_of_a_second_one_is_not_taken(status: Path) -> None:
    handle = alive.claim(status)
    alive.lock_file(status).unlink()
    second = alive.claim(status)
    with pytest.raises(BlockingIOError):
        handle.renew()
    second.close()
    assert handle.renew()
    handle.close()


def test_two_cannot_have_it(status: Path) -> None:
    handle = alive.claim(status)
    with pytest.raises(BlockingIOError):
        alive.claim(status)
    assert alive.life(status) is Life.RUNS
    handle.close()
