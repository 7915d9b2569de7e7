"""Lowering: the typed model and a node's index become that node's router. Every decision is made here."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.lower import bgp, links, policy
from frrcompile.ir.node import Node, Raw, StaticRoute, Vrf
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.routing import Routing

DAEMONS = ("bgpd", "bfdd")
"""Started beside zebra and staticd: bfdd too, so that switching BFD on needs no new container."""


def lower(scope: Scope) -> Node:
    """The router of one node. The rules of `ir.validate.model` hold already."""
    site = scope.site
    instances = tuple(bgp.instances(scope))
    return Node(
        name=scope.name,
        index=scope.index,
        frr=dialect.known(site.frr.version or dialect.NEWEST) or dialect.NEWEST,
        daemons=DAEMONS,
        log=tuple(_log(scope)),
        debug=tuple(_debug(scope)),
        prefix_lists=tuple(policy.prefix_lists(site)),
        community_lists=tuple(policy.community_lists(site)),
        route_maps=tuple(policy.route_maps(site)),
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
    )


def _log(scope: Scope) -> Iterator[str]:
    """`debugging` is the default level, and FRR shows no default (lib/log_vty.c)."""
    log = scope.site.frr.log
    if log.file:
        yield f"file {log.file}" + ("" if log.level == "debugging" else f" {log.level}")
    if log.syslog:
        yield "syslog" + ("" if log.syslog == "debugging" else f" {log.syslog}")


def _debug(scope: Scope) -> Iterator[str]:
    """Each command as FRR shows it: what it splits into several lines never converges as one."""
    yield from dict.fromkeys(
        shown for words in scope.site.frr.debug for shown in dialect.DEBUG_SHOWN.get(words, (words,))
    )


def _routes(routing: Routing, at: Origin) -> Iterator[StaticRoute]:
    for position, route in enumerate(routing.static_routes):
        next_hop = " ".join(filter(None, (str(route.via or ""), route.interface)))
        yield StaticRoute(
            family="ip" if route.prefix.version == 4 else "ipv6",
            prefix=str(route.prefix),
            next_hop=next_hop or "blackhole",
            tag=route.tag,
            distance=None if route.distance == 1 else route.distance,
            at=(*at, "static-routes", position),
        )


def _raw(scope: Scope) -> Iterator[Raw]:
    parts = sorted(scope.parts(scope.site.raw, "raw"), key=lambda part: part[1].priority)
    for at, raw in parts:
        yield Raw(tuple(line.rstrip() for line in raw.lines.splitlines()), at=(*at, "lines"))
