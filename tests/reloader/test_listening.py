"""The sockets: what is answered, what is a signal, and what nobody may do to the sidecar through them."""

from __future__ import annotations

import _thread
import contextlib
import json
import os
import resource
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from reloader.board import Board
from reloader.listening import connection, sockets
from reloader.listening import server as serving
from reloader.listening.access import OverTcp, OverUnix
from reloader.listening.answers import Answers
from reloader.listening.complaints import Complaints
from reloader.listening.listeners import bounded
from reloader.listening.server import Bounds, Server
from reloader.log import Log
from reloader.status import State, Verdict
from reloader.triggers.hints import Hint, Hints
from tests.reloader.test_status import LAST, STATUS


class Listening:
    """A server on a Unix socket and one on a TCP port, with short bounds; `answer` plays the sidecar's loop."""

    def __init__(self, directory: Path, *, wait: float = 0.5, group: int | None = None) -> None:
        self.hints = Hints()
        self.board = Board(self.hints, STATUS)
        self.board.put_up(STATUS)
        self.path = directory / "socket"
        self.log = StringIO()
        answers = Answers(self.board, wait=wait, silence=5.0)
        tcp = sockets.on_port("127.0.0.1", 0)
        self.port = tcp.getsockname()[1]
        complaints, bounds = Complaints(Log("text", self.log)), Bounds(connections=4, waiting=2)
        self.servers = [
            Server(sockets.on_path(self.path, group), answers, OverUnix(group), complaints, bounds),
            Server(tcp, answers, OverTcp(("node-0.example.net",)), complaints, bounds),
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
            return answer_on(connection)

    def get(self, path: str, method: str = "GET", *headers: str, tcp: bool = False) -> tuple[int, bytes]:
        lines = [f"{method} {path} HTTP/1.1", *(headers or ("Host: 127.0.0.1:7080",)), "", ""]
        return self.say("\r\n".join(lines).encode(), tcp=tcp)

    def wish(self, *, tcp: bool = False) -> socket.socket:
        """A client that waits for the verdict."""
        connection = self.connect(tcp=tcp)
        connection.sendall(b"POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return connection


def answer_on(connection: socket.socket) -> tuple[int, bytes]:
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]) if head else 0, body


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    made = Listening(tmp_path)
    yield made
    for one in made.servers:
        one.stop()


@pytest.fixture
def listening_long(tmp_path: Path) -> Iterator[Listening]:
    """The same, where a client waits long for a verdict."""
    made = Listening(tmp_path, wait=60.0)
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


def test_long_and_broken_requests_are_refused(listening: Listening) -> None:
    assert listening.say(b"GET /" + b"x" * 20000)[0] == 431
    assert listening.say(b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 3000)[0] == 431
    for broken in (b"reload\n", b"\x16\x03\x01\n", b"GET /status HTTP/x\r\n\r\n", b"GET\x1b[2J /status\r\n\r\n"):
        code, body = listening.say(broken)
        assert code == 400
        assert body.decode().strip().isprintable()
    assert listening.say(b"GET /status HTTP/9.1\r\nHost: a\r\n\r\n")[0] == 505
    assert listening.say(b"BREW /status HTTP/1.1\r\nHost: a\r\n\r\n")[0] == 501
    assert listening.say(b"") == (0, b"")
    assert listening.get("/status")[0] == 200
    assert listening.hints.wait(0.1) == frozenset()


VALID = b"Host: localhost\r\n"


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        b"GET /livez HTTP/1.1\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"no colon\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"Origin : http://evil.example\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b" folded: x\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"a: \x1b[2J\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"a: b\rc: d\r\n",
        b"\x0cGET /livez HTTP/1.1\r\n" + VALID,
        b" GET /livez HTTP/1.1\r\n" + VALID,
        b"GET  /livez HTTP/1.1\r\n" + VALID,
        b"GET /livez HTTP/1.1 \r\n" + VALID,
        b"GET /livez\r\n" + VALID,
        b"GET /livez HTTP/1.1\r\n" + VALID + b"Sec-Fetch-Site: none\r\nsec-fetch-site: cross-site\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"Origin: null\r\nOrigin: null\r\n",
        b"GET /livez HTTP/1.1\r\n" + VALID + b"Host: evil.example\r\n",
        *(
            b"GET /livez HTTP/1.1\r\nHost: " + host + b"\r\n"
            for host in (
                *(
                    b"",
                    b"127.0.0.1:80:evil.example",
                    b"[fe80::1%evil.example]",
                    b"[::1",
                    b"a b",
                    b"evil.example/127.0.0.1",
                ),
                *(b"user@127.0.0.1", b"127.0.0.1:x", b"\x1b[2J", b"localhost, evil.example", b"\xff"),
            )
        ),
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused(listening: Listening, head: bytes, tcp: bool) -> None:
    code, body = listening.say(head + b"\r\n", tcp=tcp)
    assert code == 400
    assert body.decode().strip().isprintable()
    assert "'" not in body.decode()


