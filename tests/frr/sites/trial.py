"""One site on live FRR: its nodes, a leaf for each leaf of the model, a core, and what arrives where."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

from frrcompile.ir.bgp import Instance
from frrcompile.ir.node import Node
from frrcompile.reach.policies import Policies
from frrcompile.reach.session import Session, sessions
from frrcompile.render.emit import frr_conf
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.sites.drawing import EXTERNAL_AS, HOST_AS, core_address, leaf_address, node_address
from tests.frr.sites.expected import Prediction, Wanted, announced, mac
from tests.frr.sites.wires import links, local_mac, wire

CORE_AS = 65500
SETTLED, PATIENCE = 2.0, 25.0
"""Seconds without a change after which the tables are compared, and after which they are compared in any case."""

LEAF, LEAF6 = ("bgpd",), ("mgmtd", "zebra", "bgpd")
"""Without zebra, a leaf passes on EVPN routes whose next hop it has no route to; it takes no IPv6 next hops then."""

NODE = ("mgmtd", "zebra", "bgpd", "staticd")

Table = frozenset[tuple[str, str, str]]
"""What the nodes have: origin, target and the name of a route, as in Wanted."""


def mismatches(installation: Installation, prediction: Prediction) -> list[str]:
    """The routes that are where it is said that they are not, and the other way around."""
    with ExitStack() as stack:
        nodes = _start(stack, installation, prediction.nodes)
        wanted = [one for one in prediction.wanted if one.arrives is not None]
        return _compare(nodes, prediction.nodes, wanted)


def _compare(routers: list[Router], nodes: tuple[Node, ...], wanted: list[Wanted]) -> list[str]:
    """Waits until the tables are as predicted and stay so, or patience ends."""
    began = time.monotonic()
    good_since: float | None = None
    while True:
        seen = frozenset(
            arrived for router, node in zip(routers, nodes, strict=True) for arrived in _arrived(router, node, nodes)
        )
        wrong = [one for one in wanted if ((one.origin, one.target, one.what) in seen) is not one.arrives]
        now = time.monotonic()
        good_since = None if wrong else good_since or now
        if good_since and now - max(good_since, began + 3) > SETTLED:
            return []
        if now - began > PATIENCE:
            return [
                f"{one.what} of {one.origin} at {one.target}: said to {'arrive' if one.arrives else 'be lost'}"
                for one in wrong
            ]
        time.sleep(0.5)


def _start(stack: ExitStack, installation: Installation, nodes: tuple[Node, ...]) -> list[Router]:
    """Starts the nodes, their hosts, the leaves and the core, joins them and configures them."""
    leaf_count = len(nodes[0].links.nics)
    routers = [stack.enter_context(Router(installation, daemons=NODE)) for _ in nodes]
    peers = {one.peer for node in nodes for one in node.bgp[-1].neighbors}
    unnumbered = {number for number in range(leaf_count) if f"eth{number}" in peers}
    daemons = LEAF if _version(nodes) == 4 else LEAF6
    leaves = [stack.enter_context(Router(installation, daemons=daemons)) for _ in range(leaf_count)]
    core = stack.enter_context(Router(installation, daemons=daemons))
    for number, leaf in enumerate(leaves):
        links(leaf, ["link add br0 type bridge", f"addr add {leaf_address(number)}/24 dev br0"])
        links(leaf, [f"addr add {leaf_address(number, 6)}/64 dev br0 nodad", "link set br0 up"])
        wire(leaf, "core0", core, f"leaf{number}")
        for end, (router, name) in enumerate(((leaf, "core0"), (core, f"leaf{number}")), 1):
            links(router, [f"addr add {core_address(number, end)}/24 dev {name}"])
            links(router, [f"addr add {core_address(number, end, 6)}/64 dev {name} nodad", f"link set {name} up"])
            if number == 0 or end == 1:
                links(router, [f"route add default dev {name}", f"route add ::/0 dev {name}"])
    for place, (router, node) in enumerate(zip(routers, nodes, strict=True)):
        for number, leaf in enumerate(leaves):
            wire(router, f"eth{number}", leaf, f"node{place}")
            if number not in unnumbered:
                links(leaf, [f"link set node{place} master br0"])
            links(leaf, [f"link set node{place} up"])
            links(router, [f"addr add {node_address(place, number)}/24 dev eth{number}"])
            links(router, [f"addr add {node_address(place, number, 6)}/64 dev eth{number} nodad"])
            links(router, [f"link set eth{number} up"])
        links(router, list(_node_links(node)))
        router.load(frr_conf(node) + _hurry(node.bgp[-1]))
        for vxlan in node.links.vxlans:
            local_mac(router, mac(place, vxlan.vni), f"port{vxlan.vni}", vxlan.vni)
        if any(one.vrf is None for one in node.links.veths):
            _host(stack, installation, place, router, node)
    for number, leaf in enumerate(leaves):
        leaf.load(_leaf(number, nodes))
    core.load(_core(nodes, leaf_count))
    return routers


def _node_links(node: Node) -> Iterator[str]:
    for address in node.links.loopback:
        yield f"addr add {address} dev lo nodad" if ":" in address else f"addr add {address} dev lo"
    for vxlan in node.links.vxlans:
        yield f"link add {vxlan.bridge} type bridge"
        yield f"link set {vxlan.bridge} addrgenmode none"
        yield f"link set {vxlan.bridge} up"
        yield f"link add {vxlan.name} type vxlan id {vxlan.vni} local {vxlan.local} dstport {vxlan.port} nolearning"
        yield f"link set {vxlan.name} addrgenmode none"
        yield f"link set {vxlan.name} master {vxlan.bridge}"
        yield f"link set {vxlan.name} up"
        yield f"link add port{vxlan.vni} type veth peer name host{vxlan.vni}"
        yield f"link set port{vxlan.vni} master {vxlan.bridge}"
        yield f"link set port{vxlan.vni} up"


def _hurry(instance: Instance) -> str:
    """Announces changes at once: FRR would collect those for other ASes for five seconds."""
    lines = [f" neighbor {one.peer} advertisement-interval 0" for one in instance.neighbors]
    return "\n".join([f"router bgp {instance.asn}", *lines, "exit", ""])


def _host(stack: ExitStack, installation: Installation, place: int, router: Router, node: Node) -> None:
    """The host behind a node's veth, which announces its prefixes."""
    host = stack.enter_context(Router(installation, daemons=LEAF))
    (veth,) = [one for one in node.links.veths if one.vrf is None]
    wire(router, veth.router, host, veth.host)
    links(router, [f"addr add {veth.router_addresses[0]} dev {veth.router}", f"link set {veth.router} up"])
    links(host, [f"addr add {veth.host_addresses[0]} dev {veth.host}", f"link set {veth.host} up"])
    peer = veth.router_addresses[0].split("/")[0]
    networks = "".join(f"  network {prefix}\n" for prefix in announced(place))
    instance = node.bgp[-1]
    host.load(
        f"router bgp {HOST_AS}\n bgp router-id 192.0.2.{100 + place}\n no bgp ebgp-requires-policy\n"
        f" no bgp network import-check\n neighbor {peer} remote-as {instance.asn}\n neighbor {peer} timers connect 1\n"
        f" neighbor {peer} advertisement-interval 0\n address-family ipv4 unicast\n{networks} exit-address-family\nexit\n"
    )


