"""Which sessions a file says, and which bgpd has."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from pathlib import Path

import pytest

from reloader import health, sessions
from reloader.sessions import Session
from reloader.vty import Lines

FILE = b"""\
router bgp 64512
 neighbor core peer-group
 neighbor 192.0.2.1 remote-as 1
 neighbor eth1 interface remote-as external
 neighbor 192.0.2.1 description remote-as is elsewhere
 ! neighbor 192.0.2.9 remote-as 1
 address-family ipv4 unicast
  neighbor 192.0.2.7 activate
 exit-address-family
exit
router bgp 64512 vrf red
 neighbor 192.0.2.2 peer-group core
exit
ip prefix-list neighbor seq 5 permit any
"""
WANTED = {Session("default", "192.0.2.1"), Session("default", "eth1"), Session("red", "192.0.2.2")}
SUMMARY = {
    "default": {
        "ipv4Unicast": {
            "routerId": "1.1.1.1",
            "peers": {"192.0.2.1": {"state": "Established"}, "192.0.2.3": {"state": "Active"}},
        },
        "l2VpnEvpn": {"peers": {"eth1": {"state": "Established"}}},
    },
    "red": {"ipv4Unicast": {"peers": {"192.0.2.2": {"state": "Established"}}}},
}


class Bgpd:
    """Answers on a vty socket as bgpd does."""

    def __init__(self, directory: Path) -> None:
        self.summary: object = SUMMARY
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(directory / "bgpd.vty"))
        self._listener.listen(8)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, contextlib.suppress(OSError):  # whoever asked may have gone
                while command := connection.recv(4096):
                    text = json.dumps(self.summary) if b"summary" in command else ""
                    connection.sendall(text.encode() + b"\0\0\0\0")


def test_an_address_is_written_as_bgpd_shows_it() -> None:
    content = b"router bgp 1\n neighbor 2001:DB8:0::1 remote-as 1\n neighbor FE80::0:2 remote-as 1\n neighbor Eth1 interface\n"
    wanted = {Session("default", peer) for peer in ("2001:db8::1", "fe80::2")}
    assert sessions.said(content + b" neighbor Eth1 interface remote-as 1\n") == {*wanted, Session("default", "Eth1")}


@pytest.mark.parametrize(
    "content",
    [
        FILE,
        FILE.replace(b"\n ", b"\n").replace(b"64512\n", b"64512\ntimers bgp 3 9\nmaximum-paths 4\n", 1),
        FILE.replace(b"router bgp 64512 vrf", b"rou b 64512 vr").replace(b" neighbor", b"\tneigh"),
        FILE.replace(b"\n", b"\r\n"),
    ],
    ids=["indented", "flat", "shortened", "CRLF"],
)
def test_the_sessions_of_a_file(content: bytes) -> None:
    assert sessions.said(content) == WANTED


def test_the_sessions_of_bgpd(tmp_path: Path) -> None:
    lines = Lines(tmp_path)
    assert sessions.established(lines, 5.0) is None
    bgpd = Bgpd(tmp_path)
    up = frozenset({Session("default", "192.0.2.1"), Session("default", "eth1"), Session("red", "192.0.2.2")})
    assert sessions.established(lines, 5.0) == up
    bgpd.summary = {}
    assert sessions.established(lines, 5.0) == frozenset()


def test_the_gate_waits_for_those_in_both_files_only(tmp_path: Path) -> None:
    bgpd = Bgpd(tmp_path)
    gate = health.Gate(Lines(tmp_path), 0.3)
    before = gate.before()
    assert len(before) == 3
    assert gate.lost(before, FILE, FILE, lambda: False) == frozenset()
    bgpd.summary = {"default": SUMMARY["default"]}
    lost = gate.lost(before, FILE, FILE, lambda: False)
    assert lost == frozenset({Session("red", "192.0.2.2")})
    assert "192.0.2.2 (vrf red)" in health.sentence(lost or frozenset(), 0.3)
    assert gate.lost(before, FILE, FILE.replace(b"192.0.2.2", b"192.0.2.8"), lambda: False) == frozenset()
    assert gate.lost(before, FILE.replace(b"192.0.2.2", b"192.0.2.8"), FILE, lambda: False) == frozenset()
    assert health.Gate(Lines(tmp_path), 5.0).lost(before, FILE, FILE, lambda: True) is None
    assert health.Gate(Lines(tmp_path), 0.0).before() == frozenset()