def test_a_head_that_is_cut_off_is_refused(listening: Listening) -> None:
    for head in (b"GET", b"GET /livez HTTP/1.1\r\n" + VALID, b"GET /livez HTTP/1.1\r\n" + VALID + b"a: b"):
        assert listening.say(head)[0] == 400


@pytest.mark.parametrize("tcp", [False, True])
def test_other_forms_of_a_valid_head(listening: Listening, tcp: bool) -> None:
    for head in (
        b"\r\n\r\nGET /livez HTTP/1.1\r\n" + VALID,
        b"GET /livez HTTP/1.1\nHost:localhost \t\n",
        b"GET /livez HTTP/1.0\r\n",
        b"GET /livez HTTP/1.1\r\nhost: [::1]:7080\r\nX: caf\xe9\r\nempty:\r\n",
    ):
        assert listening.say(head + b"\r\n", tcp=tcp) == (200, b"ok\n"), head


def test_the_methods_are_said(listening: Listening) -> None:
    def allowed(method: str, path: str) -> str:
        with listening.connect() as client:
            client.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            answer = client.makefile("rb").read().decode()
        return answer.split()[1] + answer.partition("Allow:")[2].partition("\r\n")[0]

    assert allowed("OPTIONS", "*") == "204 GET, HEAD, POST, OPTIONS"
    assert allowed("DELETE", "/status") == "405 GET, HEAD"
    assert allowed("GET", "/reload") == "405 POST"
    assert allowed("OPTIONS", "/nowhere") == "404"


@pytest.mark.parametrize("tcp", [False, True])
def test_probes_are_answered_beside_any_number_of_slow_clients(listening: Listening, tcp: bool) -> None:
    """Heads that never end, clients that never read, and clients that wait for a verdict."""
    slow = []
    for number in range(24):
        client = listening.connect(tcp=tcp)
        slow.append(client)
        client.sendall((b"", b"GET /st", b"GET /status HTTP/1.1\r\nHost: localhost\r\na: ")[number % 3])
    if not tcp:
        slow += [listening.wish() for _ in range(8)]
    for path in ("/livez", "/status", "/metrics"):
        assert listening.get(path, tcp=tcp)[0] == 200
    assert listening.get("/readyz", tcp=tcp)[0] == 503
    assert listening.log.getvalue().count("\n") == 1
    assert "more than 4 clients at a time" in listening.log.getvalue()
    for client in slow:
        client.close()


