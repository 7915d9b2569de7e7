"""A node between two leaves of different ASes, on live FRR: which of their routes it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.compiling import frr_conf_of
from tests.frr.installation import Installation
from tests.frr.patience import eventually
from tests.frr.router import Router
from tests.frr.sites.wires import links, vni, wire

pytestmark = [pytest.mark.frr, pytest.mark.every_version]

MODEL = """\
nodes: {k0: {index: 0}}
router: {asn: 64514, id: 10.0.0.1, ebgp-requires-policy: false}
vtep: {ipv4: 100.65.0.1}
underlay:
  interfaces: [{name: eth0}, {name: eth1}]
  neighbors:
    - {address: 10.9.0.1, remote-as: 64512}
    - {address: 10.9.1.1, remote-as: 64513}
l2vnis: [{vni: 110}]
passthrough: {asn: 64515, router-interface: pt0, ipv4: {pool: 192.168.30.0/24}}
"""
POLICIES = """\
prefix-lists: {private: [{action: permit, prefix: 10.20.0.0/24}]}
route-maps:
  own: [{action: deny, match: {prefix-list: private}}, {action: permit, set: {large-communities: ["1:2:3"]}}]
"""
"""They put a large community in the place of all others, on import and on export."""

LEAF = """\
router bgp {asn}
 bgp router-id 10.254.0.{number}
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.9.{number}.10 remote-as 64514
 neighbor 10.9.{number}.10 timers connect 1
 neighbor 10.9.{number}.10 advertisement-interval 0
 address-family ipv4 unicast
  network 10.20.0.0/24
  network 10.99.0.{number}/32
  network 10.2{number}.1.0/24
 exit-address-family
 address-family l2vpn evpn
  neighbor 10.9.{number}.10 activate
  advertise-all-vni
 exit-address-family
exit
"""
HOST = """\
router bgp 64515
 bgp router-id 10.254.0.100
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 192.168.30.1 remote-as 64514
 neighbor 192.168.30.1 timers connect 1
 neighbor 192.168.30.1 advertisement-interval 0
 address-family ipv4 unicast
  network 10.244.0.0/24
 exit-address-family
