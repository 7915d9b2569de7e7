"""Passwords and `line vty`: what a file says, and what each daemon shows."""

from __future__ import annotations

import pytest

from reloader import terminal

SHOWN = "password a\nenable password b\n!\nline vty\n access-class A\n ipv6 access-class B\n exec-timeout 7 0\n no login\nexit\n"
UNDONE = [
    *("delete: no password", "delete: no enable password", "delete: line vty / no access-class A"),
    *("delete: line vty / no ipv6 access-class B", "delete: line vty / exec-timeout 10 0", "delete: line vty / login"),
]


def differs(wanted: str, *shown: str) -> list[str]:
    texts = {f"daemon-{number}": text for number, text in enumerate(shown)}
    return [" / ".join((f"{one.action}: {one.path[0]}", *one.path[1:])) for one in terminal.differences(wanted, texts)]


def test_what_one_daemon_has_too_much_goes() -> None:
    assert differs("router bgp 1\n", "", SHOWN) == UNDONE
    assert differs(SHOWN, SHOWN) == []


@pytest.mark.parametrize("line", [" exec-timeout 10\n", " exec-timeout 10 0\n", " login\n", " no access-class A\n"])
def test_a_default_is_no_difference(line: str) -> None:
    assert differs(f"line vty\n{line}", "") == []


def test_values_are_as_frr_shows_them() -> None:
    assert differs("line vty\n exec-timeout 7\n", "line vty\n exec-timeout 7 0\n") == []
    assert differs("line vty\n no exec-timeout\n", "line vty\n exec-timeout 0 0\n") == []
    assert differs("password  a\nno password\npassword b\n", "password a\n") == ["add: password b"]
    assert differs("router bgp 1\n neighbor 192.0.2.1 password a\n", "") == []


def test_an_encrypted_password_is_sent_and_not_compared() -> None:
    texts = {"zebra": "password 8 x1\n", "bgpd": "password 8 x2\n"}
    assert list(terminal.differences("password a\n", texts)) == []
    assert [one.path for one in terminal.unseen("password a\nenable password b\n", texts)] == [("password a",)]
    assert differs("password 8 x\n", "password a\n") == ["add: password 8 x"]
