"""The sockets: what is answered, what is a signal, and what nobody may do to the sidecar through them."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from reloader.board import Board
from reloader.listening import server
from reloader.listening.answers import Answers
from reloader.log import Log
from reloader.status import State, Verdict
from reloader.triggers.hints import Hint, Hints
from tests.reloader.test_status import LAST, STATUS


class Listening:
    """A server on a Unix socket and one on a TCP port, with a machine that answers each wish with one status."""

    def __init__(self, directory: Path) -> None:
        self.hints = Hints()
        self.board = Board(self.hints, STATUS)
        self.board.put_up(STATUS)
        self.path = directory / "socket"
        answers = Answers(self.board, wait=0.5, silence=5.0)
        tcp = server.on_port("127.0.0.1", 0)
        self.port = tcp.getsockname()[1]
        log = Log("text", StringIO())
        self.servers = [
            server.Server(server.on_path(self.path), answers, log, signals=False),
            server.Server(tcp, answers, log, signals=True),
        ]

    def connect(self, *, tcp: bool = False) -> socket.socket:
        if tcp:
            return socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(20)
        connection.connect(str(self.path))
        return connection

    def say(self, data: bytes, *, tcp: bool = False) -> tuple[int, bytes]:
        """Sends something; the answer's code (0: none) and its body."""
        with self.connect(tcp=tcp) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]) if head else 0, body

    def get(self, path: str, method: str = "GET", *, tcp: bool = False) -> tuple[int, bytes]:
        return self.say(f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), tcp=tcp)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    made = Listening(tmp_path)
    yield made
    for one in made.servers:
        one.stop()


def test_the_paths(listening: Listening) -> None:
    for tcp in (False, True):
        code, body = listening.get("/status", tcp=tcp)
        assert (code, json.loads(body)["schema"]) == (200, 1)
        assert listening.get("/livez?verbose", tcp=tcp) == (200, b"ok\n")
        code, body = listening.get("/metrics", tcp=tcp)
        assert code == 200
        assert b'frr_reloader_reloads_total{verdict="good"} 0\n' in body
        assert listening.get("/status", "HEAD", tcp=tcp) == (200, b"")
        assert listening.get("/nowhere", tcp=tcp)[0] == 404
        assert listening.get("/reload", tcp=tcp)[0] == 405
        assert listening.get("/status", "DELETE", tcp=tcp)[0] == 405


def test_ready_is_idle_with_a_good_file(listening: Listening) -> None:
    for state, good, code in ((State.IDLE, "a" * 64, 200), (State.IDLE, None, 503), (State.DEGRADED, "a" * 64, 503)):
        listening.board.put_up(replace(STATUS, state=state, good_hash=good))
        assert listening.get("/readyz")[0] == code


@pytest.mark.parametrize(
    ("verdict", "state", "code"),
    [
        (Verdict.GOOD, State.IDLE, 200),
        (Verdict.UNCHANGED, State.IDLE, 200),
        (Verdict.REFUSED, State.IDLE, 409),
        (Verdict.ROLLED_BACK, State.IDLE, 409),
        (Verdict.REFUSED, State.WAITING, 503),
    ],
)
def test_a_wish_to_reload_is_answered_with_its_verdict(
    listening: Listening, verdict: Verdict, state: State, code: int
) -> None:
    def machine() -> None:
        assert Hint.ASKED in listening.hints.wait(20)
        for request in listening.board.take():
            request.answer(replace(STATUS, state=state, last=replace(LAST, verdict=verdict)))

    threading.Thread(target=machine, daemon=True).start()
    found, body = listening.get("/reload", "POST")
    assert (found, json.loads(body)["last"]["verdict"]) == (code, verdict)


def test_a_wish_that_takes_too_long(listening: Listening) -> None:
    assert listening.get("/reload", "POST")[0] == 504


def test_what_is_no_http_on_tcp_is_a_signal_to_look(listening: Listening) -> None:
    for data in (b"", b"\n", b"reload\n", b"\x16\x03\x01"):
        assert listening.say(data, tcp=True) == (0, b"")
        assert listening.hints.wait(20) == {Hint.EVENT}
    with listening.connect(tcp=True):  # says nothing and stays
        assert listening.hints.wait(20) == {Hint.EVENT}
    assert listening.get("/metrics", tcp=True)[0] == 200
    assert listening.hints.wait(0.1) == frozenset()
    assert listening.say(b"reload\n")[0] == 400  # the Unix socket speaks HTTP only
    assert listening.hints.wait(0.1) == frozenset()


def test_long_and_broken_requests_are_refused(listening: Listening) -> None:
    assert listening.say(b"GET /" + b"x" * 20000)[0] == 413
    assert listening.say(b"GET /status\r\n\r\n")[0] == 400
    assert listening.say(b"GET /status HTTP/9\r\n\r\n")[0] == 400
    assert listening.get("/status")[0] == 200


def test_a_machine_that_stands_still_does_not_live(listening: Listening) -> None:
    listening.board._alive = time.monotonic() - 10
    assert listening.get("/livez")[0] == 503


def test_the_socket_is_for_user_and_group_and_replaces_a_dead_one_only(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    first = server.on_path(path)
    kind = path.stat()
    assert stat.S_ISSOCK(kind.st_mode)
    assert stat.S_IMODE(kind.st_mode) == 0o660
    with pytest.raises(OSError, match="another process answers"):
        server.on_path(path)
    first.close()  # as when it was killed: the name stays
    server.on_path(path).close()
    path.unlink()
    path.write_text("mine")
    with pytest.raises(OSError, match="no socket"):
        server.on_path(path)
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["socket"]  # noqa: PTH208
