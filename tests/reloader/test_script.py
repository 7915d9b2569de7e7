"""Differences as commands: in an order that FRR accepts, with each context entered and left."""

from __future__ import annotations

from reloader.engines.script import script
from reloader.residual import Difference, differences
from tests.reloader.test_residual import OF_8_4


def delete(*path: str) -> Difference:
    return Difference("delete", path)


def add(*path: str) -> Difference:
    return Difference("add", path)


def test_lines_of_one_context_share_it() -> None:
    bgp, family = "router bgp 64512", "address-family ipv4 unicast"
    listed = [
        add(bgp, "neighbor 192.0.2.1 remote-as 1"),
        add(bgp, family, "neighbor 192.0.2.1 activate"),
        add(bgp, "x y"),
    ]
    assert script(listed) == (
        "router bgp 64512\n neighbor 192.0.2.1 remote-as 1\n address-family ipv4 unicast\n"
        "  neighbor 192.0.2.1 activate\n exit-address-family\n x y\nexit\n"
    )


def test_deletions_come_first_and_what_refers_goes_before_what_it_refers_to() -> None:
    listed = [
        add("router bgp 2", "neighbor 192.0.2.1 route-map new in"),
        add("route-map new permit 10", "set metric 1"),
        delete("no vrf red"),
        delete("no route-map old permit 10"),
        delete("no router bgp 1 vrf red"),
        delete("vrf red", "no vni 100"),
        delete("router bgp 2", "no neighbor 192.0.2.1 route-map old in"),
    ]
    assert script(listed).split("\n") == [
        *("vrf red", " no vni 100", "exit-vrf"),
        "no router bgp 1 vrf red",
        *("router bgp 2", " no neighbor 192.0.2.1 route-map old in", "exit"),
        "no route-map old permit 10",
        "no vrf red",
        *("route-map new permit 10", " set metric 1", "exit"),
        *("router bgp 2", " neighbor 192.0.2.1 route-map new in", "exit"),
        "",
    ]


def test_a_new_entry_takes_the_place_of_the_one_of_its_number() -> None:
    listed = [
        add("ip prefix-list pods seq 10 permit 10.1.0.0/16"),
        add("no ip prefix-list pods seq 10 permit 10.2.0.0/16"),
        add("no ip prefix-list pods seq 20 permit 10.3.0.0/16"),
        delete("no bgp community-list standard c seq 5 permit 65000:1"),
        add("bgp community-list standard c seq 5 deny 65000:1 no-export"),
        add("bgp as-path access-list c seq 5 deny _65000$"),
    ]
    assert script(listed).splitlines() == [
        "ip prefix-list pods seq 10 permit 10.1.0.0/16",
        "no ip prefix-list pods seq 20 permit 10.3.0.0/16",
        "bgp community-list standard c seq 5 deny 65000:1 no-export",
        "bgp as-path access-list c seq 5 deny _65000$",
    ]


def test_an_entry_under_another_number_goes_before_the_new_one_comes() -> None:
    listed = [
        add("ip prefix-list pods seq 5 permit 10.2.0.0/16"),
        add("ip prefix-list pods seq 10 permit 10.1.0.0/16"),
        add("ipv6 access-list a seq 5 permit 2001:db8::/32"),
        add("no ip prefix-list pods seq 5 permit 10.1.0.0/16"),
        add("no ip prefix-list pods seq 10 permit 10.2.0.0/16"),
        delete("no ipv6 access-list a seq 5 permit 2001:db8::/32 exact-match"),
        delete("no ip prefix-list other seq 5 permit 10.1.0.0/16"),
    ]
    assert script(listed).splitlines() == [
        "no ip prefix-list other seq 5 permit 10.1.0.0/16",
        "no ip prefix-list pods seq 10 permit 10.2.0.0/16",
        "ip prefix-list pods seq 5 permit 10.2.0.0/16",
        "ip prefix-list pods seq 10 permit 10.1.0.0/16",
        "no ipv6 access-list a seq 5 permit 2001:db8::/32 exact-match",
        "ipv6 access-list a seq 5 permit 2001:db8::/32",
    ]


def test_both_old_entries_of_a_number_are_replaced() -> None:
    listed = [
        add("ip prefix-list pods seq 10 permit 10.3.0.0/16"),
        add("no ip prefix-list pods seq 10 permit 10.1.0.0/16"),
        add("no ip prefix-list pods seq 10 permit 10.2.0.0/16"),
        delete("no bgp community-list 5 seq 5 permit 65000:1"),
        add("bgp community-list 5 seq 5 permit 65000:2"),
    ]
    assert script(listed).splitlines() == [
        "ip prefix-list pods seq 10 permit 10.3.0.0/16",
        "bgp community-list 5 seq 5 permit 65000:2",
    ]


def test_an_empty_context_is_left_again_and_a_plain_line_is_not() -> None:
    listed = [add("router bgp 1"), add("hostname r"), add("ip route 10.0.0.0/8 blackhole"), add("bfd", "profile p")]
    assert script(listed) == (
        "router bgp 1\nexit\nhostname r\nip route 10.0.0.0/8 blackhole\nbfd\n profile p\n exit\nexit\n"
    )


def test_what_8_4_lists_without_closers_gets_them() -> None:
    text = script(differences(OF_8_4))
    assert text.count("\nexit\n") + text.count("exit-vrf\n") >= 4
    lines = text.splitlines()
    assert lines[lines.index(" vni 100") - 1 : lines.index(" vni 100") + 2] == ["vrf blue", " vni 100", "exit-vrf"]


def test_nothing_is_nothing() -> None:
    assert script([]) == ""
