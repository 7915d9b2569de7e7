"""Rules over VNIs and VTEPs."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface, IPv6Interface

from frrcompile.diagnostics import Diagnostic, nearest
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Network, Source, overlapping, repeated


def _vni(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR954: a VNI is one segment or one VRF; zebra refuses the second, 10.x all VNIs that it reads together."""
    for vni, at, first in repeated((vni.vni, (*at, "vni")) for at, vni in scope.vnis()):
        message = f"VNI {vni} is used twice: {_owner(at)} and {_owner(first)}"
        yield source.error("FRR954", at, message, other=first, said="first used here")


def _owner(at: Origin) -> str:
    return f"VRF {at[1]}" if at[0] == "vrfs" else "an L2VNI"


def _vtep(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR961: a VNI needs a VTEP of its underlay's family: without a local address no type-5 route leaves the node."""
    for at, vni in scope.vnis():
        if not scope.vtep(vni.underlay):
            example = "100.65.0.2" if vni.underlay == "ipv4" else '"2001:db8:65::2"'
            yield source.error(
                "FRR961",
                at,
                f"VNI {vni.vni} travels over {vni.underlay}, but the node has no VTEP of that family",
                help=f"add an address that the underlay announces, for example `vtep: {{{vni.underlay}: {example}}}`",
            )


def _announced(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR977: a VTEP that no neighbour is told of: no packet would find it."""
    if scope.site.vtep.interface != "lo":
        return
    for family in dict.fromkeys(vni.underlay for _, vni in scope.vnis()):
        vtep = scope.vtep(family)
        neighbors = [neighbor for _, neighbor in scope.parts(scope.site.underlay.neighbors, "underlay", "neighbors")]
        told = any(neighbor.families is None or f"{family}-unicast" in neighbor.families for neighbor in neighbors)
        if vtep and not told:
            message = f"no neighbour of the underlay has the family {family}-unicast, so nobody learns the way to the VTEP {vtep}"
            yield source.error(
                "FRR977", scope.vtep_at(family), message, other=("underlay", "neighbors"), said="the neighbours"
            )


def _evpn_neighbor(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR978: VNIs without a neighbour that takes EVPN routes stay on the node."""
    neighbors = [neighbor for _, neighbor in scope.parts(scope.site.underlay.neighbors, "underlay", "neighbors")]
    told = any(neighbor.families is None or "l2vpn-evpn" in neighbor.families for neighbor in neighbors)
    for at, vni in scope.vnis():
        if not told:
            message = f"VNI {vni.vni} is announced to nobody: no neighbour of the underlay has the family l2vpn-evpn"
            yield source.error("FRR978", at, message, other=("underlay", "neighbors"), said="the neighbours")
            return


def _route_distinguisher(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR979: a route distinguisher tells one table of the node from another."""
    places = ((vni.rd, (*at, "rd")) for at, vni in scope.vnis() if vni.rd)
    for rd, at, first in repeated(places):
        message = f"the route distinguisher {rd} is used twice: {_owner(at)} and {_owner(first)}"
        yield source.error("FRR979", at, message, other=first, said="first used here")


def _gateway(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR980: a gateway routes in a VRF, which the node has, and has an address."""
    vrfs = scope.vrfs()
    for at, segment in scope.l2vnis():
        if segment.vrf and segment.vrf not in vrfs:
            near = nearest(segment.vrf, vrfs)
            message = f"L2VNI {segment.vni} is in VRF {segment.vrf!r}, which this node does not have"
            yield source.error("FRR980", (*at, "vrf"), message, help=f"did you mean {near!r}?" if near else "")
        if not segment.gateway:
            continue
        if not segment.vrf:
            yield source.error(
                "FRR980", (*at, "gateway"), f"the gateway of L2VNI {segment.vni} needs a `vrf` to route in"
            )
        if not segment.gateway.ipv4 and not segment.gateway.ipv6:
            yield source.error(
                "FRR980", (*at, "gateway"), f"the gateway of L2VNI {segment.vni} needs `ipv4`, `ipv6` or both"
            )


def _subnets(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR981: the subnets of a VRF do not overlap: its gateways and its host session."""
    subnets: dict[str | None, list[tuple[Network, Origin]]] = {}
    for at, segment in scope.l2vnis():
        for family in ("ipv4", "ipv6") if segment.gateway else ():
            gateway: IPv4Interface | IPv6Interface | None = getattr(segment.gateway, family)
            if gateway:
                subnets.setdefault(segment.vrf, []).append((gateway.network, (*at, "gateway", family)))
    for at, vrf, session in scope.sessions():
        for ends in scope.ends(session):
            subnets.setdefault(vrf, []).append((ends.network, (*at, ends.family)))
    for vrf, found in subnets.items():
        for subnet, at, other, other_at in overlapping(found):
            message = f"the subnet {subnet} overlaps {other} in VRF {vrf or 'default'}"
            yield source.error("FRR981", at, message, other=other_at, said="the other subnet")


def _mtu(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR982: a segment's MTU and what VXLAN adds fit into the underlay: 50 bytes over IPv4, 70 over IPv6."""
    for at, segment in scope.l2vnis():
        room = scope.mtu(segment.underlay)
        if segment.mtu and segment.mtu > room:
            message = f"L2VNI {segment.vni} has an MTU of {segment.mtu} bytes, but the underlay leaves {room} over {segment.underlay}"
            yield source.error(
                "FRR982", (*at, "mtu"), message, help=f"at most {room}, or a larger `mtu` on the underlay's interfaces"
            )


RULES = (_vni, _vtep, _announced, _evpn_neighbor, _route_distinguisher, _gateway, _subnets, _mtu)
