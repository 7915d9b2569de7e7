"""BGP as bgpd would have it: who is a neighbour of what kind, in which families, with whose settings."""

from __future__ import annotations

import textwrap

import pytest

from frrcompile.facts.families import EVPN, IPV4, IPV6
from frrcompile.lint.bgp import Instance, Link, Neighbor, as_number, instances, is_address
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.vnis import l3vnis


def configuration(text: str) -> Configuration:
    return Configuration(textwrap.dedent(text), "-", (10, 7))


def only(text: str) -> Instance:
    (instance,) = instances(configuration(text))
    return instance


def peer(lines: str, name: str = "192.0.2.1") -> Neighbor:
    """A neighbour of `router bgp 65000` with these lines."""
    return only("router bgp 65000\n" + textwrap.dedent(lines)).neighbors[name]


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        ("neighbor 192.0.2.1 remote-as 65001", Link.EXTERNAL),
        ("neighbor 192.0.2.1 remote-as 65000", Link.INTERNAL),
        ("neighbor 192.0.2.1 remote-as 0.65000", Link.INTERNAL),
        ("neighbor 192.0.2.1 remote-as external", Link.EXTERNAL),
        ("neighbor 192.0.2.1 remote-as internal", Link.INTERNAL),
        ("neighbor 192.0.2.1 remote-as auto", Link.UNKNOWN),
        ("neighbor 192.0.2.1 remote-as 65000\nneighbor 192.0.2.1 local-as 65009", Link.UNKNOWN),
        ("neighbor 192.0.2.1 remote-as 65001\nneighbor 192.0.2.1 local-as 65009", Link.EXTERNAL),
        ("neighbor 192.0.2.1 remote-as 65009\nneighbor 192.0.2.1 local-as 65009", Link.UNKNOWN),
        ("bgp confederation peers 65001 65002\nneighbor 192.0.2.1 remote-as 65002", Link.CONFEDERATION),
        ("neighbor G peer-group\nneighbor 192.0.2.1 peer-group G", Link.NONE),
        ("neighbor G peer-group\nneighbor 192.0.2.1 peer-group G\nneighbor G remote-as internal", Link.INTERNAL),
    ],
)
def test_the_kind_of_a_session(lines: str, link: Link) -> None:
    assert peer(lines).link is link


@pytest.mark.parametrize(
    ("lines", "active"),
    [
        ("neighbor 192.0.2.1 remote-as 1", {IPV4}),
        ("no bgp default ipv4-unicast\nneighbor 192.0.2.1 remote-as 1", set()),
        ("neighbor 192.0.2.1 remote-as 1\nno bgp default ipv4-unicast", {IPV4}),
        ("bgp default l2vpn-evpn\nneighbor 192.0.2.1 remote-as 1", {IPV4, EVPN}),
        ("neighbor 192.0.2.1 remote-as 1\nno neighbor 192.0.2.1 activate", set()),
        (
            """
            no bgp default ipv4-unicast
            neighbor G peer-group
            neighbor G remote-as 1
            neighbor 192.0.2.1 peer-group G
            address-family ipv6 unicast
             neighbor G activate
            exit-address-family
            """,
            {IPV6},
        ),
        (
            """
            neighbor G peer-group
            neighbor 192.0.2.1 peer-group G
            address-family ipv4 unicast
             neighbor G activate
             no neighbor 192.0.2.1 activate
            exit-address-family
            """,
            set(),
        ),
        (
            """
            neighbor G peer-group
            neighbor 192.0.2.1 peer-group G
            address-family ipv4 unicast
             no neighbor G activate
            exit-address-family
            """,
            set(),
        ),
    ],
)
def test_the_families_of_a_session(lines: str, active: set[str]) -> None:
    assert peer(lines).active == active


def test_settings_come_from_the_group_and_go_again() -> None:
    neighbor = peer(
        """
        neighbor G peer-group
        neighbor G remote-as external
        neighbor G password theirs
        neighbor G timers 3 9
        neighbor 192.0.2.1 peer-group G
        neighbor 192.0.2.1 timers connect 5
        neighbor 192.0.2.1 description one
        no neighbor 192.0.2.1 description
        neighbor G route-map A out
        address-family ipv4 unicast
         neighbor 192.0.2.1 route-map B in
         no neighbor G route-map A out
        exit-address-family
        """
    )
    assert neighbor.inherits is neighbor.instance.neighbors["G"]
    assert [*neighbor.instance.members(neighbor.inherits)] == [neighbor]
    for setting, text in {"password": "neighbor G password theirs", "timers": "neighbor G timers 3 9"}.items():
        said = neighbor.said(setting)
        assert said is not None
        assert said.text == text
    assert neighbor.said("timers connect") is neighbor.session["timers connect"]
    assert neighbor.said("description") is None
    assert neighbor.said_in(IPV4).get("route-map in") is not None
    assert neighbor.said_in(IPV4).get("route-map out") is None