def test_a_connection_has_one_deadline(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends a byte now and then gets no more time for it, before its answer and after it."""
    monkeypatch.setattr(serving, "CONNECTION_SECONDS", 0.5)
    monkeypatch.setattr(connection, "DRAIN_SECONDS", 0.3)
    for head, code in ((b"GET /status HTTP/1.1\r\na: ", 408), (b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n", 200)):
        with listening.connect() as client:
            client.sendall(head)
            ended = threading.Event()

            def drip(client: socket.socket = client, ended: threading.Event = ended) -> None:
                with contextlib.suppress(OSError):
                    while True:
                        client.sendall(b"x")
                        time.sleep(0.01)
                ended.set()

            threading.Thread(target=drip, daemon=True).start()
            assert answer_on(client)[0] == code
            assert ended.wait(20)  # the connection was closed, though the client goes on
    deadline = time.monotonic() + 20
    while listening.servers[0].places._taken:
        assert time.monotonic() < deadline


def test_waiting_clients_are_bounded_and_answered_together(listening_long: Listening) -> None:
    listening = listening_long
    first = [listening.wish(), listening.wish()]
    deadline = time.monotonic() + 20
    while listening.servers[0].waiting._value:  # until both wait
        assert time.monotonic() < deadline
    found = listening.get("/reload", "POST")
    assert found[0] == 503
    assert b"2 clients wait for a verdict already" in found[1]
    assert Hint.ASKED in listening.hints.wait(20)
    requests = listening.board.take()
    assert len(requests) == 1  # one look is for both
    requests[0].answer(replace(STATUS, last=replace(LAST, verdict=Verdict.GOOD)))
    for client in first:
        with client:
            assert answer_on(client)[0] == 200


def test_a_client_that_hangs_up_gives_its_place_back(listening_long: Listening) -> None:
    listening = listening_long
    for _ in range(6):
        listening.wish().close()
    deadline = time.monotonic() + 20
    while True:
        with listening.wish() as client:
            client.settimeout(0.5)
            try:
                assert answer_on(client)[0] == 503
            except TimeoutError:
                break  # it waits
        assert time.monotonic() < deadline


def test_hosts_over_tcp(listening: Listening) -> None:
    """The kubelet sends the pod's address; a page whose name was bound to this address sends its name."""
    for host in (
        "127.0.0.1",
        "10.244.1.7:7080",
        "[fd00::1]:7080",
        "[::1]",
        "localhost:1",
        "LocalHost.",
        "Node-0.example.net:80",
    ):
        assert listening.get("/livez", "GET", f"Host: {host}", tcp=True)[0] == 200, host
    for host in ("evil.example:7080", "localhost.evil.example", "127.0.0.1.evil.example", "x" * 500):
        code, body = listening.get("/livez", "GET", f"Host: {host}", tcp=True)
        assert code == 421
        assert len(body) < 350
        assert body.decode().strip().isprintable()
    assert listening.get("/livez", "GET", "Host: evil.example")[0] == 200  # no page reaches a Unix socket
    assert "evil.example" in listening.log.getvalue()
    assert listening.log.getvalue().count("\n") == 1


def test_post_over_tcp_is_off_and_never_for_a_web_page(listening: Listening) -> None:
    code, body = listening.get("/reload", "POST", tcp=True)
    assert code == 403
    assert b"--allow-tcp-reload" in body
    listening.servers[1].access = OverTcp(allow_reload=True)
    page = (
        "Origin: http://127.0.0.1:7080",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
    )
    for header in page:
        for tcp in (False, True):
            code, body = listening.get("/reload", "POST", "Host: 127.0.0.1", header, tcp=tcp)
            assert code == 403
            assert b"web page" in body
    assert listening.get("/reload", "POST", "Host: evil.example", tcp=True)[0] == 421
    assert listening.hints.wait(0.1) == frozenset()  # none of these was a reason to look
    with listening.wish(tcp=True) as client:
        assert answer_on(client)[0] == 504
    assert listening.hints.wait(0.1) == {Hint.ASKED}


USER, GROUP = 12345, 23456
CLIENT = """
import os, socket, sys
user, path, *groups = sys.argv[1:]
os.setgroups([int(one) for one in groups]); os.setgid(int(user)); os.setuid(int(user))
with socket.socket(socket.AF_UNIX) as client:
    try:
        client.connect(path)
    except PermissionError:
        sys.exit("closed")
    client.sendall(b"POST /reload HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
    client.settimeout(20)
    print(client.makefile("rb").read().decode())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_the_unix_socket_is_for_root_the_own_user_and_the_group() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # pytest's own directories are closed to other users
        directory = Path(name)
        directory.chmod(0o755)
        made = Listening(directory, group=GROUP)

        def ask(*groups: int) -> str:
            argv = [sys.executable, "-c", CLIENT, str(USER), str(made.path), *map(str, groups)]
            done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
            return done.stdout + done.stderr

        kind = made.path.stat()
        assert (stat.S_IMODE(kind.st_mode), kind.st_gid) == (0o660, GROUP)
        assert made.get("/reload", "POST")[0] == 504  # root
        assert ask() == "closed\n"
        assert " 504 " in ask(GROUP)
        assert " 504 " in ask(*range(30000, 30100), GROUP)
        made.path.chmod(0o666)  # as where an access control list lets others in
        said = ask(GROUP + 1)
        assert " 403 " in said
        assert f"user id {USER} may not POST" in said
        assert f"user id {USER} may not POST" in made.log.getvalue()
        for one in made.servers:
            one.stop()


def test_few_file_descriptors_mean_few_clients() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        for limit, bounds in ((32, Bounds(2, 1)), (100, Bounds(12, 6)), (512, Bounds())):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, before[1]))
            assert bounded() == bounds
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_without_another_thread_clients_are_served_one_after_another(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(_thread, "start_new_thread", none_left)
        with listening.connect() as silent:
            assert listening.get("/livez")[0] == 200
            assert silent.recv(100).startswith(b"HTTP/1.1 408")
        assert listening.get("/reload", "POST")[0] == 503
    assert "no thread can be started" in listening.log.getvalue()
    assert listening.get("/reload", "POST")[0] == 504


def test_complaints_are_few() -> None:
    log = StringIO()
    few = Complaints(Log("text", log), pause=0.2)
    for _ in range(100):
        few.say("one", "first")
        few.say("two", "second")
    assert log.getvalue().count("\n") == 2
    time.sleep(0.3)
    few.say("one", "first")
    assert log.getvalue().endswith("first (99 more since the last such line)\n")


def test_a_machine_that_stands_still_does_not_live(listening: Listening) -> None:
    listening.board._alive = time.monotonic() - 10
    assert listening.get("/livez")[0] == 503


def test_the_socket_is_for_its_user_and_replaces_a_dead_one_only(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    first = sockets.on_path(path)
    kind = path.stat()
    assert stat.S_ISSOCK(kind.st_mode)
    assert stat.S_IMODE(kind.st_mode) == 0o600
    with pytest.raises(OSError, match="another process answers"):
        sockets.on_path(path)
    first.close()  # as when it was killed: the name stays
    sockets.on_path(path).close()
    path.unlink()
    path.write_text("mine")
    with pytest.raises(OSError, match="no socket"):
        sockets.on_path(path)
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["socket"]  # noqa: PTH208
