"""One site on live FRR: its nodes, a leaf for each leaf of the model, a core, and what arrives where."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from frrcompile.ir.bgp import Instance
from frrcompile.ir.node import Node
from frrcompile.reach.policies import Policies
from frrcompile.reach.session import Session, sessions
from frrcompile.render.emit import frr_conf
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.sites.drawing import EXTERNAL_AS, HOST_AS
from tests.frr.sites.expected import Prediction, Wanted, announced, mac
from tests.frr.sites.wires import links, local_mac, wire

CORE_AS = 65500
SETTLED, PATIENCE = 2.0, 25.0
"""Seconds without a change after which the tables are compared, and after which they are compared in any case."""

LEAF = ("bgpd",)
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
    leaves = [stack.enter_context(Router(installation, daemons=LEAF)) for _ in range(leaf_count)]
    core = stack.enter_context(Router(installation, daemons=LEAF))
    for number, leaf in enumerate(leaves):
        links(leaf, ["link add br0 type bridge", f"addr add 10.9.{number}.1/24 dev br0", "link set br0 up"])
        wire(leaf, "core0", core, f"leaf{number}")
        links(leaf, [f"addr add 10.8.{number}.1/24 dev core0", "link set core0 up"])
        links(core, [f"addr add 10.8.{number}.2/24 dev leaf{number}", f"link set leaf{number} up"])
    for place, (router, node) in enumerate(zip(routers, nodes, strict=True)):
        for number, leaf in enumerate(leaves):
            wire(router, f"eth{number}", leaf, f"node{place}")
            links(leaf, [f"link set node{place} master br0", f"link set node{place} up"])
            links(router, [f"addr add {_address(place, number)}/24 dev eth{number}", f"link set eth{number} up"])
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


def _address(place: int, leaf: int) -> str:
    return f"10.9.{leaf}.{10 + place}"


def _node_links(node: Node) -> Iterator[str]:
    for address in node.links.loopback:
        yield f"addr add {address} dev lo"
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
            if session.neighbor.peer == f"10.9.{number}.1":
                found.append((place, node, session))
    return found


def _leaf(number: int, nodes: tuple[Node, ...]) -> str:
    found = _of(number, nodes)
    own = {leaf_as(number, session) for _, _, session in found} or {EXTERNAL_AS + number}
    (asn,) = own
    lines = _speaker(asn, f"10.254.0.{number + 1}")
    peers = [(f"10.8.{number}.2", CORE_AS, False)]
    for place, _, session in found:
        peers.append((_address(place, number), session.shown_as, not session.external))
    return _configured(lines, peers)


def _core(nodes: tuple[Node, ...], leaf_count: int) -> str:
    peers = []
    for number in range(leaf_count):
        found = _of(number, nodes)
        asn = leaf_as(number, found[0][2]) if found else EXTERNAL_AS + number
        peers.append((f"10.8.{number}.1", asn, False))
    return _configured(_speaker(CORE_AS, "10.254.0.100"), peers)


def _speaker(asn: int, router_id: str) -> list[str]:
    return [
        f"router bgp {asn}",
        f" bgp router-id {router_id}",
        " no bgp ebgp-requires-policy",
        " no bgp default ipv4-unicast",
    ]


def _configured(lines: list[str], peers: list[tuple[str, int, bool]]) -> str:
    """A speaker that takes everything from its peers and passes everything on."""
    for peer, asn, _ in peers:
        lines += [f" neighbor {peer} remote-as {asn}", f" neighbor {peer} timers connect 1"]
        lines += [f" neighbor {peer} advertisement-interval 0"]
    for family in ("ipv4 unicast", "l2vpn evpn"):
        lines.append(f" address-family {family}")
        for peer, _, client in peers:
            lines += [f"  neighbor {peer} activate", f"  neighbor {peer} allowas-in 10"]
            if client:
                lines.append(f"  neighbor {peer} route-reflector-client")
                lines += [f"  neighbor {peer} next-hop-self force"] if family == "ipv4 unicast" else []
            if family == "l2vpn evpn":
                lines.append(f"  neighbor {peer} attribute-unchanged next-hop")
        lines.append(" exit-address-family")
    return "\n".join([*lines, "exit", ""])


def _arrived(router: Router, node: Node, nodes: tuple[Node, ...]) -> Iterator[tuple[str, str, str]]:
    """The routes of other nodes that a node accepted, and those that its VNIs imported."""
    unicast = _json(router, "show bgp ipv4 unicast json").get("routes", {})
    remote = {prefix for prefix, paths in unicast.items() if any(path.get("peerId") != "(unspec)" for path in paths)}
    # FRR 10.3 writes no JSON for an empty table.
    evpn = _evpn(_json(router, "show bgp l2vpn evpn route detail json")) if node.links.vxlans else set()
    tunnels = {vxlan.vni: _tunnels(router.cmd(f"show evpn vni {vxlan.vni}")) for vxlan in node.links.vxlans}
    macs = {
        vxlan.vni: _json(router, f"show evpn mac vni {vxlan.vni} json").get("macs", {}) for vxlan in node.links.vxlans
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


def _json(router: Router, command: str) -> dict[str, Any]:
    answer = router.cmd(command).strip()
    found = json.loads(answer) if answer else {}
    assert isinstance(found, dict)
    return found
