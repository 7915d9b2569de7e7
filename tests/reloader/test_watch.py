"""The triggers, with a real watchdog on real directories: what is offered is found, whole, however it is written."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from frrcompile import atomic
from reloader import alive, settle
from reloader.log import Log
from reloader.offered import Offered
from reloader.triggers import watch as watch_module
from reloader.triggers.hints import Hint, Hints
from reloader.triggers.watch import Watch

DEADLINE = 30.0  # seconds; generous, because nothing here measures time


class Watched:
    """A watched directory with all that belongs to it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.file = directory / "frr.conf"
        self.hints = Hints()
        self.log = StringIO()
        self.status = directory / "status.json"
        elsewhere = directory.parent / "frr.conf"
        self.watch = Watch(directory, "frr.conf", self.hints, Log("text", self.log), (self.status, elsewhere))

    def quiet(self) -> None:
        """Waits until what happened so far has been told, and takes it away."""
        self.hints.settle(0.3, DEADLINE)
        self.hints.wait(0.0)

    def hinted(self) -> bool:
        """Whether an event comes."""
        return Hint.EVENT in self.hints.wait(DEADLINE)

    def read(self) -> bytes:
        """The content that the sidecar would take now."""
        deadline = time.monotonic() + DEADLINE
        found = None
        while found is None and time.monotonic() < deadline:
            found = settle.read(self.file, self.hints, lambda: self.watch.in_writing, lambda: False)
        assert isinstance(found, Offered), found
        return found.data


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    directory = tmp_path / "offered"
    directory.mkdir()
    found = Watched(directory)
    assert found.watch.refresh()
    found.quiet()
    yield found
    found.watch.stop()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_rename_over_the_file_is_told(watched: Watched) -> None:
    (watched.directory / ".tmp").write_bytes(b"one")
    watched.quiet()
    (watched.directory / ".tmp").rename(watched.file)
    assert watched.hinted()
    assert watched.read() == b"one"


def test_what_the_sidecar_writes_itself_is_not_told(watched: Watched) -> None:
    for content in (b"1", b"2"):
        atomic.replace(watched.status, content)
        os.utime(watched.status)
    alive.claim(watched.status).close()
    watched.hints.settle(0.3, DEADLINE)
    assert watched.hints.wait(0.0) == frozenset()
    atomic.replace(watched.file, b"one")
    assert watched.hinted()


def test_a_configmap_swap_is_told_though_no_event_names_the_file(watched: Watched) -> None:
    def swap(version: str) -> None:
        inner = watched.directory / f"..{version}"
        inner.mkdir()
        (inner / "frr.conf").write_text(version)
        (watched.directory / "..data_tmp").symlink_to(inner.name)
        (watched.directory / "..data_tmp").rename(watched.directory / "..data")

    swap("v1")
    watched.file.symlink_to("..data/frr.conf")
    assert watched.read() == b"v1"
    watched.quiet()
    swap("v2")
    assert watched.hinted()
    assert watched.read() == b"v2"
    watched.quiet()
    shutil.rmtree(watched.directory / "..v1")
    swap("v3")
    assert watched.hinted()
    assert watched.read() == b"v3"


def test_reading_tells_nothing(watched: Watched) -> None:
    watched.file.write_bytes(b"one")
    watched.quiet()
    for _ in range(5):
        assert watched.read() == b"one"
    assert watched.hints.wait(0.5) == frozenset()


def test_a_slow_writer_in_place_is_waited_for(watched: Watched) -> None:
    parts = [b"part %d\n" % number for number in range(8)]

    def write() -> None:
        with watched.file.open("wb", buffering=0) as file:
            for part in parts:
                file.write(part)
                time.sleep(3 * settle.QUIET_SECONDS)  # long enough for two reads that agree

    writer = threading.Thread(target=write)
    writer.start()
    assert watched.hinted()
    assert watched.read() == b"".join(parts)
    writer.join()


def test_a_directory_that_is_removed_and_made_again_is_watched_again(watched: Watched) -> None:
    for content in (b"one", b"two"):
        shutil.rmtree(watched.directory)
        until(lambda: not watched.watch.alive)
        assert not watched.watch.refresh()
        watched.quiet()
        watched.directory.mkdir()
        assert watched.watch.refresh()
        assert watched.hinted()  # for what happened meanwhile
        watched.quiet()
        watched.file.write_bytes(content)
        assert watched.hinted()
        assert watched.read() == content
    log = watched.log.getvalue()
    assert "does not exist: changes are found by looking every few seconds only" in log
    assert log.count(" again") == 2


def test_a_directory_replaced_by_another_is_watched_instead(watched: Watched, tmp_path: Path) -> None:
    watched.directory.rename(tmp_path / "old")
    watched.directory.mkdir()
    assert watched.watch.refresh()
    watched.quiet()
    watched.file.write_bytes(b"new")
    assert watched.hinted()


def test_an_emitter_that_died_is_replaced(watched: Watched) -> None:
    observer = watched.watch._observer
    assert observer is not None
    for emitter in observer.emitters:
        emitter.stop()
        emitter.join()
    watched.quiet()
    assert watched.watch.refresh()
    assert watched.hinted()  # for what happened meanwhile
    watched.quiet()
    watched.file.write_bytes(b"seen")
    assert watched.hinted()


def test_what_is_below_a_directory_in_it_is_not_told(watched: Watched) -> None:
    (watched.directory / "sub").mkdir()
    watched.quiet()
    (watched.directory / "sub" / "frr.conf").write_bytes(b"no")
    assert watched.hints.wait(0.5) == frozenset()


def test_a_link_that_is_turned_is_followed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to("a")
    found = Watched(tmp_path / "link")
    try:
        assert found.watch.refresh()
        (tmp_path / "new").symlink_to("b")
        (tmp_path / "new").rename(tmp_path / "link")
        assert found.watch.refresh()
        found.quiet()
        (tmp_path / "b" / "frr.conf").write_bytes(b"b")
        assert found.hinted()
    finally:
        found.watch.stop()


def test_a_thousand_files_quickly_are_one_look(watched: Watched) -> None:
    for number in range(1000):
        temporary = watched.directory / f".tmp{number}"
        temporary.write_bytes(b"%d" % number)
        temporary.rename(watched.file)
    assert watched.hinted()
    assert watched.read() == b"999"
    watched.quiet()
    assert watched.hints.wait(0.3) == frozenset()


def test_without_inotify_it_says_so_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Watched(tmp_path)

    def none(_real: str) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(found.watch, "_start", none)
    assert not found.watch.refresh()
    assert not found.watch.refresh()
    assert found.log.getvalue().count("inotify cannot be had") == 1


def test_a_storm_of_events_is_not_read_to_its_end(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take a core, and say no more than a poll: the directory is polled for a while, and then watched again."""
    monkeypatch.setattr(watch_module, "STORM_EVENTS", 50)
    monkeypatch.setattr(watch_module, "STORM_SECONDS", 1000.0)

    def is_polled() -> bool:
        for number in range(100):
            atomic.replace(watched.file, str(number).encode())
        return not watched.watch.refresh()

    until(is_polled)
    assert not watched.watch.alive
    assert "more than 50 events a second" in watched.log.getvalue()
    assert not watched.watch.refresh()
    assert watched.log.getvalue().count("events a second") == 1
    watched.watch._storm = 0.0  # it is over
    assert watched.watch.refresh()
    assert "again" in watched.log.getvalue()
    watched.quiet()
    atomic.replace(watched.file, b"hostname r1\n")
    assert watched.hinted()
