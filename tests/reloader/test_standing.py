"""What a file need not say, and what FRR does not show, where a change is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloader import hidden, standing
from reloader.journal import Journal

ZEBRA = "frr version 10.3\nfrr defaults datacenter\n!\nno ipv6 forwarding\nend\n"
NOW = ("frr defaults datacenter", "ip forwarding", "no ipv6 forwarding")


def test_what_frr_has_now() -> None:
    assert standing.shown({"zebra": ZEBRA, "bgpd": ""}) == NOW
    assert standing.shown({"bgpd": ZEBRA}) == ()


@pytest.mark.parametrize(
    ("data", "completed"),
    [
        ("router bgp 1\nexit\nend\n", "router bgp 1\nfrr defaults datacenter\nip forwarding\nno ipv6 forwarding\n"),
        ("ipv6 forwarding\r\nvrf red\n", "ipv6 forwarding\r\nvrf red\nfrr defaults datacenter\nip forwarding\n"),
        (
            "no ip forwarding\nfrr defaults x\nno ipv6 forwarding",
            "no ip forwarding\nfrr defaults x\nno ipv6 forwarding",
        ),
    ],
)
def test_a_file_is_completed_with_what_it_does_not_say(data: str, completed: str) -> None:
    assert standing.completed(data.encode(), NOW).decode() == completed
    assert standing.completed(data.encode(), ()).decode() == data


def test_a_note_in_the_journal_completes_nothing_else() -> None:
    assert standing.completed(b"!\n", ("output file /x", "no router bgp 1", "ip forwarding\nx")) == b"!\n"


def test_what_frr_had_before_the_first_of_several_changes_is_kept(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    journal.begin("a" * 64, "apply", NOW)
    journal.at("verify")
    journal.failed()
    journal.begin("b" * 64, "apply", ("ip forwarding",))
    assert Journal.open(tmp_path).standing == NOW
    journal.done()
    journal.begin("b" * 64, "apply", ("ip forwarding",))
    assert Journal.open(tmp_path).standing == ("ip forwarding",)


def test_what_frr_may_not_show_is_undone() -> None:
    failed = b"log filter-text foo\nlog immediate-mode\npassword 8 x\nenable password 8 y\npassword plain\nlog syslog\n"
    wanted = b"log immediate-mode\nenable password plain\n"
    assert [str(one) for one in hidden.undone(failed, wanted)] == [
        "delete: no log filter-text foo",
        "delete: no password",
    ]
