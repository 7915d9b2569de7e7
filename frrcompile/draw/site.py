"""A site as a picture: the underlay's neighbours, the nodes, and the tenants that some of them have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_interface

from frrcompile.draw import sessions
from frrcompile.draw.picture import Box, Link, Picture, Zone, lines
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.node import Node

NEIGHBOR, NODE, REMOTE, TENANT = 0, 1, 2, 3
"""The columns; the third is for nodes that have sessions only with other nodes of the site."""

MANY = 8
"""Nodes of a site that is not large."""

FEW = 4
"""Names that a box lists before it counts."""

FEW_TENANTS = 16


@dataclass
class _Group:
    """Nodes that are drawn as one box."""

    nodes: list[Node]
    neighbors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each neighbour's box that they have a session with: its title and lines."""
    tenants: tuple[str, ...] = ()


def picture(nodes: Sequence[Node], title: str, *, large: bool) -> Picture:
    """The picture of several nodes; in that of a large site, those with the same neighbours and tenants are one box."""
    groups = _groups(nodes, large)
    owners = _owners(groups)
    boxes: dict[str, Box] = {}
    links: dict[tuple[str, str], Link] = {}
    clients = {key for group in groups for key in _sites_own(group, owners)}
    for group in groups:
        key = _key(group)
        behind = key in clients and not any(_owner(peer, owners) is None for peer in group.neighbors)
        boxes[key] = Box(key, "node", _names(group.nodes), lines(*_node_lines(group)), REMOTE if behind else NODE)
    for group in groups:
        for peer, said in group.neighbors.items():
            other = _owner(peer, owners)
            if other is None:
                boxes.setdefault(
                    f"neighbor:{peer}", Box(f"neighbor:{peer}", "neighbor", said[0], lines(*said[1:]), NEIGHBOR)
                )
                links.setdefault((f"neighbor:{peer}", _key(group)), Link(f"neighbor:{peer}", _key(group), "session"))
            elif other != _key(group) and boxes[other].column == boxes[_key(group)].column:
                box = boxes[_key(group)]
                boxes[box.key] = replace(box, lines=(*box.lines, *lines(f"session with {boxes[other].title}")))
            elif other != _key(group):
                ends = sorted((other, _key(group)), key=lambda one: (boxes[one].column, one))
                links.setdefault((ends[0], ends[1]), Link(ends[0], ends[1], "session"))
    _tenants(groups, boxes, links)
    columns = {box.column for box in boxes.values()}
    zones = [Zone("underlay", NEIGHBOR, NEIGHBOR), Zone("nodes", NODE, REMOTE), Zone("tenants", TENANT, TENANT)]
    vnis = {vxlan.vni for node in nodes for vxlan in node.links.vxlans}
    vrfs = {vrf.name for node in nodes for vrf in node.vrfs}
    counts = [(len(nodes), "node"), (len(vrfs), "VRF"), (len(vnis), "VNI")]
    return Picture(
        title=title,
        subtitle=" · ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in counts if number),
        boxes=tuple(boxes.values()),
        links=tuple(links.values()),
        zones=tuple(zone for zone in zones if columns & set(range(zone.first, zone.last + 1))),
    )


def is_large(nodes: Sequence[Node]) -> bool:
    """Whether a site has more nodes than anybody wants to see as a box each."""
    return len(nodes) > MANY


def _groups(nodes: Sequence[Node], large: bool) -> list[_Group]:
    """The nodes, in a large site together where nothing in the picture tells them apart."""
    found: list[_Group] = []
    by_look: dict[object, _Group] = {}
    for node in nodes:
        group = _Group([node], _neighbors(node), _node_tenants(node))
        look = (tuple(group.neighbors.items()), group.tenants, _instance_as(node))
        if large and look in by_look:
            by_look[look].nodes.append(node)
        else:
            by_look[look] = group
            found.append(group)
    return found


def _default(node: Node) -> Instance | None:
    return next((instance for instance in node.bgp if instance.vrf is None), None)


def _instance_as(node: Node) -> int:
    default = _default(node)
    return default.asn if default else 0


def _neighbors(node: Node) -> dict[str, tuple[str, ...]]:
    default = _default(node)
    if default is None:
        return {}
    found = {}
    veths, members = sessions.Veths(node.links.veths), sessions.members(default)
    for neighbor in default.neighbors:
        if not veths.of(default, neighbor):
            said = _said(default, neighbor, sessions.traits(neighbor, members.get(neighbor.peer, ())))
            found[f"{said[0]} {neighbor.remote_as}"] = said
    return found


