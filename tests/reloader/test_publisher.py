"""The status file is written until it holds, and an old one does not look fresh."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reloader import alive, status
from reloader.alive import Life
from reloader.log import Log
from reloader.publisher import Publisher
from reloader.status import Boot, State, Status
from tests.reloader.sidecar import until

IDLE, DEGRADED = Status(State.IDLE, Boot.NONE), Status(State.DEGRADED, Boot.NONE)


class Published:
    """A publisher whose file is in a directory that can be missing, which a full disk is like."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.away = directory.with_name("away")
        self.path = directory / "status.json"
        self.log = io.StringIO()
        self.publisher = Publisher(self.path, Log("text", self.log), pulse=0.05, retry=0.02)

    def age(self) -> None:
        """Makes the file look an hour old."""
        past = time.time() - 3600
        os.utime(self.path, (past, past))

    @property
    def is_fresh(self) -> bool:
        return self.path.stat().st_mtime > time.time() - 1800


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Published]:
    (tmp_path / "run").mkdir()
    found = Published(tmp_path / "run")
    found.publisher.put(IDLE)
    yield found
    found.publisher.stop()


def test_a_status_that_holds_is_kept_fresh(published: Published) -> None:
    published.age()
    until(lambda: published.is_fresh, "a new time of the file")
    assert status.read(published.path) == IDLE


def test_a_write_that_fails_is_repeated_and_the_old_file_does_not_look_fresh(published: Published) -> None:
    published.directory.rename(published.away)
    published.publisher.put(DEGRADED)
    assert "cannot be written: No such file or directory" in published.log.getvalue()
    published.away.rename(published.directory)  # with the old one in it
    until(lambda: status.read(published.path) == DEGRADED, "the newest status")
    until(lambda: "is written again" in published.log.getvalue(), "a word on it")
    assert published.log.getvalue().count("cannot be written") == 1


def test_an_old_status_is_not_renewed_while_the_new_one_cannot_be_written(published: Published) -> None:
    published.path.unlink()
    published.path.mkdir()  # a directory cannot be replaced by a file
    published.age()
    published.publisher.put(DEGRADED)
    for _ in range(20):
        time.sleep(0.02)
        assert not published.is_fresh
    published.path.rmdir()
    until(lambda: published.path.is_file(), "the status")
    assert status.read(published.path) == DEGRADED


def test_a_file_that_was_removed_or_replaced_is_written_again(published: Published) -> None:
    published.path.unlink()
    until(published.path.exists, "the status")
    DEGRADED.write(published.path)  # no sidecar's: the lock beside it is ours
    until(lambda: status.read(published.path) == IDLE, "the sidecar's own status")
    assert "was changed or replaced by another process; the sidecar writes it again" in published.log.getvalue()


def test_what_takes_its_place_at_once_is_not_taken_for_it(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Status.write

    def replaced(self: Status, path: Path) -> None:
        write(self, path)
        path.unlink()
        path.mkdir()

    monkeypatch.setattr(Status, "write", replaced)
    published.publisher.put(DEGRADED)
    assert "cannot be written: another file took its place at once" in published.log.getvalue()
    monkeypatch.undo()
    published.path.rmdir()
    until(published.path.is_file, "the status")
    assert status.read(published.path) == DEGRADED


def test_why_it_cannot_be_written_can_be_asked(published: Published) -> None:
    assert published.publisher.trouble == ""
    published.directory.rename(published.away)
    published.publisher.put(DEGRADED)
    path = published.path
    assert published.publisher.trouble == f"the status file {path} cannot be written: No such file or directory"
    published.away.rename(published.directory)
    until(lambda: published.publisher.trouble == "", "the status")


def test_the_last_word_is_tried_once_more(published: Published) -> None:
    published.directory.rename(published.away)
    published.publisher.put(DEGRADED)
    published.away.rename(published.directory)
    published.publisher.stop()
    assert status.read(published.path) == DEGRADED


def test_a_planted_link_is_replaced(published: Published) -> None:
    victim = published.directory / "victim"
    victim.write_text("as it was")
    published.path.unlink()
    published.path.symlink_to(victim)
    published.publisher.put(DEGRADED)
    assert victim.read_text() == "as it was"
    assert not published.path.is_symlink()


def test_a_lock_that_is_gone_is_made_anew_and_said(published: Published) -> None:
    claim = alive.claim(published.path)
    lock = alive.lock_file(published.path)
    published.publisher.hold(claim)
    lock.unlink()
    until(lambda: alive.life(published.path) is Life.RUNS, "the lock")
    until(lambda: f"{lock} was removed or replaced by another process" in published.log.getvalue(), "a word on it")
    lock.unlink()
    lock.mkdir()
    until(lambda: "cannot be made anew" in published.publisher.trouble, "the trouble")
    lock.rmdir()
    until(lambda: published.publisher.trouble == "", "the lock")
    assert alive.life(published.path) is Life.RUNS
    published.publisher.stop()
    claim.close()


def test_a_second_sidecar_that_took_the_lock_is_said(published: Published) -> None:
    claim = alive.claim(published.path)
    alive.lock_file(published.path).unlink()
    second = alive.claim(published.path)
    published.publisher.hold(claim)
    until(lambda: "a second sidecar writes" in published.publisher.trouble, "the trouble")
    second.close()
    until(lambda: published.publisher.trouble == "", "the lock")
    published.publisher.stop()
    claim.close()


@pytest.mark.parametrize(("mode", "open_to_others"), [(0o755, False), (0o1777, False), (0o775, True), (0o777, True)])
def test_a_directory_that_others_can_write_is_trouble(published: Published, mode: int, open_to_others: bool) -> None:
    published.directory.chmod(mode)
    assert ("other users can replace or remove the status file" in published.publisher.trouble) is open_to_others
    if os.geteuid() == 0:
        os.chown(published.directory, 65533, -1)
        assert f"owner has user id 65533, its mode is {mode:04o}" in published.publisher.trouble
