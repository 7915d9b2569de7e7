"""The lines to the daemons: kept open from one question to the next, and opened anew when a daemon closed them."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path

from reloader.vty import DEAD, HUNG, Lines, Reply


class Daemon:
    """Answers on a vty socket as a daemon does, with the number of the connection and the command."""

    def __init__(self, directory: Path, name: str) -> None:
        self.connections: list[socket.socket] = []
        self.answers = True
        self.left = threading.Event()  # whoever asked has closed a line
        path = directory / f"{name}.vty"
        path.unlink(missing_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(8)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=(connection, len(self.connections)), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError):
            while command := connection.recv(4096):
                if self.answers:
                    connection.sendall(f"{number}: {command[:-1].decode()}".encode() + b"\0\0\0\0")
        self.left.set()

    def hang_up(self) -> None:
        """Closes all connections, as a daemon that ends."""
        for connection in self.connections:
            connection.shutdown(socket.SHUT_RDWR)


def said(found: dict[str, Reply]) -> dict[str, str]:
    return {name: reply.trouble or reply.text for name, reply in found.items()}


def test_one_line_serves_every_question(tmp_path: Path) -> None:
    daemon, lines = Daemon(tmp_path, "mgmtd"), Lines(tmp_path)
    assert said(lines.ask(["show version"], 5.0)) == {"mgmtd": "1: show version"}
    assert said(lines.ask(["enable", "show running-config"], 5.0)) == {"mgmtd": "1: show running-config"}
    assert len(daemon.connections) == 1


def test_a_daemon_that_hung_up_is_asked_over_a_new_line(tmp_path: Path) -> None:
    daemon, lines = Daemon(tmp_path, "bgpd"), Lines(tmp_path)
    lines.ask(["show version"], 5.0)
    daemon.hang_up()
    assert said(lines.ask(["show version"], 5.0)) == {"bgpd": "2: show version"}


def test_a_daemon_that_ended_is_dead_and_its_successor_is_asked(tmp_path: Path) -> None:
    daemon, lines = Daemon(tmp_path, "bgpd"), Lines(tmp_path)
    first = lines.ask(["show version"], 5.0)["bgpd"].life
    daemon.listener.shutdown(socket.SHUT_RDWR)
    daemon.listener.close()
    daemon.hang_up()
    assert said(lines.ask(["show version"], 5.0)) == {"bgpd": DEAD}
    Daemon(tmp_path, "bgpd")
    found = lines.ask(["show version"], 5.0)
    assert said(found) == {"bgpd": "1: show version"}
    assert found["bgpd"].life != first


def test_a_daemon_that_hangs_is_left_and_asked_again(tmp_path: Path) -> None:
    daemon, lines = Daemon(tmp_path, "zebra"), Lines(tmp_path)
    lines.ask(["show version"], 5.0)
    daemon.answers = False
    assert said(lines.ask(["show version"], 0.05)) == {"zebra": HUNG}
    daemon.answers = True
    assert said(lines.ask(["show version"], 5.0)) == {"zebra": "2: show version"}  # not the late answer to the other


def test_two_threads_ask_over_two_lines(tmp_path: Path) -> None:
    for name in ("bgpd", "zebra"):
        Daemon(tmp_path, name)
    lines = Lines(tmp_path)
    heard: list[dict[str, str]] = []

    def ask(question: str) -> None:
        for _ in range(50):
            heard.append({name: text.partition(": ")[2] for name, text in said(lines.ask([question], 5.0)).items()})
            assert heard[-1] in ({"bgpd": question, "zebra": question},)

    threads = [threading.Thread(target=ask, args=(question,)) for question in ("show version", "show running-config")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 100
    assert all(set(one.values()) in ({"show version"}, {"show running-config"}) for one in heard)


def test_no_line_is_left_open_to_what_is_gone(tmp_path: Path) -> None:
    daemon, lines = Daemon(tmp_path, "bgpd"), Lines(tmp_path)
    lines.ask(["show version"], 5.0)
    assert not daemon.left.is_set()
    (tmp_path / "bgpd.vty").unlink()
    assert lines.ask(["show version"], 5.0) == {}
    assert daemon.left.wait(5.0)
