"""Watching the directory of the offered file through inotify, as long as that can be had.

What the kernel and watchdog leave out, the machine's slow poll sees: `refresh` is called at each of its looks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from reloader import limits
from reloader.log import Log
from reloader.triggers.hints import Hint, Hints

ROOM_DESCRIPTORS, ROOM_THREADS = 8, 3  # as many as watchdog takes; where it does not get all, it keeps what it got
# Not `opened` and `closed_no_write`: our own reading would feed us.
TELLING = frozenset({"created", "modified", "moved", "deleted", "closed", "attrib"})
STORM_EVENTS = 1000  # in a second; more of them take a core, and say no more than a poll
STORM_SECONDS = 10.0  # of polling after that
WRITER_SECONDS = 2.0  # a writer that has not written for so long is taken for done, though it did not close the file


class Watch:
    """The directory's watcher: the real path, not recursively, and never the file itself.

    A ConfigMap volume changes by renaming `..data`, with no event for the file, so every event of the directory counts.
    """

    def __init__(self, directory: Path, name: str, hints: Hints, log: Log, own: Iterable[Path] = ()) -> None:
        """`directory` as the user gave it; `name` is the offered file's name in it. `own` is what we write ourselves."""
        self._directory = directory
        self._name = name
        self._own = tuple(path.name for path in own if os.path.realpath(path.parent) == os.path.realpath(directory))
        self._hints = hints
        self._log = log
        self._observer: BaseObserver | None = None
        self._watched: tuple[str, int, int] | None = None
        self._trouble = ""
        self._count, self._counted = 0, 0.0  # events since that time
        self._storm = 0.0  # until when the directory is not watched, for too many events
        self._written = 0.0  # when a writer that has not closed the file yet last wrote; 0: there is none

    @property
    def alive(self) -> bool:
        """Whether events arrive: the emitter dies without a word when its directory is removed."""
        return (
            self._observer is not None
            and self._observer.is_alive()
            and all(emitter.is_alive() for emitter in self._observer.emitters)
        )

    @property
    def in_writing(self) -> bool:
        """Whether somebody has the file open and is writing to it in place."""
        return self._written > time.monotonic() - WRITER_SECONDS

    def refresh(self) -> bool:
        """Watches again when the watcher died or the directory is another one by now; whether events arrive."""
        there = self._identity()
        if time.monotonic() < self._storm:
            self.stop()
            self._complain(f"more than {STORM_EVENTS} events a second in {self._directory}")
            return False
        if self.alive and there == self._watched:
            return True
        self.stop()
        if there is None:
            self._complain(f"{self._directory} does not exist")
            return False
        try:
            self._observer = self._start(there[0])
        except (OSError, RuntimeError, MemoryError) as error:  # inotify's own limits (ENOSPC, EMFILE), or gone again
            why = getattr(error, "strerror", None) or limits.shortage(error) or error
            self._complain(f"inotify cannot be had for {self._directory} ({why})")
            return False
        self._watched = there
        if self._trouble:
            self._log.info(f"watching {self._directory} again")
        self._trouble = ""
        self._hints.put(Hint.EVENT)  # for what happened while nobody watched
        return True

    def doubt(self) -> None:
        """One of its threads may have ended: the next `refresh` starts them anew."""
        self._watched = None

    def stop(self) -> None:
        """Ends the watcher's threads."""
        observer, self._observer, self._watched, self._written = self._observer, None, None, 0.0
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join(timeout=5.0)

    def _start(self, real: str) -> BaseObserver:
        watch = self

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                watch._on_event(event)

        limits.check_room(ROOM_DESCRIPTORS, ROOM_THREADS)
        observer = Observer()
        try:
            observer.schedule(Handler(), real, recursive=False)
            observer.start()
        except BaseException:
            observer.stop()  # else its threads and descriptors stay, some more at each look
            raise
        return observer

    def _on_event(self, event: FileSystemEvent) -> None:
        moment = time.monotonic()
        if moment < self._storm:
            return  # until the loop ends the watching
        if moment - self._counted > 1.0:
            self._count, self._counted = 0, moment
        self._count += 1
        if self._count > STORM_EVENTS:
            self._storm = moment + STORM_SECONDS
            self._hints.put(Hint.EVENT)
            return
        # What changes in the directory has events of its own, so that those of the directory itself tell nothing.
        if event.event_type not in TELLING or (event.is_directory and event.event_type == "modified"):
            return
        names = [os.path.basename(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]  # noqa: PTH119  a Path per event is slow
        if all(self._is_own(name) for name in names):
            return
        if names[0] == self._name:
            self._written = time.monotonic() if event.event_type == "modified" else 0.0
        self._hints.put(Hint.EVENT)

    def _is_own(self, name: str) -> bool:
        """Whether it is a file of ours, its lock, or what is renamed to it."""
        return any(name == own or name.startswith(f".{own}.") for own in self._own)

    def _identity(self) -> tuple[str, int, int] | None:
        """What changes when the directory is replaced, or a link in its path is turned."""
        try:
            real = os.path.realpath(self._directory, strict=True)
            kind = os.stat(real)  # noqa: PTH116
        except OSError:
            return None
        return real, kind.st_dev, kind.st_ino

    def _complain(self, trouble: str) -> None:
        """Says once that events do not arrive."""
        if trouble != self._trouble:
            self._log.warn(f"{trouble}: changes are found by looking every few seconds only")
        self._trouble = trouble