exit
"""
HURRY = "router bgp 64514\n" + "".join(
    f" neighbor {peer} advertisement-interval 0\n" for peer in ("10.9.0.1", "10.9.1.1", "192.168.30.2")
)


class Fabric:
    """The node and its host, and two leaves that announce one prefix together, and a prefix and a VNI each."""

    def __init__(self, stack: ExitStack, installation: Installation) -> None:
        daemons = ("mgmtd", "zebra", "bgpd", "staticd")
        self.node, self.host = (stack.enter_context(Router(installation, daemons=daemons)) for _ in range(2))
        self.leaves = [stack.enter_context(Router(installation, daemons=daemons)) for _ in range(2)]
        for number, leaf in enumerate(self.leaves):
            wire(self.node, f"eth{number}", leaf, "eth0")
            links(self.node, [f"addr add 10.9.{number}.10/24 dev eth{number}", f"link set eth{number} up"])
            links(leaf, [f"addr add 10.9.{number}.1/24 dev eth0", "link set eth0 up"])
            links(leaf, vni(200 + number, f"10.99.0.{number}"))
            leaf.load(LEAF.format(asn=64512 + number, number=number))
        wire(self.node, "pt0", self.host, "eth0")
        links(self.node, ["addr add 192.168.30.1/24 dev pt0", "link set pt0 up", *vni(110, "100.65.0.1")])
        links(self.host, ["addr add 192.168.30.2/24 dev eth0", "link set eth0 up"])
        self.host.load(HOST)

    def load(self, model: str, directory: Path) -> None:
        """Configures the node."""
        conf = frr_conf_of(model, directory) + HURRY
        self.node.reload(conf)
        assert self.node.judge(conf) == []


def originators(router: Router) -> set[str]:
    """The VTEPs whose type-3 routes a router has."""
    return set(re.findall(r"\[3\]:\[0\]:\[32\]:\[([0-9.]+)\]", router.cmd("show bgp l2vpn evpn route type multicast")))


def table(router: Router, family: str = "ipv4 unicast") -> dict[str, Any]:
    """The routes of a router by prefix."""
    routes = router.json(f"show bgp {family} json").get("routes", {})
    assert isinstance(routes, dict)
    return routes


@pytest.fixture
def fabric(installation: Installation) -> Iterator[Fabric]:
    with ExitStack() as stack:
        yield Fabric(stack, installation)


def hops(router: Router, prefix: str) -> int:
    """The next hops of a prefix in the routing table of zebra."""
    routes = router.json(f"show ip route {prefix} json").get(prefix, [])
    return sum(len(route["nexthops"]) for route in routes)


def test_paths_through_leaves_of_two_ases_are_used_together(fabric: Fabric, tmp_path: Path) -> None:
    node = fabric.node
    fabric.load(MODEL.replace("policy: false", "policy: false, multipath-relax: false"), tmp_path)
    assert eventually(lambda: len(table(node).get("10.20.0.0/24", ())) == 2 and hops(node, "10.21.1.0/24") == 1)
    assert hops(node, "10.20.0.0/24") == 1
    fabric.load(MODEL, tmp_path)
    assert eventually(lambda: hops(node, "10.20.0.0/24") == 2), node.cmd("show bgp ipv4 unicast 10.20.0.0/24")
    fabric.load(MODEL.replace("  interfaces", "  maximum-paths: {ebgp: 1}\n  interfaces"), tmp_path)
    assert eventually(lambda: hops(node, "10.20.0.0/24") == 1)


def test_a_leaf_gets_no_route_of_another_leaf_from_the_node(fabric: Fabric, tmp_path: Path) -> None:
    first, second = fabric.leaves
    own = {"100.65.0.1/32", "10.244.0.0/24"}

    def passed_on() -> list[bool]:
        return [
            "10.20.1.0/24" in table(second),
            "10.21.1.0/24" in table(first),
            "10.99.0.0" in originators(second),
            "10.99.0.1" in originators(first),
        ]

    def announced() -> bool:
        return all(own <= set(table(leaf)) and "100.65.0.1" in originators(leaf) for leaf in fabric.leaves)

    transit = MODEL.replace("  interfaces", "  no-transit: false\n  interfaces")
    policies = MODEL.replace("64512}", "64512, import: own, export: own}").replace(
        "64513}", "64513, import: own, export: own}"
    )
    fabric.load(transit, tmp_path)
    assert eventually(lambda: announced() and passed_on() == [True] * 4), (passed_on(), originators(first))
    fabric.load(MODEL, tmp_path)
    assert eventually(lambda: announced() and passed_on() == [False] * 4), passed_on()
    fabric.load(transit, tmp_path)
    assert eventually(lambda: passed_on() == [True] * 4), passed_on()
    fabric.load(policies + POLICIES, tmp_path)
    assert eventually(lambda: announced() and passed_on() == [False] * 4), passed_on()
    assert eventually(lambda: "10.20.0.0/24" not in table(fabric.node)), "the policy counts too"
    assert eventually(lambda: {"10.20.1.0/24", "10.21.1.0/24", "100.65.0.1/32"} <= set(table(fabric.host)))


@pytest.mark.parametrize(("kind", "asn"), [("internal", 64514), ("external", 64599)])
def test_a_host_of_either_kind_exchanges_routes_with_the_leaves(
    fabric: Fabric, tmp_path: Path, kind: str, asn: int
) -> None:
    """Another leaf has an internal session, whose routes go to an internal host too."""
    fabric.host.load("no router bgp 64515\n" + HOST.replace("64515", str(asn)))
    internal = MODEL.replace("asn: 64515", f"remote-as: {kind}").replace("remote-as: 64513", "remote-as: internal")
    second = fabric.leaves[1]
    second.load("no router bgp 64513\n" + LEAF.format(asn=64514, number=1))
    fabric.load(internal, tmp_path)
    assert eventually(lambda: all("10.244.0.0/24" in table(leaf) for leaf in fabric.leaves))
    assert eventually(lambda: {"10.20.1.0/24", "10.21.1.0/24"} <= set(table(fabric.host)))
    prefixes = ("10.20.1.0/24", "10.21.1.0/24")
    assert eventually(lambda: [hops(fabric.host, prefix) for prefix in prefixes] == [1, 1]), (
        "the router is the next hop"
    )
