"""The rules of security, beyond the examples in their documentation."""

from __future__ import annotations

import pytest

from frrcompile.lint.engine import lint
from tests.lint.finding import NEWEST, bgp, found


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("password secret", ["1 FRR701", "1 FRR703"]),
        ("enable password secret", ["1 FRR701"]),
        ("enable password 8 hash", []),
        ("password 8 hash\nline vty\n access-class A\n", []),
        ("password 8 hash\nline vty\n ipv6 access-class A\n", []),
        ("password 8 hash\nline vty\n no access-class A\n", ["1 FRR703"]),
        ("line vty\n no login\n", ["2 FRR702", "2 FRR703"]),
        ("line vty\n login\n exec-timeout 0\n", []),
        ("no password", []),
    ],
)
def test_the_vty(text: str, where: list[str]) -> None:
    assert found(text, "FRR701", "FRR702", "FRR703") == where


@pytest.mark.parametrize(
    ("block", "line", "bad"),
    [
        ("interface eth1", "ip ospf authentication", True),
        ("interface eth1", "ip ospf authentication 192.0.2.1", True),
        ("interface eth1", "ip ospf authentication null", False),
        ("interface eth1", "ip ospf authentication key-chain A", False),
        ("interface eth1", "ip ospf authentication message-digest 192.0.2.1", False),
        ("interface eth1", "no ip ospf authentication", False),
        ("interface eth1", "ip rip authentication mode text", True),
        ("interface eth1", "ip rip authentication mode md5", False),
        ("interface eth1", "isis password clear secret", True),
        ("interface eth1", "isis password md5 clear", False),
        ("router ospf", "area 0 authentication", True),
        ("router ospf", "area 0 authentication message-digest", False),
        ("router ospf", "no area 0 authentication", False),
        ("router isis 1", "area-password clear secret", True),
        ("router isis 1", "domain-password md5 secret", False),
    ],
)
def test_passwords_on_the_wire(block: str, line: str, bad: bool) -> None:
    assert found(f"{block}\n {line}\n", "FRR711") == (["2 FRR711"] if bad else [])


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("interface eth1", "ip ospf authentication-key hidden"),
        ("interface eth1", "ip ospf message-digest-key 1 md5 hidden"),
        ("interface eth1", "isis password md5 hidden"),
        ("router isis 1", "domain-password clear hidden"),
        ("mpls ldp", "neighbor 192.0.2.1 password hidden"),
        ("key chain A\n key 1", "key-string hidden"),
        ("router bgp 1\n neighbor G peer-group", "neighbor G password hidden"),
    ],
)
def test_keys_are_found_and_never_repeated(block: str, line: str) -> None:
    text = f"{block}\n  {line}\n"
    (finding,) = lint(text, "frr.conf", NEWEST, {"FRR712"})
    assert finding.span.line == text.count("\n")
    assert "hidden" not in f"{finding.message} {finding.help} {[label.message for label in finding.labels]}"


@pytest.mark.parametrize(
    ("line", "release", "bad"),
    [
        ("rpki cache tcp cache.example 3323 preference 1", NEWEST, True),
        ("rpki cache tcp ::1 3323 preference 1", NEWEST, False),
        ("rpki cache ssh cache.example 22 user /key /hosts preference 1", NEWEST, False),
        ("rpki cache 192.0.2.1 3323 preference 1", (8, 4), True),
        ("rpki cache 127.0.0.1 3323 preference 1", (8, 4), False),
        ("rpki cache 192.0.2.1 22 user /key preference 1", (8, 4), False),
    ],
)
def test_caches_of_route_origins(line: str, release: tuple[int, int], bad: bool) -> None:
    assert found(f"rpki\n {line}\n", "FRR713", release=release) == (["2 FRR713"] if bad else [])


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("bgp listen range 0.0.0.0/0 peer-group G", ["4 FRR721"]),
        ("bgp listen range ::/0 peer-group G", ["4 FRR721"]),
        ("bgp listen range 10.0.0.0/8 peer-group G", []),
        ("bgp listen range 0.0.0.0/0 peer-group G\nneighbor G password secret", []),
    ],
)
def test_who_may_open_a_session(lines: str, where: list[str]) -> None:
    assert found(bgp("neighbor G peer-group\nneighbor G remote-as external\n" + lines), "FRR721") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 ebgp-multihop", ["3 FRR722"]),
        ("neighbor 192.0.2.1 ebgp-multihop 1", []),
        ("neighbor 192.0.2.1 ebgp-multihop 2\nneighbor 192.0.2.1 password secret", []),
        ("neighbor 192.0.2.1 ttl-security hops 2", []),
    ],
)
def test_sessions_over_several_hops(lines: str, where: list[str]) -> None:
    assert found(bgp("neighbor 192.0.2.1 remote-as 1\n" + lines), "FRR722") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 remote-as 1", ["2 FRR723"]),
        ("neighbor 192.0.2.1 remote-as 65000", []),
        ("neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 maximum-prefix 5", []),
        (
            "neighbor G peer-group\nneighbor G remote-as 1\nneighbor 192.0.2.1 peer-group G\nneighbor G maximum-prefix 5",
            [],
        ),
        (
            "no bgp default ipv4-unicast\nneighbor 192.0.2.1 remote-as 1\naddress-family l2vpn evpn\nneighbor 192.0.2.1 activate",
            [],
        ),
    ],
)
def test_how_many_routes_are_taken(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR723") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("no bgp ebgp-requires-policy\nneighbor 192.0.2.1 remote-as 1", ["3 FRR724"]),
        ("neighbor 192.0.2.1 remote-as 1", []),
        ("no bgp ebgp-requires-policy\nneighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 route-map A in", []),
        (
            "no bgp ebgp-requires-policy\nneighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 route-map A out",
            ["3 FRR724"],
        ),
    ],
)
def test_which_routes_are_taken(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR724") == where
