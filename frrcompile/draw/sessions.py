"""BGP sessions in a few words, and where their other ends are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_interface, ip_network

from frrcompile.facts.families import BY_NAME
from frrcompile.ir.bgp import Instance, Member, Neighbor
from frrcompile.ir.links import Nic, Veth


def peer_as(instance: Instance, neighbor: Neighbor) -> str:
    """The neighbour's AS, and whether the session is internal: `eBGP AS 64512`."""
    if not instance.is_external(neighbor):
        return f"iBGP AS {instance.asn}"
    return "eBGP any AS" if neighbor.remote_as == "external" else f"eBGP AS {neighbor.remote_as}"


def own_as(neighbor: Neighbor) -> str:
    """The AS that we show to the neighbour, where it is not the instance's."""
    return f"we are AS {neighbor.local_as.asn}" if neighbor.local_as else ""


def members(instance: Instance) -> Mapping[str, list[tuple[str, Member]]]:
    """By neighbor, the families that it is in, each with its part."""
    found: dict[str, list[tuple[str, Member]]] = {}
    for family in instance.families:
        for member in family.members:
            found.setdefault(member.peer, []).append((family.name, member))
    return found


def traits(neighbor: Neighbor, parts: Sequence[tuple[str, Member]]) -> str:
    """What else a reader asks of a session: its families, BFD, whether it is reflected. `parts` are its `members`."""
    said = [
        " ".join(dict.fromkeys(BY_NAME[name].short for name, _ in parts)),
        "BFD" if neighbor.bfd or neighbor.bfd_profile else "",
        "client" if any(member.route_reflector_client for _, member in parts) else "",
        "multihop" if neighbor.ebgp_multihop else "",
    ]
    return " · ".join(part for part in said if part)


class Nics:
    """The NICs of a node, to be found by the neighbors behind them in a time that does not grow with their number."""

    def __init__(self, nics: Sequence[Nic]) -> None:
        self._by_name = {nic.name: nic for nic in reversed(nics)}
        self._networks = [(ip_interface(address).network, nic) for nic in nics for address in nic.addresses]
        self._tables: dict[tuple[int, int], dict[tuple[int, int], tuple[int, Nic]]] = {}

    def of(self, neighbor: Neighbor) -> Nic | None:
        """The NIC behind which a neighbor is: named by the session, or with an address in the same network."""
        if neighbor.kind == "interface":
            return self._by_name.get(neighbor.peer)
        there = ip_network(neighbor.listen or neighbor.peer, strict=False)
        table = self._table(there.version, there.prefixlen)
        bits, address = there.max_prefixlen, int(there.network_address)
        lengths = {length for length, _ in table}
        found = [table[key] for length in lengths if (key := (length, address >> (bits - length))) in table]
        return min(found, key=lambda one: one[0])[1] if found else None

    def _table(self, version: int, longest: int) -> dict[tuple[int, int], tuple[int, Nic]]:
        """The NICs with their order, by length and bits of their networks, of which `longest` bits count."""
        if (version, longest) not in self._tables:
            table = self._tables[version, longest] = {}
            for order, (network, nic) in enumerate(self._networks):
                if network.version == version:
                    length = min(network.prefixlen, longest)
                    bits = int(network.network_address) >> (network.max_prefixlen - length)
                    table.setdefault((length, bits), (order, nic))
        return self._tables[version, longest]


class Veths:
    """The veths of a node, to be found by the sessions that the host speaks over them."""

    def __init__(self, veths: Iterable[Veth]) -> None:
        self._by_peer: dict[tuple[str | None, str], Veth] = {}
        for veth in veths:
            for peer in (*(str(ip_interface(address).ip) for address in veth.host_addresses), veth.router):
                self._by_peer.setdefault((veth.vrf, peer), veth)

    def of(self, instance: Instance, neighbor: Neighbor) -> Veth | None:
        """The veth on whose other end the host speaks this session."""
        return self._by_peer.get((instance.vrf, neighbor.peer))
