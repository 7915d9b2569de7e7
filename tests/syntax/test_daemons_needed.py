import tracemalloc

import pytest

from frrcompile.syntax import daemons_needed


@pytest.mark.parametrize(
    ("text", "daemons"),
    [
        ("", ""),
        ("hostname r1\nlog syslog\n!\nip prefix-list a seq 5 permit any\n", ""),
        ("route-map a permit 10\n match ip address prefix-list a\nexit\nkey chain k\n key 1\n", ""),
        ("interface eth0\n ip address 192.0.2.1/24\nexit\nvrf red\n vni 100\nexit-vrf\n", ""),
        ("router bgp 64512\n", "bgpd"),
        ("rou b 64512\n", "bgpd"),
        ("rpki\n rpki polling_period 60\n", "bgpd"),
        ("bgp as-path access-list a seq 5 permit ^$\n", "bgpd"),
        ("ip route 192.0.2.0/24 blackhole\n", "staticd"),
        ("vrf red\n ipv6 route ::/0 2001:db8::1\n", "staticd"),
        ("ip route 192.0.2.0/24 198.51.100.1 bfd profile slow\n", "staticd bfdd"),
        ("bfd\n profile slow\n", "bfdd"),
        ("router bgp 64512\n neighbor eth0 bfd\n", "bgpd bfdd"),
        ("router bgp 64512\n neighbor 192.0.2.1 bfd profile slow\n", "bgpd bfdd"),
        ("router bgp 64512\n neighbor bfd description bfd\n", "bgpd"),
        ("interface eth0\n ip ospf area 0\n ip router isis core\n", "ospfd isisd"),
        ("interface eth0\n ip ospf bfd\n", "ospfd bfdd"),
        ("segment-routing\n", ""),
        ("segment-routing\n traffic-eng\n", "pathd"),
        ("segment-routing\n srv6\n  static-sids\n", "staticd"),
        ("mpls ldp\n address-family ipv4\n", "ldpd"),
        ("mpls label bind 192.0.2.0/24 16\n", ""),
    ],
)
def test_each_line_names_whose_running_it_needs(text: str, daemons: str) -> None:
    assert daemons_needed(text) == {"zebra", *daemons.split()}


@pytest.mark.parametrize("text", ["no router bgp 64512\n", "no ip route 192.0.2.0/24 blackhole\n", "! router bgp 1\n"])
def test_what_is_taken_back_or_commented_out_needs_nobody(text: str) -> None:
    assert daemons_needed(text) == {"zebra"}


def test_a_line_needs_its_daemon_wherever_it_stands() -> None:
    assert daemons_needed("interface eth0\nip route 192.0.2.0/24 blackhole\n") == {"zebra", "staticd"}


def test_crlf_and_a_missing_final_newline_make_no_difference() -> None:
    assert daemons_needed("router bgp 64512\r\n neighbor eth0 bfd\r\nexit") == {"zebra", "bgpd", "bfdd"}


@pytest.mark.deep
def test_half_a_million_different_lines_are_not_remembered() -> None:
    text = "".join(f"ip route 10.{at >> 16}.{at >> 8 & 255}.{at & 255}/32 192.0.2.1\n" for at in range(120_000))
    tracemalloc.start()
    try:
        assert daemons_needed(text) == {"zebra", "staticd"}
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000, "all 120,000 lines and their words take 44 MB"
