"""The rules about names, beyond the examples in their documentation."""

from __future__ import annotations

import pytest

from tests.lint.finding import bgp, found

LOOP = "route-map {0} permit 10\n call {1}\nexit\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("neighbor 192.0.2.1 route-map m out", "FRR201"),
        ("network 10.0.0.0/8 route-map m", "FRR201"),
        ("redistribute connected route-map m", "FRR201"),
        ("aggregate-address 10.0.0.0/8 route-map m", "FRR201"),
        ("table-map m", "FRR201"),
        ("import vrf route-map m", "FRR201"),
        ("aggregate-address 10.0.0.0/8 suppress-map m", "FRR202"),
        ("neighbor 192.0.2.1 unsuppress-map m", "FRR202"),
        ("neighbor 192.0.2.1 prefix-list m in", "FRR205"),
        ("neighbor 192.0.2.1 distribute-list m in", "FRR205"),
        ("neighbor 192.0.2.1 filter-list m in", "FRR205"),
    ],
)
def test_undefined_in_an_address_family(line: str, code: str) -> None:
    text = bgp(f"neighbor 192.0.2.1 remote-as 1\naddress-family ipv4 unicast\n{line}\nexit-address-family\nexit")
    assert found(text, "FRR201", "FRR202", "FRR205") == [f"4 {code}"]


@pytest.mark.parametrize("line", ["ip protocol bgp route-map m", "ipv6 protocol static route-map m"])
def test_undefined_for_what_zebra_takes(line: str) -> None:
    assert found(line, "FRR201") == ["1 FRR201"]


def test_evpn_advertises_everything_without_its_route_map() -> None:
    text = bgp("address-family l2vpn evpn\nadvertise ipv4 unicast route-map m\nexit-address-family")
    assert found(text, "FRR201", "FRR202") == ["3 FRR202"]


@pytest.mark.parametrize(
    "match",
    [
        "ip address prefix-list x",
        "ip address x",
        "ipv6 address prefix-list x",
        "ip next-hop prefix-list x",
        "community x",
        "large-community x",
        "extcommunity x",
        "as-path x",
        "mac address x",
    ],
)
def test_a_match_by_what_is_not_there(match: str) -> None:
    assert found(f"route-map m permit 10\n match {match}\nexit", "FRR206") == ["2 FRR206"]


def test_a_name_of_the_other_family_is_told_once() -> None:
    text = "ip prefix-list x seq 5 permit any\nroute-map m permit 10\n match ipv6 address prefix-list x\nexit"
    assert found(text, "FRR205", "FRR206", "FRR208") == ["3 FRR208"]


def test_a_session_s_list_of_the_other_family() -> None:
    text = "ipv6 prefix-list x seq 5 permit any\n" + bgp(
        "neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 prefix-list x in"
    )
    assert found(text, "FRR205", "FRR208") == ["4 FRR208"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (LOOP.format("a", "a"), ["2 FRR204"]),
        (LOOP.format("a", "b") + LOOP.format("b", "a"), ["5 FRR204"]),
        (LOOP.format("a", "b") + LOOP.format("b", "c") + LOOP.format("c", "a"), ["8 FRR204"]),
        (LOOP.format("a", "b") + LOOP.format("b", "c") + LOOP.format("c", "b"), ["8 FRR204"]),
        (LOOP.format("a", "c") + LOOP.format("b", "c") + LOOP.format("c", "d"), []),
        (LOOP.format("a", "b").replace("permit", "deny") + LOOP.format("b", "a"), ["5 FRR204"]),
        (LOOP.format("a", "nobody"), []),
    ],
)
def test_circles_of_calls(text: str, where: list[str]) -> None:
    assert found(text, "FRR204") == where


def test_a_long_chain_of_calls_is_no_trouble() -> None:
    chain = "".join(LOOP.format(f"m{number}", f"m{number + 1}") for number in range(3000))
    assert found(chain, "FRR204") == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 peer-group g", ["2 FRR210"]),
        ("bgp listen range 10.0.0.0/8 peer-group g", ["2 FRR210"]),
        ("neighbor eth1 interface peer-group g", ["2 FRR210"]),
        ("neighbor eth1 interface v6only peer-group g", ["2 FRR210"]),
        ("neighbor 192.0.2.1 peer-group g\nneighbor g peer-group", ["2 FRR211"]),
        ("neighbor g peer-group\nneighbor 192.0.2.1 peer-group g", []),
    ],
)
def test_peer_groups(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR210", "FRR211") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor g remote-as 1\nneighbor g description x", ["2 FRR226"]),
        ("neighbor g peer-group\nneighbor g remote-as 1", []),
        ("neighbor eth1 interface remote-as 1\nneighbor eth1 description x", []),
        ("neighbor 192.0.2.1 remote-as 1\nneighbor 2001:db8::1 remote-as 1", []),
    ],
)
def test_neighbors_by_name(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR226") == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ip route 10.0.0.0/8 192.0.2.1 vrf red", ["1 FRR216"]),
        ("ip route 10.0.0.0/8 192.0.2.1 nexthop-vrf red", ["1 FRR216"]),
        ("vrf red\nexit-vrf\nip route 10.0.0.0/8 192.0.2.1 vrf red", []),
        ("router bgp 65000 vrf red\nexit\nip route 10.0.0.0/8 192.0.2.1 vrf red", ["1 FRR217"]),
        ("interface eth1 vrf red\nexit\ninterface eth2 vrf red\nexit", ["1 FRR217"]),
        ("vrf red\nexit-vrf\nrouter bgp 65000 vrf red\nexit", []),
        ("router bgp 65000 vrf default\nexit", []),
    ],
)
def test_vrfs(text: str, where: list[str]) -> None:
    assert found(text, "FRR216", "FRR217") == where


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ("deny 10", []),
        ("deny 10\n match tag 5", ["1 FRR224"]),
        ("deny 10\n match tag 5\nroute-map m permit 20", []),
    ],
)
def test_route_maps_that_permit_nothing(entries: str, where: list[str]) -> None:
    text = f"route-map m {entries}\nexit\nip protocol static route-map m"
    assert found(text, "FRR224") == where


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (["deny any"], []),
        (["deny 0.0.0.0/0 le 32"], []),
        (["deny 10.0.0.0/8"], ["1 FRR225"]),
        (["deny 10.0.0.0/8", "deny any"], []),
        (["deny 10.0.0.0/8", "permit any"], []),
    ],
)
def test_lists_that_permit_nothing(entries: list[str], where: list[str]) -> None:
    text = "".join(f"ip prefix-list p seq {number} {entry}\n" for number, entry in enumerate(entries, 1))
    text += bgp("neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 prefix-list p in")
    assert found(text, "FRR225") == where


def test_an_unused_list_is_not_blamed_for_permitting_nothing() -> None:
    assert found("ip prefix-list p seq 5 deny 10.0.0.0/8", "FRR225", "FRR221") == ["1 FRR221"]


def test_an_ipv6_prefix_in_an_ipv4_list() -> None:
    assert found("ip prefix-list p seq 5 permit 2001:db8::/32\nipv6 prefix-list p seq 7 permit any", "FRR209") == [
        "1 FRR209"
    ]


def test_isisd_s_lists_may_be_of_either_family() -> None:
    text = "ipv6 access-list a seq 5 permit any\nrouter isis one\n spf prefix-priority high a\nexit"
    assert found(text, "FRR207", "FRR208") == []
