"""A node between two leaves of different ASes, on live FRR: which of their routes it uses."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.compiling import frr_conf_of
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.sites.wires import links, wire

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
"""
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
  network 10.2{number}.1.0/24
 exit-address-family
exit
"""
HURRY = (
    "router bgp 64514\n neighbor 10.9.0.1 advertisement-interval 0\n neighbor 10.9.1.1 advertisement-interval 0\nexit\n"
)
PATIENCE = 30.0
"""Seconds for sessions to come up and routes to arrive, on a busy machine."""


class Fabric:
    """The node, and two leaves that announce one prefix together and each one of its own."""

    def __init__(self, stack: ExitStack, installation: Installation) -> None:
        daemons = ("mgmtd", "zebra", "bgpd", "staticd")
        self.node = stack.enter_context(Router(installation, daemons=daemons))
        self.leaves = [stack.enter_context(Router(installation, daemons=daemons)) for _ in range(2)]
        for number, leaf in enumerate(self.leaves):
            wire(self.node, f"eth{number}", leaf, "eth0")
            links(self.node, [f"addr add 10.9.{number}.10/24 dev eth{number}", f"link set eth{number} up"])
            links(leaf, [f"addr add 10.9.{number}.1/24 dev eth0", "link set eth0 up"])
            leaf.load(LEAF.format(asn=64512 + number, number=number))
        links(self.node, ["addr add 100.65.0.1/32 dev lo", "link set lo up"])

    def load(self, model: str, directory: Path) -> None:
        """Configures the node."""
        self.node.load(frr_conf_of(model, directory) + HURRY)


def table(router: Router, family: str = "ipv4 unicast") -> dict[str, Any]:
    """The routes of a router by prefix."""
    routes = json.loads(router.cmd(f"show bgp {family} json") or "{}").get("routes", {})
    assert isinstance(routes, dict)
    return routes


def until(holds: Callable[[], bool]) -> bool:
    """Whether something holds before patience ends."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.3)
    return True


@pytest.fixture
def fabric(installation: Installation) -> Iterator[Fabric]:
    with ExitStack() as stack:
        yield Fabric(stack, installation)


def hops(router: Router, prefix: str) -> int:
    """The next hops of a prefix in the routing table of zebra."""
    routes = json.loads(router.cmd(f"show ip route {prefix} json") or "{}").get(prefix, [])
    return sum(len(route["nexthops"]) for route in routes)


def test_paths_through_leaves_of_two_ases_are_used_together(fabric: Fabric, tmp_path: Path) -> None:
    node = fabric.node
    fabric.load(MODEL.replace("policy: false", "policy: false, multipath-relax: false"), tmp_path)
    assert until(lambda: len(table(node).get("10.20.0.0/24", ())) == 2 and hops(node, "10.21.1.0/24") == 1)
    assert hops(node, "10.20.0.0/24") == 1
    fabric.load(MODEL, tmp_path)
    assert until(lambda: hops(node, "10.20.0.0/24") == 2), node.cmd("show bgp ipv4 unicast 10.20.0.0/24")
    fabric.load(MODEL.replace("  interfaces", "  maximum-paths: {ebgp: 1}\n  interfaces"), tmp_path)
    assert until(lambda: hops(node, "10.20.0.0/24") == 1)