def _said(instance: Instance, neighbor: Neighbor, traits: str) -> tuple[str, ...]:
    title = f"at {neighbor.peer}" if neighbor.kind == "interface" else neighbor.listen or neighbor.peer
    more = {"interface": "unnumbered", "group": "any in this range"}.get(neighbor.kind, "")
    peer = sessions.peer_as(instance, neighbor)
    return tuple(filter(None, (title, neighbor.description, more, peer, traits)))


def _node_tenants(node: Node) -> tuple[str, ...]:
    """Each VRF with its VNIs, and each VNI without one."""
    bridges = {bridge.name: bridge for bridge in node.links.bridges}
    inside: dict[str | None, list[int]] = {}
    for vxlan in node.links.vxlans:
        inside.setdefault(bridges[vxlan.bridge].vrf, []).append(vxlan.vni)
    found = []
    for vrf in node.vrfs:
        segments = [vni for vni in inside.get(vrf.name, ()) if vni != vrf.vni]
        parts = [f"VRF {vrf.name}", f"L3VNI {vrf.vni}" if vrf.vni else ""]
        parts += [f"L2VNI {', '.join(map(str, segments))}" if segments else ""]
        found.append(" · ".join(part for part in parts if part))
    return (*found, *(f"L2VNI {vni}" for vni in inside.get(None, ())))


def _node_lines(group: _Group) -> list[str]:
    first = group.nodes[0]
    said = [f"AS {_instance_as(first)}"]
    for version in (4, 6):
        vteps = [
            vtep
            for node in group.nodes
            if (vtep := next((v.local for v in node.links.vxlans if ip_interface(v.local).version == version), ""))
        ]
        if vteps:
            said.append(f"VTEP {vteps[0]}" + (f" … {vteps[-1]}" if len(set(vteps)) > 1 else ""))
    if len(group.nodes) == 1:
        said += [f"{nic.name} {address}" for nic in first.links.nics for address in nic.addresses]
    else:
        said.append("NICs " + ", ".join(nic.name for nic in first.links.nics))
    return said


def _names(nodes: list[Node]) -> str:
    if len(nodes) == 1:
        return nodes[0].name
    return f"{len(nodes)} nodes: {nodes[0].name} … {nodes[-1].name}"


def _key(group: _Group) -> str:
    return f"node:{group.nodes[0].name}"


def _owners(groups: list[_Group]) -> dict[str, str]:
    """The box of each address that a node of the site has."""
    return {
        str(ip_interface(address).ip): _key(group)
        for group in groups
        for node in group.nodes
        for address in (*node.links.loopback, *(address for nic in node.links.nics for address in nic.addresses))
    }


def _owner(peer: str, owners: dict[str, str]) -> str | None:
    return owners.get(peer.split()[0])


def _sites_own(group: _Group, owners: dict[str, str]) -> list[str]:
    """The boxes of the site's nodes that are clients of a group's nodes."""
    found = []
    for node in group.nodes:
        default = _default(node)
        members = sessions.members(default) if default else {}
        for neighbor in default.neighbors if default else ():
            reflected = any(member.route_reflector_client for _, member in members.get(neighbor.peer, ()))
            if reflected and (key := owners.get(neighbor.peer)) and key != _key(group):
                found.append(key)
    return found


def _tenants(groups: list[_Group], boxes: dict[str, Box], links: dict[tuple[str, str], Link]) -> None:
    """The tenants: those that the same nodes have are one box."""
    having: dict[str, list[str]] = {}
    for group in groups:
        for tenant in group.tenants:
            having.setdefault(tenant, []).append(_key(group))
    together: dict[tuple[str, ...], list[str]] = {}
    for tenant, keys in having.items():
        together.setdefault(tuple(keys), []).append(tenant)
    for nodes, tenants in together.items():
        where = "on every node" if len(nodes) == len(groups) else f"on {_on(nodes, boxes)}"
        key = f"tenants:{' '.join(nodes)}"
        said = tenants[:FEW_TENANTS]
        said += [f"and {len(tenants) - FEW_TENANTS} more"] if len(tenants) > FEW_TENANTS else []
        bridged = all(tenant.startswith("L2VNI") for tenant in tenants)
        boxes[key] = Box(key, "l2vni" if bridged else "vrf", where, lines(*said), TENANT)
        for one in nodes:
            links[(one, key)] = Link(one, key, "overlay")


def _on(keys: tuple[str, ...], boxes: dict[str, Box]) -> str:
    names = [boxes[key].title for key in keys]
    return ", ".join(names[:FEW]) + (f" and {len(names) - FEW} more" if len(names) > FEW else "")
