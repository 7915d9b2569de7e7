"""The routes of VRFs as type-5 routes (RFC 9136): what their hosts announce, and their networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frrcompile.ir.bgp import Family, Instance
from frrcompile.ir.lower.families import UNICAST
from frrcompile.ir.node import Vrf
from frrcompile.ir.origin import Listed
from frrcompile.reach.hosts import host_routes, is_host
from frrcompile.reach.prefixes import prefix
from frrcompile.reach.route import PREFIX, Cause, Route, Unknown, Verdict
from frrcompile.reach.segments import evpn_route, wrong_family
from frrcompile.reach.session import Session, sessions
from frrcompile.reach.source import Source
from frrcompile.reach.speakers import Router


def tenants(router: Router) -> Iterator[Source]:
    """The routes of all VRFs that have an L3VNI and announce something."""
    instances = {instance.vrf: instance for instance in router.node.bgp}
    connected = _connected(router)
    hosts: dict[object, list[Verdict]] = {}
    for vrf in router.node.vrfs:
        instance = instances.get(vrf.name)
        families = {family.name: family for family in instance.families} if instance else {}
        evpn = families.get("l2vpn-evpn")
        if not instance or not evpn or not evpn.type_five or not vrf.vni or vrf.vni not in router.vnis:
            continue
        version = router.vnis[vrf.vni]
        wrong = wrong_family(router, (*vrf.at, "l3vni"), version)
        base = evpn_route(router, vrf.vni, version)._replace(kind=PREFIX)
        own_sessions = sessions(instance, router.policies)
        for advertised in map(str, evpn.type_five.advertise):
            family = families.get(UNICAST[advertised])
            if not family:
                continue
            what = f"type-5 routes of VRF {vrf.name}, {advertised}"
            for session in own_sessions:
                if is_host(session.neighbor) and family.name in session.members:
                    routes = _as_type_five(_of_host(session, family, advertised, hosts), base, wrong)
                    name = f"what the host {session.neighbor.peer} announces ({what})"
                    yield Source(name, session.neighbor.at, routes, vni=vrf.vni)
            for network in family.networks:
                routes = _as_type_five([_network(instance, vrf, family, network, connected)], base, wrong)
                yield Source(f"the network {network} ({what})", network.at, routes, vni=vrf.vni)


def _of_host(session: Session, family: Family, version: str, known: dict[object, list[Verdict]]) -> list[Verdict]:
    """What a host may announce; the same for all sessions with the same policy, where something passes it."""
    member, instance = session.members[family.name], session.instance
    key = (version, member.import_map, member.allowas_in, session.neighbor.remote_as, instance.asn)
    if key not in known:
        found = host_routes(session, family.name, 4 if version == "ipv4" else 6)
        if not isinstance(found[0], Route):
            return found
        known[key] = found
    return known[key]


def _as_type_five(unicast: Iterable[Verdict], base: Route, wrong: Cause | None) -> tuple[Verdict, ...]:
    """The type-5 routes of unicast routes: their attributes, with the VNI's targets and next hop."""
    return tuple(
        wrong or base._replace(prefix=one.prefix, path=one.path, communities=one.communities, large=one.large)
        if isinstance(one, Route)
        else one
        for one in unicast
    )


def _network(
    instance: Instance, vrf: Vrf, family: Family, network: Listed, connected: dict[str | None, set[object]]
) -> Verdict:
    """A network that is announced: with `import-check` only while the routing table has it."""
    route = Route(family.name, 0, prefix(network))
    if not instance.import_check or route.prefix in connected.get(vrf.name, ()):
        return route
    if any(prefix(static.prefix) == route.prefix for static in vrf.routes):
        return route
    if family.leak or instance.neighbors:
        return Unknown(network.at, "a network that must be in the routing table, where other routes may put it")
    why = "`import-check` is on, and no static or connected route of the model is this prefix"
    return Cause("origin", network.at, why, "add a static route, or set `import-check: false` in `router`")


def _connected(router: Router) -> dict[str | None, set[object]]:
    """The connected prefixes of each VRF."""
    links = router.node.links
    found: dict[str | None, set[object]] = {}
    for veth in links.veths:
        found.setdefault(veth.vrf, set()).update(map(prefix, veth.router_addresses))
    for bridge in links.bridges:
        if bridge.addresses:
            found.setdefault(bridge.vrf, set()).update(map(prefix, bridge.addresses))
    return found
