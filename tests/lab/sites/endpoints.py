"""What stands behind the machines: a pod for each host session, a virtual machine for each L2VNI; and who must reach whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_interface
from itertools import combinations

from frrcompile.ir.links import SegmentVeth, Veth
from tests.lab.sites.members import Member

POD, MACHINE = 6, 10
"""Where in its subnet the address of a pod is, and that of the first virtual machine of a segment."""

OWN = 100
"""Where in its subnet the addresses begin that no other segment has, even where two VRFs have the same subnet."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A namespace behind a machine: in a VRF (None: the default one), and in the segment of the L2VNI `segment`.

    `addresses` has its address in each family, with the prefix length; `gateways` the next hops of its default routes.
    `own` is one more address. `veth` is the host session's pair, `leg` that of the segment.
    """

    member: Member
    namespace: str
    vrf: str | None
    segment: int | None
    mtu: int
    addresses: dict[int, str]
    gateways: dict[int, str]
    own: str | None = None
    veth: Veth | None = None
    leg: SegmentVeth | None = None

    def vtep(self, vni: int | None) -> str | None:
        """The machine's VTEP for a VNI, None where it does not have the VNI."""
        return next((one.local for one in self.member.node.links.vxlans if one.vni == vni), None)


@dataclass(frozen=True, slots=True)
class Flow:
    """Packets that must arrive: from one endpoint to another, in a family, through a VNI (None: not through VXLAN)."""

    source: Endpoint
    target: Endpoint
    version: int
    vni: int | None

    @property
    def name(self) -> str:
        """In words."""
        through = f"VNI {self.vni}" if self.vni else "the underlay"
        return f"{self.source.namespace} to {self.target.namespace}, IPv{self.version}, through {through}"

    @property
    def ends(self) -> tuple[str, str]:
        """The addresses of both."""
        return tuple(one.addresses[self.version].split("/")[0] for one in (self.source, self.target))  # type: ignore[return-value]

    @property
    def mtu(self) -> int:
        """The size of the largest packet, in bytes."""
        return min(self.source.mtu, self.target.mtu)

    @property
    def vteps(self) -> tuple[str, str]:
        """The VTEPs of both machines."""
        near, far = (one.vtep(self.vni) for one in (self.source, self.target))
        assert near
        assert far
        return near, far


def endpoints(members: Sequence[Member]) -> tuple[Endpoint, ...]:
    """Everything that stands behind the machines."""
    return tuple(one for member in members for one in (*_pods(member), *_machines(member)))


def flows(found: Sequence[Endpoint]) -> Iterator[Flow]:
    """Who must reach whom: for each two machines one flow for each VNI that they share, each family, and each kind of end."""
    seen = set()
    for source, target in combinations(found, 2):
        if source.member is target.member:
            continue
        shared = source.segment if source.segment == target.segment else None
        vni = shared or _l3vni(source, target)
        routed = source.vrf is None and target.vrf is None and not source.segment and not target.segment
        if vni is None and not routed:
            continue
        for version in sorted(source.addresses.keys() & target.addresses.keys()):
            kind = (
                source.member.number,
                target.member.number,
                vni,
                version,
                source.segment is None,
                target.segment is None,
            )
            if kind not in seen:
                seen.add(kind)
                yield Flow(source, target, version, vni)


def strangers(found: Sequence[Endpoint]) -> Iterator[tuple[Endpoint, Endpoint]]:
    """Virtual machines in different VRFs whose subnets are the same, each with one whose own address it must not reach."""
    for source in found:
        for target in found:
            if source.own and target.own and source.vrf != target.vrf and source.member is not target.member:
                ours, theirs = (ip_interface(one.addresses[4]).network for one in (source, target))
                if ours == theirs:
                    yield source, target


def _pods(member: Member) -> Iterator[Endpoint]:
    for place, veth in enumerate(member.node.links.veths):
        third = 16 * member.number + place
        addresses: dict[int, str] = {}
        gateways: dict[int, str] = {}
        for address in veth.router_addresses:
            if ":" in address:
                addresses[6], gateways[6] = f"2001:db8:244:{third + 1:x}::{POD}/64", f"2001:db8:244:{third + 1:x}::1"
            else:
                addresses[4], gateways[4] = f"10.244.{third}.{POD}/24", f"10.244.{third}.1"
        namespace = f"pod{member.number}-{veth.vrf or 'default'}"
        yield Endpoint(member, namespace, veth.vrf, None, veth.mtu, addresses, gateways, veth=veth)


def _machines(member: Member) -> Iterator[Endpoint]:
    bridges = {one.name: one for one in member.node.links.bridges}
    vxlans = {one.bridge: one for one in member.node.links.vxlans}
    for place, leg in enumerate(member.node.links.segment_veths):
        bridge, vxlan = bridges[leg.bridge], vxlans[leg.bridge]
        known = [one for one in bridge.addresses if not ip_interface(one).is_link_local]
        subnets = known or [f"10.20.{vxlan.vni % 256}.1/24"]
        addresses: dict[int, str] = {}
        for subnet in subnets:
            network = ip_interface(subnet).network
            addresses[network.version] = f"{network[MACHINE + member.number]}/{network.prefixlen}"
        gateways: dict[int, str] = {ip_interface(one).version: str(ip_interface(one).ip) for one in known}
        own = (
            ip_interface(addresses[4]).network[OWN + 10 * place + member.number]
            if bridge.vrf and 4 in addresses
            else None
        )
        yield Endpoint(
            member,
            f"vm{member.number}-{vxlan.vni}",
            bridge.vrf,
            vxlan.vni,
            leg.mtu,
            addresses,
            gateways,
            own=str(own) if own else None,
            leg=leg,
        )


def _l3vni(source: Endpoint, target: Endpoint) -> int | None:
    """The L3VNI through which packets of two VRFs go, None where they do not meet."""
    if source.vrf is None or target.vrf is None:
        return None
    found = [_vni(one) for one in (source, target)]
    return found[0] if found[0] == found[1] else None


def _vni(end: Endpoint) -> int | None:
    return next((vrf.vni for vrf in end.member.node.vrfs if vrf.name == end.vrf), None)
