"""The sockets that can be asked: any bytes get an HTTP answer or none, and the next client is answered as ever."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import lru_cache

from reloader.status import Verdict
from tests.fuzz import oracle
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target
from tests.reloader.test_listening import Listening

CODES = range(200, 600)


@lru_cache(maxsize=1)
def listening() -> Listening:
    """Both servers, with a machine that answers every wish at once."""
    made = Listening(scratch())

    def machine() -> None:
        while True:
            made.board.beat()
            made.hints.wait(1)
            for request in made.board.take():
                request.answer(made.board.status)

    threading.Thread(target=machine, daemon=True).start()
    return made


def run(data: bytes) -> None:
    made = listening()
    for tcp in (False, True):
        with contextlib.suppress(OSError):  # who sends on after the answer is cut off
            code, body = made.say(data, tcp=tcp)
            oracle.expect(not code or code in CODES, "an answer without a code of HTTP's", code)
            oracle.output(body.decode(), "HTTP")
        oracle.expect(made.get("/livez", tcp=tcp) == (200, b"ok\n"), "the next client is not answered")
    said = made.log.getvalue()
    oracle.expect("cannot be served" not in said, "a request ends in an exception", said)
    oracle.output(said, "the log")


def requests() -> Iterator[bytes]:
    for line in (
        "GET /status",
        "GET /livez",
        "GET /readyz",
        "GET /metrics",
        "POST /reload",
        "HEAD /status",
        "PUT /",
        "GET /x",
    ):
        yield f"{line} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    yield b"POST /reload HTTP/1.1\r\nHost: [::1]:7080\r\nOrigin: http://x\r\nContent-Length: 3\r\n\r\nabc"
    yield b"POST /reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    yield b"GET http://127.0.0.1/status HTTP/1.0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n"
    yield b"reload\n"


def words() -> Iterator[str]:
    yield from (
        "GET ",
        "POST ",
        "HEAD ",
        "/status",
        "/reload",
        "/livez",
        " HTTP/1.1",
        " HTTP/0.9",
        "\r\n",
        "\r\n\r\n",
        "\n\n",
    )
    yield from (
        "Host: ",
        "Origin: ",
        "Content-Length: ",
        "Transfer-Encoding: chunked",
        "Connection: keep-alive",
        "Upgrade: ",
    )
    yield from (f" {verdict}" for verdict in Verdict)


TARGET = Target(run, requests, words, size=20_000)
