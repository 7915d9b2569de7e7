"""The fabric that the machines' models expect: the leaf behind each NIC, and the cables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network, ip_address, ip_interface, ip_network

from frrcompile.ir.bgp import Neighbor
from frrcompile.ir.links import Nic
from frrcompile.reach.hosts import is_host
from frrcompile.reach.policies import Policies
from frrcompile.reach.session import Session, sessions
from tests.lab.sites.members import Member
from tests.lab.sites.scenario import Scenario
from tests.lab.topology import Cable

Interface = IPv4Interface | IPv6Interface

FIRST_EXTERNAL_AS = 65101
"""The AS of the first leaf whose AS the model does not say (`remote-as: external`)."""

CORE_AS = 65100


@dataclass(frozen=True, slots=True)
class Port:
    """A link of a machine's underlay, the addresses that it has, and its sessions with the leaf behind it.

    `given` are the addresses that the lab puts on the NIC, as the model has none.
    """

    member: Member
    nic: Nic
    given: tuple[str, ...]
    sessions: tuple[Session, ...]

    @property
    def addresses(self) -> tuple[Interface, ...]:
        """The addresses that FRR's namespace has on the link."""
        return tuple(map(ip_interface, self.nic.addresses or self.given))

    @property
    def cable(self) -> str:
        """The interface of the leaf at the other end of the cable."""
        return f"to{self.member.number}-{self.nic.parent or self.nic.name}"[:15]

    @property
    def leaf_interface(self) -> str:
        """The interface of the leaf that has this link's packets without a VLAN tag."""
        return f"v{self.member.number}.{self.nic.vlan}" if self.nic.attach == "vlan" else self.cable


@dataclass(frozen=True, slots=True)
class Leaf:
    """A router of the fabric, and the links that end at it. `asn` is None where no machine has a session with it."""

    number: int
    ports: tuple[Port, ...]
    asn: int | None

    @property
    def name(self) -> str:
        """Its namespace."""
        return f"leaf{self.number}"

    @property
    def capture(self) -> str:
        """The file with the packets that it captures."""
        return f"{self.name}.pcap"

    @property
    def unnumbered(self) -> bool:
        """Whether each link is a segment of its own, without addresses."""
        return not any(port.addresses for port in self.ports)

    def addresses(self) -> tuple[Interface, ...]:
        """Its addresses on the segment that its links are: those that the machines know it by."""
        found: dict[Interface, None] = {}
        for port in self.ports:
            for session in port.sessions:
                if session.neighbor.kind != "interface":
                    found[_leaf_address(session, port.addresses)] = None
        return tuple(found)


def leaves(scenario: Scenario, members: Sequence[Member]) -> tuple[Leaf, ...]:
    """The leaves. Links in one subnet end at one leaf, and so do links without addresses that have one name."""
    segments: dict[object, list[Port]] = {}
    for port in _ports(scenario, members):
        key = port.addresses[0].network if port.addresses else port.nic.name
        segments.setdefault(key, []).append(port)
    found = []
    for number, ports in enumerate(segments.values()):
        numbers = {_asn(session, number) for port in ports for session in port.sessions}
        assert len(numbers) <= 1, f"a leaf with several AS numbers: {numbers}"
        found.append(Leaf(number, tuple(ports), next(iter(numbers), None)))
    return tuple(found)


def cables(leaves: Sequence[Leaf]) -> tuple[Cable, ...]:
    """The cables between machines and leaves; one for all VLANs of a NIC."""
    found: dict[Cable, None] = {}
    for leaf in leaves:
        for port in leaf.ports:
            present = port.nic.attach == "present"
            where = port.member.router if present else port.member.host
            found[Cable(where, port.nic.parent or port.nic.name, leaf.name, port.cable)] = None
    return tuple(found)


