"""What a daemon answers on its vty socket: the protocol, the version, the policies, the sessions."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reloader import daemons, policies, residual, running, sessions
from reloader.vty import Lines
from tests.fuzz import oracle, seeds
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target

SECONDS = 5.0
TROUBLES_LIMIT = 200  # characters
COMMAND_LIMIT = 4096


class Daemon:
    """A bgpd that answers each command with the same bytes, and hangs up."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(exist_ok=True)
        self.answer = b""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(directory / "bgpd.vty"))
        self._listener.listen()
        self.lines = Lines(directory)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, contextlib.suppress(OSError):
                if connection.recv(COMMAND_LIMIT):
                    connection.sendall(self.answer)


@lru_cache(maxsize=1)
def daemon() -> Daemon:
    return Daemon(scratch() / "vty")


def run(data: bytes) -> None:
    bgpd = daemon()
    bgpd.answer = data
    said = bgpd.lines.ask(["show version"], SECONDS)["bgpd"]
    oracle.expect(len(said.trouble) < TROUBLES_LIMIT, "a daemon's trouble is without bounds")
    whole = data[-4:-1] == b"\0\0\0"
    oracle.expect(not said.trouble if whole else True, "a whole answer is not taken", said.trouble)
    daemons.probe(bgpd.lines, SECONDS)
    text = data.decode(errors="replace")
    for line in policies.compared({"bgpd": text, "zebra": text[: len(text) // 2]}, "zebra"):
        str(line)
    list(residual.vrf_content(text, "red"))
    running.is_empty({"bgpd": text})
    running.fingerprint({"bgpd": text})
    found = sessions.established(bgpd.lines, SECONDS)
    oracle.expect(all(isinstance(part, str) for one in found or () for part in one), "a session is no text", found)


def answers() -> Iterator[bytes]:
    for text in (b"FRRouting 10.3 (r1) on Linux(6.1).\n", *seeds.confs(), SUMMARY):
        yield text + b"\0\0\0\0"
    yield b"\0\0\0\0"
    yield b"% Unknown command\n\0\0\0\x02"


def words() -> Iterator[str]:
    yield from (
        "\0\0\0\0",
        "\0\0\0\x02",
        '"peers": ',
        '"state": "Established"',
        '"ipv4Unicast": ',
        "{",
        "}",
        "[",
        "]",
        ",",
        "null",
    )
    yield from seeds.words()


SUMMARY = b'{"default": {"ipv4Unicast": {"peers": {"192.0.2.1": {"state": "Established"}}, "routerId": "192.0.2.9"}}}'
TARGET = Target(run, answers, words)
