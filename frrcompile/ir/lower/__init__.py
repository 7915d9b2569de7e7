"""Lowering: the typed model and a node's index become that node's router. Every decision is made here."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.lower import bgp, links, no_transit, policy
from frrcompile.ir.node import Log, Node, Raw, StaticRoute, Timestamps, Vrf
from frrcompile.ir.origin import Listed, Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.routing import Routing

DAEMONS = ("bgpd", "bfdd")
"""Started beside zebra and staticd: bfdd too, so that switching BFD on needs no new container."""


def lower(scope: Scope) -> Node:
    """The router of one node. The rules of `ir.validate` over its scope hold already."""
    site = scope.site
    *vrfs, underlay = bgp.instances(scope)
    guarded = no_transit.guarded(underlay) if site.underlay.no_transit else no_transit.Guarded(underlay)
    instances = (*vrfs, guarded.instance)
    return Node(
        name=scope.name,
        index=scope.index,
        frr=dialect.known(site.frr.version or dialect.NEWEST) or dialect.NEWEST,
        daemons=DAEMONS,
        log=tuple(_log(scope)),
        timestamps=_timestamps(scope),
        debug=tuple(_debug(scope)),
        prefix_lists=tuple(policy.prefix_lists(site)),
        community_lists=(*policy.community_lists(site), *guarded.community_lists),
        as_path_lists=tuple(policy.as_path_lists(site)),
        route_maps=(*policy.route_maps(site), *guarded.route_maps),
        bfd_profiles=tuple(policy.bfd_profiles(site)),
        routes=tuple(_routes(site.underlay, ("underlay",))),
        vrfs=tuple(
            Vrf(name, vrf.l3vni.vni if vrf.l3vni else None, tuple(_routes(vrf, ("vrfs", name))), at=("vrfs", name))
            for name, vrf in scope.vrfs().items()
        ),
        declared=tuple(bgp.declared(instances)),
        bgp=instances,
        raw=tuple(_raw(scope)),
        links=links.links(scope),
        at=("nodes", scope.name),
    )


def _log(scope: Scope) -> Iterator[Log]:
    """`debugging` is the default level, and FRR shows no default (lib/log_vty.c)."""
    log, at = scope.site.frr.log, ("frr", "log")
    if log.file:
        yield Log("file", log.file, None if log.level == "debugging" else log.level, at=(*at, "file"))
    if log.syslog:
        yield Log("syslog", None, None if log.syslog == "debugging" else log.syslog, at=(*at, "syslog"))
    if log.stdout:
        yield Log("stdout", None, None if log.stdout == "debugging" else log.stdout, at=(*at, "stdout"))


def _timestamps(scope: Scope) -> Timestamps | None:
    precision = scope.site.frr.log.timestamp_precision
    return Timestamps(precision, at=("frr", "log", "timestamp-precision")) if precision else None


def _debug(scope: Scope) -> Iterator[Listed]:
    """Each command once, as FRR shows it: a command that FRR splits into several lines never converges as one."""
    found: dict[str, Listed] = {}
    for position, words in enumerate(scope.site.frr.debug):
        for shown in dialect.DEBUG_SHOWN.get(words, (words,)):
            found.setdefault(shown, Listed(shown, ("frr", "debug", position)))
    yield from found.values()


def _routes(routing: Routing, at: Origin) -> Iterator[StaticRoute]:
    for position, route in enumerate(routing.static_routes):
        yield StaticRoute(
            family="ipv4" if route.prefix.version == 4 else "ipv6",
            prefix=str(route.prefix),
            via=str(route.via) if route.via else None,
            interface=route.interface,
            tag=route.tag,
            distance=None if route.distance == 1 else route.distance,
            at=(*at, "static-routes", position),
        )


def _raw(scope: Scope) -> Iterator[Raw]:
    parts = sorted(scope.parts(scope.site.raw, "raw"), key=lambda part: part[1].priority)
    for at, raw in parts:
        place = (*at, "lines")
        lines = (Listed(line.rstrip(), (*place, number)) for number, line in enumerate(raw.lines.splitlines()))
        yield Raw(tuple(lines), at=place)
