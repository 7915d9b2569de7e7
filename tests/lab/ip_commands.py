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


def host(links: Links) -> str:
    """The lines for the host's legs, once the pairs exist."""
    lines = []
    for veth in links["veths"]:
        lines += [f"addr add {address} dev {veth['host']}" for address in veth["host_addresses"]]
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
        yield f"addr add {address} dev lo"
    for nic in links["nics"]:
        yield from (f"addr add {address} dev {nic['name']}" for address in nic["addresses"])
        yield f"link set {nic['name']} up"
    for vrf in links["vrfs"]:
        yield f"link add {vrf['name']} type vrf table {vrf['table']}"
        yield f"link set {vrf['name']} up"
    for bridge in links["bridges"]:
        name = bridge["name"]
        yield f"link add {name} address {bridge['mac']} mtu {bridge['mtu']} type bridge"
        # A link-local address here would make the VNI an IPv6 router of its own.
        yield f"link set {name} addrgenmode none"
        yield f"link set {name} master {bridge['vrf']}"
        yield f"link set {name} up"
    for vxlan in links["vxlans"]:
        name = vxlan["name"]
        tunnel = f"id {vxlan['vni']} local {vxlan['local']} dstport {vxlan['port']} nolearning"
        yield f"link add {name} mtu {vxlan['mtu']} type vxlan {tunnel}"
        yield f"link set {name} addrgenmode none"
        yield f"link set {name} master {vxlan['bridge']}"
        yield f"link set {name} type bridge_slave neigh_suppress on learning off"
        yield f"link set {name} up"
    for veth in links["veths"]:
        name = veth["router"]
        mtu = veth["mtu"]
        yield f"link add {name} mtu {mtu} type veth peer name {veth['host']} mtu {mtu} netns {host}"
        # Before its addresses: IPv6 addresses vanish when a link is enslaved.
        yield f"link set {name} master {veth['vrf']}"
        yield from (f"addr add {address} dev {name}" for address in veth["router_addresses"])
        yield f"link set {name} up"