@pytest.mark.parametrize(
    "removal",
    ["no neighbor 192.0.2.1", "no neighbor 192.0.2.1 remote-as 1"],
)
def test_a_neighbor_that_is_removed_is_not_known_any_more(removal: str) -> None:
    instance = only(f"router bgp 65000\nneighbor 192.0.2.1 remote-as 1\n{removal}\nneighbor 192.0.2.1 timers 3 9")
    assert not instance.neighbors
    assert [line.text for line in instance.lost["192.0.2.1"]] == ["neighbor 192.0.2.1 timers 3 9"]


@pytest.mark.parametrize(
    "line",
    [
        "neighbor 192.0.2.1 description x",
        "neighbor 192.0.2.1 peer-group NOWHERE",
        "neighbor eth1 remote-as external",
        "neighbor eth1 activate",
    ],
)
def test_what_bgpd_does_not_take_makes_no_neighbor(line: str) -> None:
    instance = only(f"router bgp 65000\n{line}")
    assert not instance.neighbors
    assert instance.lost.keys() == {line.split()[1]}


@pytest.mark.parametrize(
    "line",
    [
        "neighbor eth1 interface remote-as external",
        "neighbor eth1 interface v6only remote-as external",
        "neighbor eth1 interface",
    ],
)
def test_a_session_on_an_interface(line: str) -> None:
    neighbor = peer(line, "eth1")
    assert neighbor.on_interface
    assert neighbor.remote_as == ("external" if "external" in line else "")


def test_the_link_local_address_of_a_neighbor_may_have_an_interface() -> None:
    neighbor = peer("neighbor fe80::1 remote-as 1\nneighbor fe80::1 interface eth1", "fe80::1")
    assert not neighbor.on_interface
    assert "interface" in neighbor.session


def test_instances_are_told_apart_and_their_blocks_put_together() -> None:
    found = instances(
        configuration(
            """
            router bgp 65000
             neighbor 192.0.2.1 remote-as 1
            exit
            router bgp 65001 vrf red
            exit
            router bgp 65002 view v
            exit
            router bgp 65000 vrf default
             neighbor 192.0.2.2 remote-as 1
            exit
            router bgp 65009
             neighbor 192.0.2.3 remote-as 1
            exit
            router bgp 65003 vrf blue
            exit
            no router bgp 65003 vrf blue
            """
        )
    )
    assert [(one.asn, one.vrf, one.view, one.is_default) for one in found] == [
        (65000, "", "", True),
        (65001, "red", "", False),
        (65002, "", "v", False),
    ]
    assert found[0].neighbors.keys() == {"192.0.2.1", "192.0.2.2"}, "65009 is refused, with its lines"


def test_names_and_numbers() -> None:
    assert [is_address(name) for name in ("192.0.2.1", "2001:db8::1", "eth1", "1.2.3", "a:b", "ü", "")] == [
        *(True, True),
        *(False, False, False, False, False),
    ]
    assert [as_number(text) for text in ("65000", "1.1", "1.x", "x", "external", "")] == [65000, 65537, 0, 0, 0, 0]


def test_l3vnis() -> None:
    found = l3vnis(
        configuration(
            """
            vni 1
            vrf red
             vni 100
             vni 200 prefix-routes-only
             no vni 100
            exit-vrf
            vrf blue
             vni 200
            exit-vrf
            """
        )
    )
    assert {vrf: [line.text for line in lines] for vrf, lines in found.of_vrf.items()} == {
        "": ["vni 1"],
        "red": ["vni 200 prefix-routes-only"],
        "blue": ["vni 200"],
    }
    assert [vrf for vrf, _ in found.of_number[200]] == ["red", "blue"]


@pytest.mark.parametrize(
    "text",
    [
        "router bgp",
        "router",
        "no router bgp",
        "router bgp x vrf",
        "router bgp 1\n neighbor\n no neighbor\n neighbor x\n no neighbor x\n bgp\n no bgp\n bgp default\n bgp confederation",
        "router bgp 1\n neighbor x interface v6only\n neighbor x interface remote-as\n neighbor 1.1.1.1 remote-as",
        "router bgp 1\n address-family l2vpn evpn\n neighbor\n no neighbor x\n vni\n advertise",
        "vni\nno vni\nvni x\nvrf red\n vni",
    ],
)
def test_half_a_line_breaks_nothing(text: str) -> None:
    instances(configuration(text))
    l3vnis(configuration(text))