def leaf_as(number: int, session: Session) -> int:
    """The AS of the leaf of a session."""
    said = session.neighbor.remote_as
    return said if isinstance(said, int) else session.shown_as if said == "internal" else EXTERNAL_AS + number


def _of(number: int, nodes: tuple[Node, ...]) -> list[tuple[int, Node, Session]]:
    """The sessions of all nodes with a leaf."""
    found = []
    for place, node in enumerate(nodes):
        for session in sessions(node.bgp[-1], Policies(node)):
            if session.neighbor.peer in (leaf_address(number), leaf_address(number, 6), f"eth{number}"):
                found.append((place, node, session))
    return found


def _version(nodes: tuple[Node, ...]) -> int:
    """The IP version of all sessions with leaves."""
    peers = {one.peer for node in nodes for one in node.bgp[-1].neighbors}
    return 6 if any(leaf_address(leaf, 6) in peers or f"eth{leaf}" in peers for leaf in range(3)) else 4


def _leaf(number: int, nodes: tuple[Node, ...]) -> str:
    found, version = _of(number, nodes), _version(nodes)
    own = {leaf_as(number, session) for _, _, session in found} or {EXTERNAL_AS + number}
    (asn,) = own
    peers = [_Peer(core_address(number, 2, version), CORE_AS)]
    for place, _, session in found:
        unnumbered = session.neighbor.kind == "interface"
        address = f"node{place}" if unnumbered else node_address(place, number, version)
        peers.append(_Peer(address, session.shown_as, not session.external, unnumbered))
    return _configured(_speaker(asn, f"10.254.0.{number + 1}"), peers, version)


def _core(nodes: tuple[Node, ...], leaf_count: int) -> str:
    peers, version = [], _version(nodes)
    for number in range(leaf_count):
        found = _of(number, nodes)
        asn = leaf_as(number, found[0][2]) if found else EXTERNAL_AS + number
        peers.append(_Peer(core_address(number, 1, version), asn))
    return _configured(_speaker(CORE_AS, "10.254.0.100"), peers, version)


