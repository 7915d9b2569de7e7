"""The port where any connection makes the sidecar look."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator

import pytest

from reloader.listening import sockets
from reloader.triggers import port as ports
from reloader.triggers.hints import Hint, Hints
from reloader.triggers.port import Port


class Knocked:
    """A port, and the hints that it gave."""

    def __init__(self) -> None:
        listener = sockets.on_port("127.0.0.1", 0)
        self.number = listener.getsockname()[1]
        self.hints = Hints()
        self.port = Port(listener, self.hints)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.number), timeout=20)


@pytest.fixture
def knocked() -> Iterator[Knocked]:
    made = Knocked()
    yield made
    made.port.stop()


def test_any_connection_makes_it_look(knocked: Knocked) -> None:
    for data in (b"", b"\n", b"reload\n", b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01", b"x" * 1_000_000):
        with knocked.connect() as client:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            assert client.recv(1) == b""  # and not a reset
        assert knocked.hints.wait(20) == {Hint.EVENT}
    with knocked.connect():  # sends nothing and stays
        assert knocked.hints.wait(20) == {Hint.EVENT}
    with knocked.connect() as client:  # resets the connection
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert knocked.hints.wait(20) == {Hint.EVENT}


def test_many_connections_are_one_look_and_one_more(knocked: Knocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PAUSE_SECONDS", 2.0)
    clients = [knocked.connect() for _ in range(100)]  # more than may linger
    assert knocked.hints.wait(20) == {Hint.EVENT}
    assert knocked.hints.wait(20) == {Hint.EVENT}  # for those that came after the first
    assert knocked.hints.wait(0.5) == frozenset()
    assert len(knocked.port._lingering) <= ports.LINGERING_LIMIT
    for client in clients:
        assert client.recv(1) == b""
        client.close()
    knocked.connect().close()
    assert knocked.hints.wait(20) == {Hint.EVENT}


def test_a_client_that_goes_on_sending_is_cut(knocked: Knocked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "LINGER_SECONDS", 0.3)
    with knocked.connect() as client:
        deadline = time.monotonic() + 20
        with pytest.raises(OSError):  # noqa: PT011, PT012  a reset or a broken pipe
            while time.monotonic() < deadline:
                client.sendall(b"x")
                time.sleep(0.01)
