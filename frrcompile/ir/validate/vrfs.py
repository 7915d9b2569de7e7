"""Rules over VRFs: their names, tables and leaks, and their static routes."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic, nearest
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.routing import Routing, StaticRoute


def _name(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR956: names that Linux or FRR keep for themselves."""
    for name in scope.vrfs():
        if name in ("default", "lo", "all"):
            message = f"a VRF cannot be called {name!r}: FRR or Linux uses the name itself"
            yield source.key_error("FRR956", ("vrfs", name), message)


def _table(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR955: two VRFs with one table are one VRF to the kernel."""
    places = ((vrf.table, ("vrfs", name, "table")) for name, vrf in scope.vrfs().items())
    for table, at, first in repeated(places):
        message = f"table {table} is used twice: VRF {at[1]} and VRF {first[1]}"
        yield source.error("FRR955", at, message, other=first, said="first used here")


def _leak(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR974: routes come from another VRF of the node, or from `default`."""
    vrfs = scope.vrfs()
    for name, vrf in vrfs.items():
        for position, other in enumerate(vrf.leak.from_ if vrf.leak else ()):
            at = ("vrfs", name, "leak", "from", position)
            if other == name:
                yield source.error("FRR974", at, f"VRF {name} cannot take routes from itself")
            elif other != "default" and other not in vrfs:
                near = nearest(other, [*vrfs, "default"])
                message = f"VRF {name} takes routes from VRF {other!r}, which this node does not have"
                yield source.error("FRR974", at, message, help=f"did you mean {near!r}?" if near else "")


def _routings(scope: Scope) -> Iterator[tuple[Origin, Routing]]:
    yield ("underlay",), scope.site.underlay
    for name, vrf in scope.vrfs().items():
        yield ("vrfs", name), vrf


def _static_routes(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR975: a static route goes somewhere, in the family of its prefix, and each is there once."""
    for at, routing in _routings(scope):
        places: list[tuple[tuple[str, str, str], Origin]] = []
        for position, route in enumerate(routing.static_routes):
            place = (*at, "static-routes", position)
            somewhere = route.via or route.interface
            if route.blackhole == bool(somewhere):
                message = f"the route to {route.prefix} needs `via`, `interface` or both, or `blackhole: true`"
                yield source.error("FRR975", place, message)
            if route.via and route.via.version != route.prefix.version:
                message = f"the next hop of the IPv{route.prefix.version} route to {route.prefix} is an IPv{route.via.version} address"
                yield source.error("FRR975", (*place, "via"), message)
            if route.via and route.via.is_link_local and route.via.version == 6 and not route.interface:
                message = f"the link-local next hop {route.via} needs an `interface`"
                yield source.error("FRR975", (*place, "via"), message)
            if route.via and (route.via.is_multicast or route.via.is_unspecified):
                yield source.error("FRR975", (*place, "via"), f"{route.via} cannot be a next hop")
            places.append(((str(route.prefix), str(route.via), str(route.interface)), place))
        for (prefix, _, _), place, first in repeated(places):
            message = f"the route to {prefix} is written twice"
            yield source.error("FRR975", place, message, other=first, said="the first one")


def _paths(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR995: what goes to one prefix at one distance is one route: a blackhole or next hops, with one tag.

    staticd refuses a blackhole beside a next hop, and what it reads together with them. Of two tags the route has the last
    one; up to 10.6 staticd writes it to the others, later ones still show each as written (FRRouting/frr pull request 21296).
    """
    for at, routing in _routings(scope):
        first: dict[tuple[str, int], tuple[StaticRoute, Origin]] = {}
        for position, route in enumerate(routing.static_routes):
            place = (*at, "static-routes", position)
            other, at_other = first.setdefault((str(route.prefix), route.distance), (route, place))
            if other.blackhole != route.blackhole:
                message = f"{route.prefix} has a blackhole and a next hop at the same distance: staticd refuses both"
                yield source.error("FRR995", place, message, other=at_other, said="the other route")
            elif other.tag != route.tag:
                message = f"{route.prefix} has two tags at the same distance: the route would have the last one"
                yield source.error("FRR995", place, message, other=at_other, said="the other route")


def _aggregates(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR976: an aggregate is shorter than what it stands for, and is there once."""
    for at, routing in _routings(scope):
        places: list[tuple[str, Origin]] = []
        for position, aggregate in enumerate(routing.aggregates):
            place = (*at, "aggregates", position, "prefix")
            if aggregate.prefix.prefixlen == aggregate.prefix.max_prefixlen:
                yield source.error(
                    "FRR976", place, f"{aggregate.prefix} is a single address: bgpd takes no such aggregate"
                )
            places.append((str(aggregate.prefix), place))
        for prefix, place, first in repeated(places):
            yield source.error(
                "FRR976", place, f"the aggregate {prefix} is written twice", other=first, said="the first one"
            )


RULES = (_name, _table, _leak, _static_routes, _paths, _aggregates)
