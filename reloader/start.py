"""Putting the sidecar together from its settings, and running it."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from reloader import alive, confdir, health, limits, masking, orphan, together
from reloader.attempt import Attempt
from reloader.engines import Engine
from reloader.engines.batch import Batch
from reloader.engines.frr_reload import FrrReload
from reloader.frr import Frr
from reloader.ground import Ground
from reloader.history import History
from reloader.journal import Journal
from reloader.linter import Linter
from reloader.listening import listeners
from reloader.log import Log
from reloader.machine import Machine
from reloader.publisher import Publisher
from reloader.settings import Settings, WrongUseError, lock
from reloader.triggers import signals
from reloader.triggers.hints import Hints
from reloader.triggers.watch import Watch
from reloader.vty import Lines

ENGINES: dict[str, Callable[[Frr], Engine]] = {
    "batch": Batch,
    "frr-reload": lambda frr: FrrReload(frr, rest=Batch(frr, again=True)),
}


START_DESCRIPTORS, START_THREADS = 16, 8  # without so many nothing can be done at all
STACK_BYTES = 1024 * 1024  # of a thread: the usual 8 MiB count for RLIMIT_AS though they are not used


def run(settings: Settings, form: str) -> int:
    """Runs the sidecar to its end; `form` is the log's. Returns the exit code; raises WrongUseError."""
    os.umask(os.umask(0o077) | 0o022)  # what the sidecar makes is never writable for other users
    try:
        settings.check()
    except PermissionError as error:  # where a directory above may not be searched
        raise WrongUseError(f"{error.filename}: {error.strerror}") from error
    log, hints, stop = Log(form), Hints(), signals.Stop()
    threading.stack_size(STACK_BYTES)
    limits.check_room(START_DESCRIPTORS, START_THREADS)
    together.start()
    masking.faulty_line("no such line")  # reads FRR's keywords now, while there are file descriptors
    try:
        claim = lock(settings.state)
        claims = [claim]
        if orphan.end(settings.state):
            log.warn("a program that an earlier sidecar left changing FRR was ended")
        confdir.sweep(settings.state)
    except OSError as error:
        raise WrongUseError(f"--state {settings.state}: {error.strerror or error}") from error
    signals.install(stop, hints)
    frr = Frr(
        settings.vtysh,
        settings.frr_reload,
        settings.vty_socket,
        settings.pathspace,
        Lines(settings.sockets),
        settings.state,
        settings.step_timeout,
        stop.soon,
        log.warn,
    )
    engine = ENGINES[settings.engine](frr)
    linter = Linter(settings.step_timeout, settings.lint_ignore) if settings.lint else None
    if linter and linter.ignore and (wrong := linter.wrong_use(settings.state)):
        raise WrongUseError(f"--lint-ignore: {wrong}")
    gate = health.Gate(frr.lines, settings.health_gate)
    journal = Journal.open(settings.state)
    attempt = Attempt(frr, engine, linter, stop, settings.state, settings.allow_empty, journal, gate, log)
    watch = Watch(settings.watch, settings.file, hints, log, settings.written)
    history = History(settings.state, journal, settings.boot_file)
    if journal.damage:
        log.error(
            f"{journal.damage}. What it said is not known: FRR is compared with what is offered and the last good file"
        )
    if history.damage:
        log.error(history.damage)
    publisher = Publisher(settings.status, log)
    if publisher.exposure:
        log.warn(
            f"{publisher.exposure}: name a --status in a directory that only user id {os.geteuid()} can write. "
            "A reader believes a status of root, of its own user and of user frr only"
        )
    ground = Ground(settings.state, claim)
    machine = Machine(settings, attempt, history, ground, hints, watch, publisher, log)
    _quiet(log, watch)
    try:
        claims.append(_claim(settings.status))
        publisher.hold(claims[-1])
        with listeners.opened(settings, machine.board, hints, log):
            log.info(f"watching {settings.offered} for FRR at {settings.sockets}, engine {engine.name}")
            with contextlib.suppress(OSError), confdir.private(settings.state, b"", settings.pathspace) as private:
                frr.learn(private)
            return machine.run()
    finally:
        publisher.stop()
        watch.stop()
        for claim in claims:
            claim.close()


def _quiet(log: Log, watch: Watch) -> None:
    """Makes a thread that ends on an error, for want of memory perhaps, a line in the log; Python prints a traceback."""

    def ended(error: threading.ExceptHookArgs) -> None:
        watch.doubt()
        with contextlib.suppress(MemoryError):
            log.error(f"a thread ended: {limits.shortage(error.exc_value) or repr(error.exc_value)}")

    def ignored(error: sys.UnraisableHookArgs) -> None:
        with contextlib.suppress(MemoryError):
            log.error(f"an error was ignored: {limits.shortage(error.exc_value) or repr(error.exc_value)}")

    logging.getLogger().addHandler(logging.NullHandler())  # the libraries' own lines, which may be tracebacks
    threading.excepthook, sys.unraisablehook = ended, ignored


def _claim(status: Path) -> alive.Claim:
    """The lock beside the status file. Raises WrongUseError."""
    try:
        return alive.claim(status)
    except BlockingIOError as error:
        raise WrongUseError(
            f"--status {status}: another frr-reloader writes it; end that one, or name another file"
        ) from error
    except OSError as error:
        lock_file = alive.lock_file(status)
        raise WrongUseError(f"--status {status}: {lock_file} cannot be opened: {error.strerror or error}") from error
