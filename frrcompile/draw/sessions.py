"""BGP sessions in a few words, and where their other ends are."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_interface, ip_network

from frrcompile.facts.families import BY_NAME
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.links import Nic, Veth


def peer_as(instance: Instance, neighbor: Neighbor) -> str:
    """The neighbour's AS, and whether the session is internal: `eBGP AS 64512`."""
    if neighbor.remote_as in ("internal", instance.asn):
        return f"iBGP AS {instance.asn}"
    return "eBGP any AS" if neighbor.remote_as == "external" else f"eBGP AS {neighbor.remote_as}"


def own_as(neighbor: Neighbor) -> str:
    """The AS that we show to the neighbour, where it is not the instance's."""
    return f"we are AS {neighbor.local_as.asn}" if neighbor.local_as else ""


def families(instance: Instance, peer: str) -> str:
    """The address families of a session."""
    found = [family.name for family in instance.families if any(member.peer == peer for member in family.members)]
    return " ".join(BY_NAME[name].short for name in found)


def traits(instance: Instance, neighbor: Neighbor) -> str:
    """What else a reader asks of a session: its families, BFD, whether it is reflected."""
    members = [one for family in instance.families for one in family.members if one.peer == neighbor.peer]
    parts = [
        families(instance, neighbor.peer),
        "BFD" if neighbor.bfd or neighbor.bfd_profile else "",
        "client" if any(member.route_reflector_client for member in members) else "",
        "multihop" if neighbor.ebgp_multihop else "",
    ]
    return " · ".join(part for part in parts if part)


def nic_of(neighbor: Neighbor, nics: Iterable[Nic]) -> Nic | None:
    """The NIC behind which a neighbour is: named by the session, or with an address in the same network."""
    for nic in nics:
        if neighbor.kind == "interface":
            if nic.name == neighbor.peer:
                return nic
            continue
        there = ip_network(neighbor.listen or neighbor.peer, strict=False)
        for address in nic.addresses:
            here = ip_interface(address).network
            if here.version == there.version and here.overlaps(there):
                return nic
    return None


def veth_of(instance: Instance, neighbor: Neighbor, veths: Iterable[Veth]) -> Veth | None:
    """The veth on whose other end the host speaks this session."""
    for veth in veths:
        hosts = {str(ip_interface(address).ip) for address in veth.host_addresses}
        if veth.vrf == instance.vrf and (neighbor.peer in hosts or neighbor.peer == veth.router):
            return veth
    return None
