"""The rules for BGP sessions, beyond the examples in their documentation."""

from __future__ import annotations

import pytest

from tests.lint.finding import bgp, found


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 timers 3 9\nneighbor 192.0.2.1 remote-as 1", ["2 FRR401"]),
        ("neighbor 192.0.2.1 timers 3 9\nneighbor 192.0.2.1 activate", ["2 FRR401"]),
        ("neighbor 192.0.2.1 timers 3 9\nneighbor 192.0.2.2 activate", ["2 FRR401", "3 FRR401"]),
        ("address-family l2vpn evpn\nneighbor eth1 activate", ["3 FRR401"]),
        ("neighbor 192.0.2.1 remote-as 1\nno neighbor 192.0.2.1\nneighbor 192.0.2.1 timers 3 9", ["4 FRR401"]),
        ("neighbor G peer-group\nneighbor G timers 3 9\nneighbor 192.0.2.1 peer-group G", []),
        ("no neighbor 192.0.2.1", []),
    ],
)
def test_lines_for_nobody(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR401") == where


@pytest.mark.parametrize(
    "lines", ["neighbor 192.0.2.1 peer-group G\nneighbor 192.0.2.1 timers 3 9", "neighbor G weight 1"]
)
def test_what_the_references_tell_is_told_once(lines: str) -> None:
    assert found(bgp(lines), "FRR401") == []
    assert found(bgp(lines), "FRR210", "FRR226") == ["2 FRR210"] or found(bgp(lines), "FRR226") == ["2 FRR226"]


def test_a_neighbor_whose_remote_as_this_release_does_not_take_is_told_once() -> None:
    lines = bgp("neighbor 192.0.2.1 remote-as auto\nneighbor 192.0.2.1 timers 3 9")
    assert found(lines, "FRR401", release=(8, 4)) == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor eth1 interface", ["2 FRR402"]),
        ("neighbor eth1 interface v6only\nneighbor eth1 remote-as external", []),
        ("neighbor G peer-group\nneighbor 192.0.2.1 peer-group G", ["3 FRR402"]),
        ("neighbor G peer-group\nneighbor 192.0.2.1 peer-group G\nneighbor 192.0.2.1 remote-as 1", []),
        ("neighbor G peer-group\nneighbor 192.0.2.1 peer-group G\nneighbor G remote-as 1", []),
    ],
)
def test_sessions_without_remote_as(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR402") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 remote-as 1\nno bgp default ipv4-unicast", []),
        ("no bgp default ipv4-unicast\nneighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 shutdown", []),
        ("neighbor 192.0.2.1 remote-as 1\nno neighbor 192.0.2.1 activate", ["2 FRR403"]),
        ("no bgp default ipv4-unicast\nbgp default ipv6-unicast\nneighbor 192.0.2.1 remote-as 1", []),
    ],
)
def test_sessions_without_a_family(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR403") == where


@pytest.mark.parametrize(
    ("interface", "router", "where"),
    [
        ("interface eth1", "router bgp 1", ["4 FRR404"]),
        ("interface eth1 vrf red", "router bgp 1", []),
        ("interface eth1 vrf red", "router bgp 1 vrf red", ["4 FRR404"]),
        ("interface eth1", "router bgp 1 vrf red", []),
        ("interface lo", "router bgp 1 vrf red", []),
    ],
)
def test_own_addresses(interface: str, router: str, where: list[str]) -> None:
    text = f"{interface}\n ip address 192.0.2.1/24\n{router}\n neighbor 192.0.2.1 remote-as 2\n"
    assert found(text, "FRR404") == where


def test_an_interface_may_be_in_another_vrf_than_the_file_says() -> None:
    text = (
        "vrf red\nexit-vrf\ninterface eth1\n ip address 192.0.2.1/24\nrouter bgp 1\n neighbor 192.0.2.1 remote-as 2\n"
    )
    assert found(text, "FRR404") == []


def test_an_own_ipv6_address_in_another_form() -> None:
    text = "interface lo\n ipv6 address 2001:db8::1/128\nrouter bgp 1\n neighbor 2001:DB8:0::1 remote-as 2\n"
    assert found(text, "FRR404") == ["4 FRR404"]


@pytest.mark.parametrize(("bytes_", "where"), [("a" * 80, []), ("a" * 81, ["3 FRR405"]), ("ä" * 41, ["3 FRR405"])])
def test_passwords(bytes_: str, where: list[str]) -> None:
    assert found(bgp(f"neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 password {bytes_}"), "FRR405") == where


@pytest.mark.parametrize(
    ("timers", "where"),
    [
        ("0 0", []),
        ("1 3", []),
        ("3 10", []),
        ("0 1", ["3 FRR411"]),
        ("1 2", ["3 FRR411"]),
        ("4 11", ["3 FRR412"]),
        ("5 0", ["3 FRR412"]),
        ("connect 2", []),
    ],
)
def test_timers(timers: str, where: list[str]) -> None:
    assert found(bgp(f"neighbor G peer-group\nneighbor G timers {timers}"), "FRR411", "FRR412") == where
    if "connect" not in timers:
        assert found(bgp(f"bgp router-id 192.0.2.9\ntimers bgp {timers}"), "FRR411", "FRR412") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 ttl-security hops 2\nneighbor 192.0.2.1 ebgp-multihop 2", ["4 FRR421"]),
        ("neighbor 192.0.2.1 ebgp-multihop 1\nneighbor 192.0.2.1 ttl-security hops 1", []),
        ("neighbor 192.0.2.1 ttl-security hops 1\nneighbor 192.0.2.1 ebgp-multihop 1", ["4 FRR421"]),
        ("neighbor 192.0.2.1 ttl-security hops 2\nno neighbor 192.0.2.1 ttl-security hops 2", []),
        ("neighbor G peer-group\nneighbor G ebgp-multihop 2\nneighbor 192.0.2.1 peer-group G", []),
    ],
)
def test_multihop_and_ttl_security(lines: str, where: list[str]) -> None:
    assert found(bgp("neighbor 192.0.2.1 remote-as 1\n" + lines), "FRR421") == where


