"""The VTEPs of a node, and the type-3 and type-2 routes of its L2VNIs (RFC 7432)."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.facts import boundaries, releases
from frrcompile.ir.bgp import Family, Instance
from frrcompile.ir.lower.families import UNICAST
from frrcompile.ir.origin import Origin
from frrcompile.reach.prefixes import covers, prefix
from frrcompile.reach.route import MACIP, MULTICAST, Cause, Prefix, Route, Unknown, Verdict
from frrcompile.reach.source import Source
from frrcompile.reach.speakers import Router


def vteps(router: Router) -> Iterator[Source]:
    """The prefixes of the VTEPs."""
    for version, address in router.vteps.items():
        own = prefix(address)
        family = family_of(router.underlay, UNICAST[version])
        at = _place(family, version)
        routes = (_announced(router, family, own, at),)
        yield Source(f"the VTEP's prefix {own.text}", at, routes, vtep=version, counted=True)


def segments(router: Router) -> Iterator[Source]:
    """The routes of L2VNIs: one type-3 route of each, and type-2 routes that stand for its MAC addresses."""
    evpn = family_of(router.underlay, "l2vpn-evpn")
    if not evpn or not evpn.fabric:
        return
    layer3 = {vrf.vni for vrf in router.node.vrfs}
    for vxlan in router.node.links.vxlans:
        if vxlan.vni in layer3:
            continue
        version = router.vnis[vxlan.vni]
        base = evpn_route(router, vxlan.vni, version)
        wrong = wrong_family(router, vxlan.at, version)
        flood, mac = wrong or base._replace(kind=MULTICAST), wrong or base._replace(kind=MACIP)
        yield Source(f"the type-3 route of VNI {vxlan.vni}", vxlan.at, (flood,), vni=vxlan.vni, counted=True)
        yield Source(f"the type-2 routes of VNI {vxlan.vni}", vxlan.at, (mac,), vni=vxlan.vni)


def evpn_route(router: Router, vni: int, version: str) -> Route:
    """What the routes of a VNI have in common: its route targets, and the VTEP as next hop."""
    targets = frozenset(f"rt {target}" for target in router.targets[vni].exports)
    return Route("l2vpn-evpn", vni=vni, extended=targets, next_hop=router.vteps[version])


def wrong_family(router: Router, at: Origin, version: str) -> Cause | None:
    """FRR before 10.6 has no IPv6 VTEPs: type-3 routes have the router id as next hop (measured: 10.3, 10.4.4, 10.5.4)."""
    if version == "ipv4" or releases.parse(router.node.frr) >= boundaries.IPV6_VTEPS:
        return None
    since = releases.spell(boundaries.IPV6_VTEPS)
    why = f"FRR {router.node.frr} announces the router id as next hop, and not the IPv6 VTEP; FRR {since} and newer announce the VTEP"
    return Cause("origin", (*at, "underlay"), why, "take `underlay: ipv4`, or a newer FRR")


def family_of(instance: Instance, name: str) -> Family | None:
    """An address family of an instance, if it has it."""
    return next((family for family in instance.families if family.name == name), None)


def _place(family: Family | None, version: str) -> Origin:
    """Where the model has the VTEP, or the pool that it is from."""
    places = (network.at for network in family.networks) if family else ()
    return next((at for at in places if at[-1:] in ((version,), (f"vtep-{version}",))), ("vtep",))


def _announced(router: Router, family: Family | None, own: Prefix, at: Origin) -> Verdict:
    """The VTEP's prefix as the default instance announces it."""
    if not family:
        return Unknown(at, "a VTEP that others announce")
    for aggregate in family.aggregates:
        around = prefix(aggregate.prefix)
        if aggregate.summary_only and around != own and covers(around, own):
            why = f"the aggregate {aggregate.prefix} with `summary-only` suppresses it"
            return Cause("origin", aggregate.at, why, "leave `summary-only` out, or take another aggregate")
    if router.node.links.loopback or any(prefix(network) == own for network in family.networks):
        return Route(family.name, 0, own)
    return Unknown(at, "a VTEP that others announce")
