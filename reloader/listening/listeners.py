"""Opening the listening sockets of the command line, and closing them."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

from reloader.board import Board
from reloader.limits import reason
from reloader.listening import sockets
from reloader.listening.access import OverTcp, OverUnix
from reloader.listening.answers import Answers
from reloader.listening.complaints import Complaints
from reloader.listening.server import Bounds, Server
from reloader.log import Log
from reloader.settings import Settings, WrongUseError
from reloader.triggers.hints import Hints
from reloader.triggers.port import Port

SILENCE_FACTOR = 4  # longest steps: a reload has a handful, and rolling back as many again
LOOP_DESCRIPTORS = 64  # file descriptors that a reload needs beside those of clients
SERVERS = 2  # at most: --socket and --listen


@contextlib.contextmanager
def opened(settings: Settings, board: Board, hints: Hints, log: Log) -> Iterator[None]:
    """Listens as long as the context lasts. Raises WrongUseError."""
    longest = SILENCE_FACTOR * settings.step_timeout + settings.health_gate
    answers = Answers(board, wait=longest, silence=longest + settings.poll)
    complaints, bounds = Complaints(log), bounded()
    with contextlib.ExitStack() as stack:
        if settings.socket is not None:
            with _named(f"--socket {settings.socket}"):
                listener = sockets.on_path(settings.socket, settings.socket_group)
                stack.callback(_remove, settings.socket, _identity(settings.socket))
                stack.callback(Server(listener, answers, OverUnix(settings.socket_group), complaints, bounds).stop)
        if settings.listen is not None:
            with _named("--listen {}:{}".format(*settings.listen)):
                access = OverTcp(settings.listen_names, settings.allow_tcp_reload)
                listener = sockets.on_port(*settings.listen)
                stack.callback(Server(listener, answers, access, complaints, bounds).stop)
        if settings.signal_listen is not None:
            with _named("--signal-listen {}:{}".format(*settings.signal_listen)):
                stack.callback(Port(sockets.on_port(*settings.signal_listen), hints).stop)
        yield


def bounded() -> Bounds:
    """How many clients a server takes, so that the loop has file descriptors enough whatever they do."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY:
        return Bounds()
    share = max(0, limit - LOOP_DESCRIPTORS) // SERVERS
    usual = Bounds()
    return Bounds(
        connections=max(2, min(usual.connections, share * 2 // 3)), waiting=max(1, min(usual.waiting, share // 3))
    )


@contextlib.contextmanager
def _named(option: str) -> Iterator[None]:
    """Turns what makes an option impossible into a sentence that names the option."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: no thread can be started
        raise WrongUseError(f"{option}: {getattr(error, 'strerror', None) or reason(error)}") from error


def _identity(path: Path) -> tuple[int, int]:
    kind = path.lstat()
    return kind.st_dev, kind.st_ino


def _remove(path: Path, identity: tuple[int, int]) -> None:
    """Removes the socket's name, unless another file has it by now."""
    with contextlib.suppress(OSError):
        if _identity(path) == identity:
            path.unlink()
