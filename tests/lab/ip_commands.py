"""A node's links, as the compiler's IR has them, in lines of `ip -batch`.

It stands in for `frrcompile plumb`, and is written apart from it, so that each can be held against the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Links = dict[str, Any]  # the `links` of `frrcompile compile --ir`


def router(links: Links, host: str) -> str:
    """The lines for the router's namespace; the veth pairs' other legs go to the namespace `host`."""
    return "".join(f"{line}\n" for line in _router(links, host))


def attach(links: Links, router: str) -> str:
    """The lines for the host that bring the underlay's links into the namespace `router`; the first to run."""
    lines = []
    for nic in links["nics"]:
        name, parent = nic["name"], nic["parent"]
        match nic["attach"]:
            case "move":
                lines.append(f"link set {name} netns {router}")
            case "vlan":
                lines += [
                    f"link set {parent} up",
                    f"link add link {parent} {name} type vlan id {nic['vlan']}",
                    f"link set {name} mtu {nic['mtu']} netns {router}",
                ]
            case "macvlan":
                lines += [
                    f"link set {parent} up",
                    f"link add link {parent} {name} type macvlan mode bridge",
                    f"link set {name} mtu {nic['mtu']} netns {router}",
                ]
    return "".join(f"{line}\n" for line in lines)


def host(links: Links) -> str:
    """The lines for the host's legs and bridges, once the pairs exist."""
    lines = []
    for bridge in links["host_bridges"]:
        name = bridge["name"]
        mtu = min(one["mtu"] for one in links["segment_veths"] if one["host_bridge"] == name)
        lines += [f"link add {name} mtu {mtu} type bridge", f"link set {name} addrgenmode none", f"link set {name} up"]
    for segment in links["segment_veths"]:
        name = segment["host"]
        lines.append(f"link set {name} addrgenmode none")
        if segment["host_bridge"]:
            lines.append(f"link set {name} master {segment['host_bridge']}")
        lines.append(f"link set {name} up")
    for veth in links["veths"]:
        lines += [f"addr add {address} dev {veth['host']}{_nodad(address)}" for address in veth["host_addresses"]]
        lines.append(f"link set {veth['host']} up")
    return "".join(f"{line}\n" for line in lines)


def remove(links: Links) -> str:
    """The lines that undo `router`; a pair's other leg goes with it."""
    names = [veth["router"] for veth in links["veths"]]
    names += [link["name"] for kind in ("vxlans", "bridges", "vrfs") for link in links[kind]]
    lines = [f"link del {name}" for name in names]
    lines += [f"addr del {address} dev lo" for address in links["loopback"]]
    lines += [f"addr flush dev {nic['name']}" for nic in links["nics"] if nic["addresses"]]
    return "".join(f"{line}\n" for line in lines)


def _router(links: Links, host: str) -> Iterator[str]:
    for address in links["loopback"]:
        yield f"addr add {address} dev lo{_nodad(address)}"
    for nic in links["nics"]:
        yield from (f"addr add {address} dev {nic['name']}{_nodad(address)}" for address in nic["addresses"])
        yield f"link set {nic['name']} up"
    for vrf in links["vrfs"]:
        yield f"link add {vrf['name']} type vrf table {vrf['table']}"
        yield f"link set {vrf['name']} up"
    for bridge in links["bridges"]:
        name = bridge["name"]
        mac = f" address {bridge['mac']}" if bridge["mac"] else ""
        yield f"link add {name}{mac} mtu {bridge['mtu']} type bridge"
        # A link-local address here would make the VNI an IPv6 router of its own.
        yield f"link set {name} addrgenmode none"
        if bridge["vrf"]:
            yield f"link set {name} master {bridge['vrf']}"
        yield from (f"addr add {address} dev {name}{_nodad(address)}" for address in bridge["addresses"])
        yield f"link set {name} up"
    for vxlan in links["vxlans"]:
        name = vxlan["name"]
        tunnel = f"id {vxlan['vni']} local {vxlan['local']} dstport {vxlan['port']} nolearning"
        yield f"link add {name} mtu {vxlan['mtu']} type vxlan {tunnel}"
        yield f"link set {name} addrgenmode none"
        yield f"link set {name} master {vxlan['bridge']}"
        suppress = "on" if vxlan["suppress_neighbors"] else "off"
        yield f"link set {name} type bridge_slave neigh_suppress {suppress} learning off"
        yield f"link set {name} up"
    for veth in links["veths"]:
        name = veth["router"]
        mtu = veth["mtu"]
        yield f"link add {name} mtu {mtu} type veth peer name {veth['host']} mtu {mtu} netns {host}"
        # Before its addresses: IPv6 addresses vanish when a link is enslaved.
        if veth["vrf"]:
            yield f"link set {name} master {veth['vrf']}"
        yield from (f"addr add {address} dev {name}{_nodad(address)}" for address in veth["router_addresses"])
        yield f"link set {name} up"
    for segment in links["segment_veths"]:
        name, mtu = segment["router"], segment["mtu"]
        yield f"link add {name} mtu {mtu} type veth peer name {segment['host']} mtu {mtu} netns {host}"
        yield f"link set {name} addrgenmode none"
        yield f"link set {name} master {segment['bridge']}"
        yield f"link set {name} up"


def _nodad(address: str) -> str:
    """An IPv6 address is usable at once; detection would end an anycast gateway's."""
    return " nodad" if ":" in address else ""
