"""A node as a picture: from the underlay on the left, through VTEP, VNIs and VRFs, to the host on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_interface
from typing import TypeVar

from frrcompile.draw import sessions
from frrcompile.draw.picture import Box, Line, Link, Picture, Style, Zone, lines
from frrcompile.ir.bgp import Fabric, Instance, Neighbor, TypeFive, VniTargets
from frrcompile.ir.links import Bridge, Nic, Veth, Vxlan
from frrcompile.ir.node import Node, Vrf

K = TypeVar("K")
T = TypeVar("T")

NEIGHBOR, NIC, ROUTER, VTEP, VNI, VRF, HOST = range(7)
"""The columns."""

MANY = 8
"""Tenants (VRFs, and VNIs without one) beyond which each of them is one card and not a row of boxes."""


def picture(node: Node, *, large: bool) -> Picture:
    """The picture of one node; in that of a large one each tenant is a card."""
    return _Drawing(node).picture(large)


def is_large(node: Node) -> bool:
    """Whether a node has more tenants than anybody wants to see as rows of boxes."""
    return len(node.vrfs) + sum(bridge.vrf is None for bridge in node.links.bridges) > MANY


class _Drawing:
    """The boxes and links of a node, as they are found."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.instances = {instance.vrf: instance for instance in node.bgp}
        self.bridges = {bridge.name: bridge for bridge in node.links.bridges}
        self.vnis = {vrf.vni: vrf.name for vrf in node.vrfs if vrf.vni}
        self.tables = {device.name: device.table for device in node.links.vrfs}
        self.vxlans = _grouped(node.links.vxlans, lambda vxlan: self.bridges[vxlan.bridge].vrf)
        self.veths = _grouped(node.links.veths, lambda veth: veth.vrf)
        self.segments = _grouped(node.links.segment_veths, lambda pair: pair.bridge)
        self.joined = _grouped(node.links.segment_veths, lambda pair: pair.host_bridge)
        self.host_bridges = {bridge.name: bridge for bridge in node.links.host_bridges}
        self.targets = _grouped((one for fabric in self._fabrics() for one in fabric.vnis), lambda one: one.vni)
        self.over_veths = sessions.Veths(node.links.veths)
        self.spoken: dict[str, list[Neighbor]] = {}
        for instance in node.bgp:
            for neighbor in instance.neighbors:
                if veth := self.over_veths.of(instance, neighbor):
                    self.spoken.setdefault(veth.host, []).append(neighbor)
        self.members = {instance.vrf: sessions.members(instance) for instance in node.bgp}
        self.boxes: list[Box] = []
        self.links: dict[Link, None] = {}
        self.cards: list[str] = []

    def picture(self, large: bool) -> Picture:
        self._underlay()
        if large:
            self._cards()
        else:
            self._rows()
        zones = [Zone("underlay", NEIGHBOR, NEIGHBOR), Zone("FRR's network namespace", NIC, VRF)]
        there = {box.column for box in self.boxes}
        if HOST in there:
            around = any(box.kind == "neighbor" and box.column == HOST for box in self.boxes)
            zones.append(Zone("host, and neighbours in VRFs" if around else "host", HOST, HOST))
        vteps = sorted({vxlan.local for vxlan in self.node.links.vxlans})
        counts = [*_counts(len(self.node.vrfs), "VRF"), *_counts(len(self.node.links.vxlans), "VNI")]
        subtitle = " · ".join([f"FRR {self.node.frr}", *(f"VTEP {vtep}" for vtep in vteps), *counts])
        return Picture(
            title=self.node.name,
            subtitle=subtitle,
            boxes=tuple(self.boxes),
            links=tuple(self.links),
            zones=tuple(zone for zone in zones if any(zone.first <= at <= zone.last for at in there)),
            cards=frozenset(self.cards),
            frame="VRFs and VNIs" if self.cards else "",
        )

    def _box(self, box: Box) -> str:
        self.boxes.append(box)
        return box.key

    def _link(self, source: str, target: str, style: Style) -> None:
        self.links.setdefault(Link(source, target, style))

    def _underlay(self) -> None:
        """Neighbours, NICs, the default instance, the VTEPs, and the host where it speaks with the default instance."""
        for nic in self.node.links.nics:
            said = lines(_attached(nic), *nic.addresses, f"MTU {nic.mtu}")
            self._box(Box(f"nic:{nic.name}", "nic", f"NIC {nic.name}", said, NIC))
        default, nics = self.instances.get(None), sessions.Nics(self.node.links.nics)
        router = ""
        if default:
            router = self._box(Box("bgp", "router", f"BGP AS {default.asn}", self._router_lines(default), ROUTER))
            for nic in self.node.links.nics:
                self._link(f"nic:{nic.name}", router, "link")
        for neighbor in default.neighbors if default else ():
            assert default is not None
            if self.over_veths.of(default, neighbor):
                continue
            nic_there = nics.of(neighbor)
            key = self._neighbor(default, neighbor, NEIGHBOR)
            self._link(key, f"nic:{nic_there.name}" if nic_there else router, "session")
        for local in sorted({vxlan.local for vxlan in self.node.links.vxlans}, key=lambda text: (":" in text, text)):
            ports = {vxlan.port for vxlan in self.node.links.vxlans if vxlan.local == local}
            used = "UDP " + ", ".join(map(str, sorted(ports)))
            vtep = self._box(Box(_vtep_key(local), "vtep", f"VTEP {local}", lines("VXLAN", used), VTEP))
            if router:
                self._link(router, vtep, "link")
        for veth in self.node.links.veths:
            if veth.vrf is None:
                self._veth(veth, default)
                if router:
                    self._link(router, f"host:{veth.host}", "session")

    def _router_lines(self, instance: Instance) -> tuple[Line, ...]:
        reflector = f"cluster {instance.cluster_id}" if instance.cluster_id else None
        loopback = [f"lo {address}" for address in self.node.links.loopback]
        own = f"router id {instance.router_id}" if instance.router_id else None
        return lines("default VRF", own, reflector, *loopback)

    def _neighbor(self, instance: Instance, neighbor: Neighbor, column: int) -> str:
        if neighbor.kind == "interface":
            title, more = f"at {neighbor.peer}", "unnumbered"
        else:
            title, more = neighbor.listen or neighbor.peer, "any in this range" if neighbor.listen else ""
        said = lines(
            neighbor.description,
            more,
            sessions.peer_as(instance, neighbor),
            sessions.own_as(neighbor),
            sessions.traits(neighbor, self.members[instance.vrf].get(neighbor.peer, ())),
        )
        key = f"neighbor:{instance.vrf or ''}:{title}"
        return self._box(Box(key, "neighbor", title, said, column))

    def _rows(self) -> None:
        """A row of boxes for each tenant: its VNIs, the VRF, the host."""
        for vrf in self.node.vrfs:
            key = self._box(Box(f"vrf:{vrf.name}", "vrf", f"VRF {vrf.name}", lines(*self._vrf_lines(vrf)), VRF))
            for vxlan in self.vxlans.get(vrf.name, ()):
                self._vni(vxlan)
                self._link(f"vni:{vxlan.vni}", key, "link")
            self._ends(vrf, key)
        for vxlan in self.vxlans.get(None, ()):
            self._vni(vxlan)

    def _ends(self, vrf: Vrf, key: str) -> None:
        """The host, and what else a VRF has sessions with."""
        instance = self.instances.get(vrf.name)
        for veth in self.veths.get(vrf.name, ()):
            self._veth(veth, instance)
            self._link(key, f"host:{veth.host}", "session")
        for neighbor in instance.neighbors if instance else ():
            assert instance is not None
            if not self.over_veths.of(instance, neighbor):
                self._link(key, self._neighbor(instance, neighbor, HOST), "session")

    def _vni(self, vxlan: Vxlan) -> None:
        bridge = self.bridges[vxlan.bridge]
        routed = self._is_l3(vxlan, bridge)
        key = f"vni:{vxlan.vni}"
        title = f"{'L3VNI' if routed else 'L2VNI'} {vxlan.vni}"
        self._box(Box(key, "l3vni" if routed else "l2vni", title, lines(*self._vni_lines(vxlan, bridge, routed)), VNI))
        self._link(_vtep_key(vxlan.local), key, "overlay")
        for pair in self.segments.get(bridge.name, ()):
            if pair.host_bridge:
                self._host_bridge(pair.host_bridge)
                self._link(key, f"bridge:{pair.host_bridge}", "link")
            else:
                leg = self._box(Box(f"host:{pair.host}", "host", f"veth {pair.host}", lines(pair.router), HOST))
                self._link(key, leg, "link")

    def _host_bridge(self, name: str) -> None:
        key = f"bridge:{name}"
        bridge = self.host_bridges.pop(name, None)
        if bridge is None:  # drawn already
            return
        kind = "OVS bridge" if bridge.kind == "ovs" else "bridge"
        kept = None if bridge.create else "the host's own"
        pairs = [f"{pair.host} – {pair.router}" for pair in self.joined[name]]
        self._box(Box(key, "bridge", f"{kind} {name}", lines(kept, *pairs), HOST))

    def _veth(self, veth: Veth, instance: Instance | None) -> None:
        self._box(Box(f"host:{veth.host}", "host", f"veth {veth.host}", lines(*self._veth_lines(veth, instance)), HOST))

    def _veth_lines(self, veth: Veth, instance: Instance | None) -> list[str]:
        """The host's addresses, the router's end, and the session between them."""
        said = [*veth.host_addresses, *(f"{veth.router}: {address}" for address in veth.router_addresses)]
        spoken: dict[str, str] = {}
        for neighbor in self.spoken.get(veth.host, ()) if instance else ():
            assert instance is not None
            name = f" {neighbor.description}" if neighbor.description else ""
            spoken.setdefault(f"{sessions.peer_as(instance, neighbor)}{name}", "BFD" if neighbor.bfd else "")
        return [*said, *(" · ".join(filter(None, (peer, bfd))) for peer, bfd in spoken.items())]

    def _vrf_lines(self, vrf: Vrf) -> list[str]:
        said = [f"table {self.tables[vrf.name]}"] if vrf.name in self.tables else []
        instance = self.instances.get(vrf.name)
        if not instance:
            return said
        said.append(f"AS {instance.asn}")
        if instance.router_id and instance.router_id != getattr(self.instances.get(None), "router_id", None):
            said.append(f"router id {instance.router_id}")
        leaks = dict.fromkeys(name for family in instance.families if family.leak for name in family.leak.vrfs)
        if leaks:
            said.append(f"takes from {', '.join(leaks)}")
        for family in instance.families:
            if family.type_five:
                said += _targets(family.type_five)
        return said

    def _vni_lines(self, vxlan: Vxlan, bridge: Bridge, routed: bool) -> list[str]:
        said = [f"{vxlan.name} in {bridge.name}"]
        said += [f"gateway {address}" for address in _gateways(bridge)]
        if bridge.mac:
            said.append(f"{'RMAC' if routed else 'anycast'} {bridge.mac}")
        for targets in self.targets.get(vxlan.vni, ()):
            said += _targets(targets)
        said.append(f"MTU {vxlan.mtu}")
        return said

    def _fabrics(self) -> list[Fabric]:
        default = self.instances.get(None)
        return [family.fabric for family in default.families if family.fabric] if default else []

    def _is_l3(self, vxlan: Vxlan, bridge: Bridge) -> bool:
        return bridge.vrf is not None and self.vnis.get(vxlan.vni) == bridge.vrf

    def _cards(self) -> None:
        """One box for each tenant, with everything in it."""
        for vrf in self.node.vrfs:
            said = [" · ".join(self._vrf_lines(vrf)[:2]), *self._vrf_lines(vrf)[2:]]
            mine = self.vxlans.get(vrf.name, [])
            for vxlan in mine:
                bridge = self.bridges[vxlan.bridge]
                routed = self._is_l3(vxlan, bridge)
                said.append(f"{'L3VNI' if routed else 'L2VNI'} {vxlan.vni} in {bridge.name}")
                said += [f"gateway {address}" for address in _gateways(bridge)]
            instance = self.instances.get(vrf.name)
            for veth in self.veths.get(vrf.name, ()):
                said += [f"{veth.host} {address}" for address in veth.host_addresses]
                said += self._veth_lines(veth, instance)[len(veth.host_addresses) + len(veth.router_addresses) :]
            for neighbor in instance.neighbors if instance else ():
                assert instance is not None
                if not self.over_veths.of(instance, neighbor):
                    said.append(f"{neighbor.listen or neighbor.peer} {sessions.peer_as(instance, neighbor)}")
            self._card(Box(f"vrf:{vrf.name}", "vrf", f"VRF {vrf.name}", lines(*said), VNI), mine)
        for vxlan in self.vxlans.get(None, ()):
            bridge = self.bridges[vxlan.bridge]
            pairs = [f"host {one.host_bridge or one.host}" for one in self.segments.get(bridge.name, ())]
            said = [f"{vxlan.name} in {bridge.name}", *_gateways(bridge), *pairs]
            self._card(Box(f"vni:{vxlan.vni}", "l2vni", f"L2VNI {vxlan.vni}", lines(*said), VNI), [vxlan])

    def _card(self, box: Box, vxlans: list[Vxlan]) -> None:
        self.cards.append(self._box(box))
        for vxlan in vxlans:
            self._link(_vtep_key(vxlan.local), box.key, "overlay")


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The items by their keys, in their order."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _gateways(bridge: Bridge) -> list[str]:
    """The gateways of a segment, without the link-local address that each other IPv6 gateway has beside it."""
    others = [one for one in map(ip_interface, bridge.addresses) if not one.is_link_local]
    return list(map(str, others)) if any(one.version == 6 for one in others) else list(bridge.addresses)


def _attached(nic: Nic) -> str | None:
    """How a NIC comes where it does not just move."""
    match nic.attach:
        case "vlan":
            return f"VLAN {nic.vlan} of {nic.parent}"
        case "macvlan":
            return f"macvlan of {nic.parent}"
        case "present":
            return "made by others"
    return None


def _vtep_key(local: str) -> str:
    """By its address family, so that another address is a change and not another VTEP."""
    return "vtep:6" if ":" in local else "vtep:4"


def _targets(of: TypeFive | VniTargets) -> list[str]:
    imported, exported = of.import_rts, of.export_rts
    said = [f"RD {of.rd}"] if of.rd else []
    if imported and imported == exported:
        return [*said, *(f"RT {target}" for target in imported)]
    return [*said, *(f"RT in {target}" for target in imported), *(f"RT out {target}" for target in exported)]


def _counts(number: int, word: str) -> list[str]:
    return [f"{number} {word}{'s' if number > 1 else ''}"] if number else []
