"""What nodes say differently of one VRF or L2VNI, although they share it.

Each function makes one kind of finding, and documents it. Nodes are compared with the first one, so the work grows with them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.facts.values import VXLAN_OVERHEAD
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.model.tree import locate
from frrcompile.reach.findings import Sources
from frrcompile.reach.targets import Targets, targets

Value = TypeVar("Value")


class Said(NamedTuple, Generic[Value]):
    """What a node says of something that nodes share: the value, where it stands, and how a message calls it."""

    node: str
    value: Value
    at: Origin
    shown: str


class Gateway(NamedTuple):
    """The MAC address and the IP addresses of a gateway."""

    mac: str | None
    addresses: frozenset[str]


class Difference(NamedTuple):
    """Two nodes that say different things of `subject`, and what a message adds about further nodes."""

    subject: str
    first: Said[Any]
    other: Said[Any]
    more: str

    def finding(self, sources: Sources, code: str, why: str, help_: str) -> Diagnostic:
        """The warning at the other node's field, with the first node's as its second side."""
        first, other = self.first, self.other
        message = f"{self.subject} has {first.shown} on node {first.node} and {other.shown} on node {other.node}{self.more}: {why}"
        found = sources(other.node).finding(Severity.WARNING, code, other.at, message, help=help_)
        span = locate(sources(first.node).root, first.at)
        return found if span == found.span else found._replace(labels=(Label(span, f"node {first.node}"),))


def vnis_differ(sources: Sources, difference: Difference) -> Diagnostic:
    """A VRF has another L3VNI on another node.

    What: two nodes whose VRFs of one name have an L3VNI with different `vni`, without `import-rts` that take the other's
        routes.
    Why: a VRF imports the route targets of its own VNI (bgpd/bgp_evpn.c), so the two VRFs exchange no routes.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1, override: {vrfs: {red: {l3vni: {vni: 101}}}}}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
    """
    help_ = "give the VRF one VNI on all nodes, another name, or `import-rts` that take the other's routes"
    return difference.finding(sources, "MOD807", "the two exchange no routes", help_)


def gateways_differ(sources: Sources, difference: Difference) -> Diagnostic:
    """The anycast gateway of an L2VNI differs between nodes.

    What: two nodes whose L2VNIs of one VNI have a `gateway` with other addresses and the same MAC address, or with a common
        address and another MAC address. An L2VNI without a gateway on some of its nodes is no finding.
    Why: a host that moves to another node keeps the address and the MAC address of its gateway. The node's gateway must
        answer for both (RFC 9135, section 4.1).
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1, override: {l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.2/24}, host-leg: {}}]}}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}]
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}]
    """
    why = "a pod that moves between them loses its gateway"
    return difference.finding(sources, "MOD808", why, "give all nodes of the L2VNI the same `gateway`")


def mtus_differ(sources: Sources, difference: Difference) -> Diagnostic:
    """The MTU of an L2VNI differs between nodes.

    What: two nodes whose L2VNIs of one VNI have different MTUs: from `mtu` of the L2VNI, or from the smallest `mtu` of an
        underlay interface less the bytes of VXLAN.
    Why: a bridge drops a frame that is longer than the MTU of the port that it goes to, and sends no ICMP message. Small
        packets pass between the nodes, and large ones do not.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1, override: {l2vnis: [{vni: 110, mtu: 8000}]}}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {interfaces: [{name: eth1, mtu: 9000}], neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        l2vnis: [{vni: 110}]
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {interfaces: [{name: eth1, mtu: 9000}], neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        l2vnis: [{vni: 110, mtu: 8000}]
    """
    help_ = "give the underlay's interfaces one `mtu` on all nodes, or the L2VNI an `mtu` that all nodes carry"
    return difference.finding(sources, "MOD810", "frames that are longer than the smaller one are lost", help_)


def differences(nodes: Iterable[Node], sources: Sources) -> Iterator[Diagnostic]:
    """A finding for each VRF and L2VNI of which nodes say different things; for MTUs, one for each place that says so."""
    vrfs: dict[str, list[Said[Targets]]] = {}
    gateways: dict[str, list[Said[Gateway]]] = {}
    mtus: dict[str, list[Said[int]]] = {}
    for node in nodes:
        _collect(vrfs, _vrfs(node))
        _collect(gateways, _gateways(node))
        _collect(mtus, _mtus(node))
    for one in _compared(vrfs, _no_routes):
        yield vnis_differ(sources, one)
    for one in _compared(gateways, _no_anycast):
        yield gateways_differ(sources, one)
    places: dict[tuple[str, Origin], Difference] = {}
    for one in _compared(mtus, operator.ne):
        places.setdefault((one.other.node, one.other.at), one)
    for one in places.values():
        yield mtus_differ(sources, one)


def _collect(found: dict[str, list[Said[Value]]], said: Iterable[tuple[str, Said[Value]]]) -> None:
    for subject, one in said:
        found.setdefault(subject, []).append(one)


def _compared(found: dict[str, list[Said[Value]]], differ: Callable[[Value, Value], bool]) -> Iterator[Difference]:
    """For each subject, the first node that differs from the first of all nodes, and the number of the others that differ."""
    for subject, said in found.items():
        others = [one for one in said[1:] if differ(said[0].value, one.value)]
        if others:
            more = f" (and {len(others) - 1} more that differ from node {said[0].node})" if others[1:] else ""
            yield Difference(subject, said[0], others[0], more)


def _vrfs(node: Node) -> Iterator[tuple[str, Said[Targets]]]:
    known = targets(node)
    for vrf in node.vrfs:
        if vrf.vni:
            yield f"VRF {vrf.name}", Said(node.name, known[vrf.vni], (*vrf.at, "l3vni", "vni"), f"the VNI {vrf.vni}")


def _no_routes(first: Targets, other: Targets) -> bool:
    """Whether two VRFs of one name have different VNIs, and neither imports what the other exports."""
    return first.vni != other.vni and not (first.take(other.exports) or other.take(first.exports))


def _gateways(node: Node) -> Iterator[tuple[str, Said[Gateway]]]:
    vnis = {vxlan.bridge: vxlan.vni for vxlan in node.links.vxlans}
    for bridge in node.links.bridges:
        if bridge.addresses:
            shown = f"the gateway {' and '.join(bridge.addresses)} with the MAC address {bridge.mac}"
            value = Gateway(bridge.mac, frozenset(bridge.addresses))
            yield f"L2VNI {vnis[bridge.name]}", Said(node.name, value, (*bridge.at, "gateway"), shown)


def _no_anycast(first: Gateway, other: Gateway) -> bool:
    """Whether two gateways share a MAC address or an IP address, and not all of both."""
    return first != other and (first.mac == other.mac or not first.addresses.isdisjoint(other.addresses))


def _mtus(node: Node) -> Iterator[tuple[str, Said[int]]]:
    smallest = min(node.links.nics, key=lambda nic: nic.mtu, default=None)
    for vxlan in node.links.vxlans:
        if vxlan.at[:1] == ("l2vnis",):
            overhead = VXLAN_OVERHEAD["ipv6" if ":" in vxlan.local else "ipv4"]
            of_underlay = smallest and smallest.mtu - vxlan.mtu == overhead
            at = smallest.at if smallest and of_underlay else vxlan.at
            yield f"L2VNI {vxlan.vni}", Said(node.name, vxlan.mtu, at, f"the MTU {vxlan.mtu}")
