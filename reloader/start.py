"""Putting the sidecar together from its settings, and running it."""

from __future__ import annotations

import os

from reloader import confdir
from reloader.attempt import Attempt
from reloader.engines.frr_reload import FrrReload
from reloader.frr import Frr
from reloader.history import History
from reloader.log import Log
from reloader.machine import Machine
from reloader.settings import Settings, WrongUseError, lock
from reloader.triggers import signals
from reloader.triggers.hints import Hints
from reloader.triggers.watch import Watch


def run(settings: Settings, form: str) -> int:
    """Runs the sidecar to its end; `form` is the log's. Returns the exit code; raises WrongUseError."""
    settings.check()
    log, hints, stop = Log(form), Hints(), signals.Stop()
    try:
        claim = lock(settings.state)
        confdir.sweep(settings.state)
    except OSError as error:
        raise WrongUseError(f"--state {settings.state}: {error.strerror or error}") from error
    signals.install(stop, hints)
    frr = Frr(
        settings.vtysh,
        settings.frr_reload,
        settings.vty_socket,
        settings.pathspace,
        settings.step_timeout,
        stop.soon,
    )
    attempt = Attempt(frr, FrrReload(frr), stop, settings.state, settings.allow_empty)
    watch = Watch(settings.watch, settings.file, hints, log)
    machine = Machine(settings, attempt, History(settings.state), hints, watch, log)
    log.info(f"watching {settings.offered} for FRR at {frr.sockets}, engine {attempt.engine.name}")
    try:
        return machine.run()
    finally:
        watch.stop()
        os.close(claim)