def test_a_group_brings_multihop_to_members_with_ttl_security() -> None:
    lines = """
        neighbor G peer-group
        neighbor G remote-as 1
        neighbor G ebgp-multihop 2
        neighbor 192.0.2.1 peer-group G
        neighbor 192.0.2.1 ttl-security hops 2
        neighbor 192.0.2.2 peer-group G
        """
    assert found(bgp(lines), "FRR421") == ["6 FRR421"]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor G remote-as internal\nneighbor G route-reflector-client", []),
        ("neighbor G route-reflector-client\nneighbor G remote-as internal", ["3 FRR424"]),
        ("neighbor G remote-as internal\nneighbor G as-override", ["4 FRR425"]),
        ("neighbor G as-override\nneighbor G remote-as internal", []),
        ("neighbor G remote-as internal\nneighbor G local-role peer", []),
        ("neighbor G remote-as internal\nneighbor eth1 interface peer-group G\nneighbor eth1 remove-private-AS", []),
        (
            "neighbor G remote-as internal\nneighbor 192.0.2.1 peer-group G\nneighbor 192.0.2.1 as-override",
            ["5 FRR425"],
        ),
        ("neighbor G remote-as internal\nneighbor G ebgp-multihop", ["4 FRR423"]),
        ("neighbor 192.0.2.1 remote-as 65000\nneighbor 192.0.2.1 peer-group G\nneighbor G route-reflector-client", []),
        ("neighbor eth1 interface\nneighbor eth1 local-role peer", ["4 FRR425"]),
        ("neighbor G local-role peer\nneighbor G remote-as external", []),
        ("neighbor G local-as 65000", ["3 FRR426"]),
    ],
)
def test_kinds_of_groups(lines: str, where: list[str]) -> None:
    assert found(bgp("neighbor G peer-group\n" + lines), "FRR423", "FRR424", "FRR425", "FRR426") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 remote-as 65000\nneighbor 192.0.2.1 local-as 5", ["3 FRR427"]),
        ("neighbor 192.0.2.1 remote-as internal\nneighbor 192.0.2.1 local-as 5", ["3 FRR427"]),
        ("neighbor 192.0.2.1 remote-as 5\nneighbor 192.0.2.1 local-as 5", ["3 FRR427"]),
        ("neighbor 192.0.2.1 remote-as 6\nneighbor 192.0.2.1 local-as 5", []),
    ],
)
def test_local_as_of_older_releases(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR427", release=(8, 4)) == where
    assert found(bgp(lines), "FRR427") == []


def test_the_first_member_makes_the_kind_of_a_group_without_remote_as() -> None:
    lines = """
        neighbor G peer-group
        neighbor 192.0.2.1 remote-as 65000
        neighbor 192.0.2.1 peer-group G
        neighbor 192.0.2.2 remote-as 65001
        neighbor 192.0.2.2 peer-group G
        """
    assert found(bgp(lines), "FRR428", release=(10, 3)) == ["6 FRR428"]
    lines = """
        neighbor G peer-group
        neighbor G remote-as internal
        neighbor 192.0.2.1 peer-group G
        neighbor 192.0.2.1 remote-as 65001
        """
    assert found(bgp(lines), "FRR428", release=(10, 3)) == ["5 FRR428"]
    assert found(bgp(lines), "FRR428") == []


@pytest.mark.parametrize(
    ("ranges", "where"),
    [
        (["10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16"], ["5 FRR432", "6 FRR432"]),
        (["10.1.0.0/16", "10.2.0.0/16", "10.0.0.0/8"], ["6 FRR432"]),
        (["10.1.0.0/16", "10.2.0.0/16", "2001:db8::/32", "::/1"], ["7 FRR432"]),
        (["10.1.0.0/16", "10.1.0.0/16"], []),
    ],
)
def test_listen_ranges(ranges: list[str], where: list[str]) -> None:
    lines = "".join(f"bgp listen range {network} peer-group G\n" for network in ranges)
    assert found(bgp("neighbor G peer-group\nneighbor G remote-as 1\n" + lines), "FRR432") == where


POLICIES = """
    neighbor 192.0.2.1 remote-as {remote}
    address-family ipv4 unicast
     neighbor 192.0.2.1 {inbound} in
     neighbor 192.0.2.1 {outbound} out
    exit-address-family
    """


@pytest.mark.parametrize(
    "inbound", ["route-map A", "prefix-list A", "filter-list A", "distribute-list A", "description"]
)
@pytest.mark.parametrize("outbound", ["route-map A", "weight"])
def test_policies_of_external_sessions(inbound: str, outbound: str) -> None:
    missing = "description" in inbound or "weight" in outbound
    text = bgp(POLICIES.format(remote=1, inbound=inbound, outbound=outbound))
    assert found(text, "FRR441") == (["2 FRR441"] if missing else [])


@pytest.mark.parametrize(
    ("first", "where"),
    [
        ("", ["2 FRR441"]),
        ("frr defaults traditional\n", ["3 FRR441"]),
        ("frr defaults datacenter\n", []),
        ("frr version 7.3.1\n", []),
        ("frr version 8.4_git\n", ["3 FRR441"]),
    ],
)
def test_where_policies_are_required(first: str, where: list[str]) -> None:
    assert found(first + bgp("neighbor 192.0.2.1 remote-as 1"), "FRR441") == where
    assert found(first + bgp("no bgp ebgp-requires-policy\nneighbor 192.0.2.1 remote-as 1"), "FRR441") == []
    assert found(first + bgp("bgp ebgp-requires-policy\nneighbor 192.0.2.1 remote-as 1"), "FRR441")


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 remote-as 65000", []),
        ("bgp confederation peers 1\nneighbor 192.0.2.1 remote-as 1", []),
        ("neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 oad", []),
        ("neighbor G peer-group\nneighbor G remote-as 1", []),
        ("neighbor G peer-group\nneighbor G remote-as 1\nbgp listen range 10.0.0.0/8 peer-group G", ["2 FRR441"]),
    ],
)
def test_sessions_that_need_no_policy(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR441") == where


def test_within_a_confederation_only_older_releases_want_a_policy() -> None:
    text = bgp("bgp confederation peers 1\nneighbor 192.0.2.1 remote-as 1")
    assert found(text, "FRR441", release=(8, 4)) == ["3 FRR441"]