def nic_lines(member: Member, leaves: Sequence[Leaf], *, present: bool) -> str:
    """The lines that make the NICs as they are before `plumb`: on the machine, or in FRR's namespace where they are present."""
    lines = []
    for port in (port for leaf in leaves for port in leaf.ports if port.member is member):
        name, nic = port.nic.parent or port.nic.name, port.nic
        if (nic.attach == "present") is present:
            lines += [f"link set {name} mtu {nic.mtu}", f"link set {name} up"]
            lines += [f"addr add {address} dev {name}{nodad(address)}" for address in port.given]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def leaf_lines(leaf: Leaf) -> str:
    """The lines that make a leaf's interfaces."""
    lines = [] if leaf.unnumbered else ["link add segment type bridge"]
    for port in leaf.ports:
        lines += [f"link set {port.cable} mtu {port.nic.mtu}", f"link set {port.cable} up"]
        if port.nic.attach == "vlan":
            lines.append(f"link add link {port.cable} {port.leaf_interface} type vlan id {port.nic.vlan}")
        if not leaf.unnumbered:
            lines.append(f"link set {port.leaf_interface} master segment")
        lines.append(f"link set {port.leaf_interface} up")
    if not leaf.unnumbered:
        lines.append("link set segment up")
        lines += [f"addr add {address} dev segment{nodad(address)}" for address in map(str, leaf.addresses())]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def nodad(address: str) -> str:
    """The end of a line that adds an address: without detection an IPv6 address can be used at once."""
    return " nodad" if ":" in address else ""


def _ports(scenario: Scenario, members: Sequence[Member]) -> Iterator[Port]:
    given = {member.number: _given(scenario, member) for member in members}
    own = {
        member.number: {
            str(ip_interface(address).ip)
            for nic in member.node.links.nics
            for address in (*nic.addresses, *given[member.number].get(nic.name, ()))
        }
        for member in members
    }
    for member in members:
        fabric = [
            one
            for one in sessions(member.underlay, Policies(member.node))
            if not is_host(one.neighbor) and not _with_a_machine(one.neighbor, member, members, own)
        ]
        for nic in member.node.links.nics:
            added = given[member.number].get(nic.name, ())
            known = tuple(map(ip_interface, nic.addresses or added))
            yield Port(member, nic, added, tuple(one for one in fabric if _behind(one, nic.name, known)))


def _given(scenario: Scenario, member: Member) -> Mapping[str, tuple[str, ...]]:
    """The addresses of the NICs that have none in the model: what the scenario says, else one in the leaf's subnet."""
    said = scenario.addresses.get(member.node.name)
    if said is not None:
        return said
    known = [ip_interface(address).network for nic in member.node.links.nics for address in nic.addresses]
    unknown = []
    for neighbor in member.underlay.neighbors:
        if is_host(neighbor) or neighbor.kind == "interface":
            continue
        subnet = _subnet(neighbor.listen or neighbor.peer)
        if not any(subnet.overlaps(one) for one in known if one.version == subnet.version):
            unknown.append(subnet)
    bare = [nic.name for nic in member.node.links.nics if not nic.addresses and nic.attach in ("move", "present")]
    return {
        name: (f"{subnet[100 + member.number]}/{subnet.prefixlen}",)
        for name, subnet in zip(bare, unknown, strict=False)
    }


def _subnet(text: str) -> IPv4Network | IPv6Network:
    if "/" in text:
        return ip_network(text)
    return ip_network(f"{text}/{64 if ip_address(text).version == 6 else 24}", strict=False)


def _with_a_machine(
    neighbor: Neighbor, member: Member, members: Sequence[Member], addresses: Mapping[int, set[str]]
) -> bool:
    """Whether a neighbor is another machine: by its address, or as it connects from a range."""
    others = [one for one in members if one is not member]
    if neighbor.listen is None:
        return any(neighbor.peer in addresses[one.number] for one in others)
    return any(far.peer in addresses[member.number] for one in others for far in one.underlay.neighbors)


def _behind(session: Session, name: str, known: Sequence[Interface]) -> bool:
    """Whether a session goes over the link `name`, which has the addresses `known`."""
    neighbor = session.neighbor
    if neighbor.kind == "interface":
        return neighbor.peer == name
    if neighbor.listen:
        return any(one.ip in ip_network(neighbor.listen) for one in known)
    return any(ip_address(neighbor.peer) in one.network for one in known)


def _leaf_address(session: Session, known: Sequence[Interface]) -> Interface:
    """The leaf's address for a session: the model's, or the first one of the range that it connects from."""
    listen = session.neighbor.listen
    address = next(ip_network(listen).hosts()) if listen else ip_address(session.neighbor.peer)
    (own, *_) = (one for one in known if address in one.network)
    return ip_interface(f"{address}/{own.network.prefixlen}")


def _asn(session: Session, number: int) -> int:
    said = session.neighbor.remote_as
    if said == "external":
        return FIRST_EXTERNAL_AS + number
    return session.shown_as if said == "internal" else int(said)