class _Peer(NamedTuple):
    """A neighbor of a leaf or of the core: its address, or the interface of an unnumbered one."""

    address: str
    asn: int
    client: bool = False
    unnumbered: bool = False


def _speaker(asn: int, router_id: str) -> list[str]:
    return [
        f"router bgp {asn}",
        f" bgp router-id {router_id}",
        " no bgp ebgp-requires-policy",
        " no bgp default ipv4-unicast",
    ]


def _configured(lines: list[str], peers: list[_Peer], version: int) -> str:
    """A speaker that takes everything from its peers and passes everything on."""
    for peer in peers:
        kind = "interface " if peer.unnumbered else ""
        lines += [f" neighbor {peer.address} {kind}remote-as {peer.asn}", f" neighbor {peer.address} timers connect 1"]
        lines += [f" neighbor {peer.address} advertisement-interval 0"]
        if version == 6:
            lines.append(f" neighbor {peer.address} capability extended-nexthop")
    for family in ("ipv4 unicast", *(["ipv6 unicast"] if version == 6 else []), "l2vpn evpn"):
        lines.append(f" address-family {family}")
        for peer in peers:
            lines += [f"  neighbor {peer.address} activate", f"  neighbor {peer.address} allowas-in 10"]
            if peer.client:
                lines.append(f"  neighbor {peer.address} route-reflector-client")
                lines += [f"  neighbor {peer.address} next-hop-self force"] if family != "l2vpn evpn" else []
            if family == "l2vpn evpn":
                lines.append(f"  neighbor {peer.address} attribute-unchanged next-hop")
        lines.append(" exit-address-family")
    resolving = ["ip nht resolve-via-default", "ipv6 nht resolve-via-default"] if version == 6 else []
    return "\n".join([*lines, "exit", *resolving, ""])


def _arrived(router: Router, node: Node, nodes: tuple[Node, ...]) -> Iterator[tuple[str, str, str]]:
    """The routes of other nodes that a node accepted, and those that its VNIs imported."""
    tables = [router.json(f"show bgp {family} unicast json").get("routes", {}) for family in ("ipv4", "ipv6")]
    unicast = {**tables[0], **tables[1]}
    remote = {prefix for prefix, paths in unicast.items() if any(path.get("peerId") != "(unspec)" for path in paths)}
    evpn = _evpn(router.json("show bgp l2vpn evpn route detail json")) if node.links.vxlans else set()
    tunnels = {vxlan.vni: _tunnels(router.cmd(f"show evpn vni {vxlan.vni}")) for vxlan in node.links.vxlans}
    macs = {
        vxlan.vni: router.json(f"show evpn mac vni {vxlan.vni} json").get("macs", {}) for vxlan in node.links.vxlans
    }
    for place, other in enumerate(nodes):
        if other is node:
            continue
        for text in (*other.links.loopback, *announced(place)):
            if text in remote:
                yield other.name, node.name, f"unicast {text}"
        for vxlan in other.links.vxlans:
            own = mac(place, vxlan.vni)
            if (vxlan.vni, vxlan.local) in evpn:
                yield other.name, node.name, f"type-3 of VNI {vxlan.vni}"
            if own in evpn:
                yield other.name, node.name, f"type-2 of VNI {vxlan.vni}"
            if vxlan.local in tunnels.get(vxlan.vni, ()):
                yield other.name, node.name, f"type-3 of VNI {vxlan.vni} in VNI {vxlan.vni}"
            if macs.get(vxlan.vni, {}).get(own, {}).get("remoteVtep") == vxlan.local:
                yield other.name, node.name, f"type-2 of VNI {vxlan.vni} in VNI {vxlan.vni}"


def _tunnels(vni: str) -> list[str]:
    """The remote VTEPs to which a VNI floods: zebra knows others by their MAC addresses only."""
    return re.findall(r"^ *(\S+) flood: HER", vni, re.MULTILINE)


def _evpn(table: dict[str, Any]) -> set[object]:
    """The EVPN routes of others in a table: type-3 by VNI and VTEP, type-2 by MAC address."""
    found: set[object] = set()
    for prefixes in table.values():
        for route in prefixes.values() if isinstance(prefixes, dict) else ():
            for path in route.get("paths", ()) if isinstance(route, dict) else ():
                for one in path if isinstance(path, list) else [path]:
                    if one.get("local"):
                        continue
                    if "pmsi" in one:
                        found.add((one["pmsi"]["label"], str(route["ip"])))
                    elif "mac" in route:
                        found.add(str(route["mac"]))
    return found
