"""Rules over VRFs: their names, tables and leaks, and their static routes."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity, nearest
from frrcompile.facts import boundaries, releases
from frrcompile.ir import dialect
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
from frrcompile.model.routing import Routing, StaticRoute


@scope_rule("MOD301", "vrf-name-reserved")
def vrf_name_reserved(scope: Scope) -> Iterator[Problem]:
    """A VRF has a name that Linux or FRR uses itself.

    What: a VRF called `default`, `lo` or `all`.
    Why: FRR's commands mean the default VRF or all VRFs by these names, and Linux has a link `lo` already.
    Bad:
        vrfs: {all: {table: 1100}}
    Good:
        vrfs: {red: {table: 1100}}
    """
    for name in scope.vrfs():
        if name in ("default", "lo", "all"):
            message = f"a VRF cannot be called {name!r}: FRR or Linux uses the name itself"
            yield Problem(("vrfs", name), message, key=True)


@scope_rule("MOD302", "table-taken")
def table_taken(scope: Scope) -> Iterator[Problem]:
    """Two VRFs have one kernel table.

    What: a `table` that another VRF of the node has.
    Why: both VRFs would route by the same table in the kernel, so that each has the other's routes.
    Bad:
        vrfs: {red: {table: 1100}, blue: {table: 1100}}
    Good:
        vrfs: {red: {table: 1100}, blue: {table: 1101}}
    """
    places = ((vrf.table, ("vrfs", name, "table")) for name, vrf in scope.vrfs().items())
    for table, at, first in repeated(places):
        message = f"table {table} is used twice: VRF {at[1]} and VRF {first[1]}"
        yield Problem(at, message, other=first, said="first used here")


@scope_rule("MOD303", "leak-from-nowhere")
def leak_from_nowhere(scope: Scope) -> Iterator[Problem]:
    """A VRF imports routes from itself or from a VRF that the node does not have.

    What: an entry of `leak.from` that is the VRF itself, or neither another VRF of the node nor `default`.
    Why: `import vrf` of an unknown name makes FRR wait for that VRF without a message.
    Bad:
        vrfs: {red: {table: 1100, leak: {from: [blu]}}, blue: {table: 1101}}
    Good:
        vrfs: {red: {table: 1100, leak: {from: [blue]}}, blue: {table: 1101}}
    """
    vrfs = scope.vrfs()
    for name, vrf in vrfs.items():
        for position, other in enumerate(vrf.leak.from_ if vrf.leak else ()):
            at = ("vrfs", name, "leak", "from", position)
            if other == name:
                yield Problem(at, f"VRF {name} cannot take routes from itself")
            elif other != "default" and other not in vrfs:
                near = nearest(other, [*vrfs, "default"])
                message = f"VRF {name} takes routes from VRF {other!r}, which this node does not have"
                yield Problem(at, message, help=f"did you mean {near!r}?" if near else "")


@scope_rule("MOD307", "networks-not-leaked", Severity.WARNING)
def networks_not_leaked(scope: Scope) -> Iterator[Problem]:
    """FRR before 10.0 imports no `networks` from another VRF.

    What: an entry of `leak.from` that is a VRF with `networks`, with `frr.version` below 10.0.
    Why: the routes are in the other VRF's table without being valid, and are not used (FRRouting/frr pull request 15238;
        measured: 8.4.4 imports none, 10.3 and 10.7.1 do). Redistributed routes are imported by all releases.
    Bad:
        frr: {version: "8.4"}
        vrfs:
          red: {table: 1100, leak: {from: [shared]}}
          shared: {table: 1101, static-routes: [{prefix: 10.96.0.0/16, blackhole: true}], networks: [10.96.0.0/16]}
    Good:
        frr: {version: "8.4"}
        vrfs:
          red: {table: 1100, leak: {from: [shared]}}
          shared:
            table: 1101
            static-routes: [{prefix: 10.96.0.0/16, blackhole: true}]
            redistribute: {ipv4: {static: {}}}
    """
    version = dialect.before(scope.site.frr.version, boundaries.NETWORKS_LEAK)
    if not version:
        return
    since, vrfs = releases.spell(boundaries.NETWORKS_LEAK), scope.vrfs()
    for name, vrf in vrfs.items():
        for position, other in enumerate(vrf.leak.from_ if vrf.leak else ()):
            if other in vrfs and vrfs[other].networks:
                message = f"VRF {name} does not get the `networks` of VRF {other}: FRR {since} imports them, FRR {version} does not"
                place = ("vrfs", other, "networks")
                help_ = f"replace `networks` of VRF {other} with `redistribute`"
                at = ("vrfs", name, "leak", "from", position)
                yield Problem(at, message, other=place, said="what is lost", help=help_)


def _routings(scope: Scope) -> Iterator[tuple[Origin, Routing]]:
    yield ("underlay",), scope.site.underlay
    for name, vrf in scope.vrfs().items():
        yield ("vrfs", name), vrf


@scope_rule("MOD304", "static-route-refused")
def static_route_refused(scope: Scope) -> Iterator[Problem]:
    """A static route has no usable next hop, or is written twice.

    What: a route without `via`, `interface` or `blackhole: true`, or with both a next hop and a blackhole; a `via` of the
        other address family, of a multicast or unspecified address, or link-local without an `interface`; an equal route.
    Why: staticd refuses the line, or never installs the route.
    Bad:
        underlay: {static-routes: [{prefix: 10.0.0.0/8, via: "2001:db8::1"}]}
    Good:
        underlay: {static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1}]}
    """
    for at, routing in _routings(scope):
        places: list[tuple[tuple[str, str, str], Origin]] = []
        for position, route in enumerate(routing.static_routes):
            place = (*at, "static-routes", position)
            somewhere = route.via or route.interface
            if route.blackhole == bool(somewhere):
                message = f"the route to {route.prefix} needs `via`, `interface` or both, or `blackhole: true`"
                yield Problem(place, message)
            if route.via and route.via.version != route.prefix.version:
                message = f"the next hop of the IPv{route.prefix.version} route to {route.prefix} is an IPv{route.via.version} address"
                yield Problem((*place, "via"), message)
            if route.via and route.via.is_link_local and route.via.version == 6 and not route.interface:
                message = f"the link-local next hop {route.via} needs an `interface`"
                yield Problem((*place, "via"), message)
            if route.via and (route.via.is_multicast or route.via.is_unspecified):
                yield Problem((*place, "via"), f"{route.via} cannot be a next hop")
            places.append(((str(route.prefix), str(route.via), str(route.interface)), place))
        for (prefix, _, _), place, first in repeated(places):
            message = f"the route to {prefix} is written twice"
            yield Problem(place, message, other=first, said="the first one")


@scope_rule("MOD305", "static-routes-contradict")
def static_routes_contradict(scope: Scope) -> Iterator[Problem]:
    """Static routes to one prefix at one distance contradict each other.

    What: a blackhole beside a next hop, or two tags, for one prefix and one distance.
    Why: to staticd they are one route. It refuses a blackhole beside a next hop, and lines that it reads together with
        them. Of two tags the route has the last one; up to 10.6 staticd shows it for the others, later releases show each
        as written (FRRouting/frr pull request 21296).
    Bad:
        underlay: {static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1}, {prefix: 10.0.0.0/8, blackhole: true}]}
    Good:
        underlay: {static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1}, {prefix: 10.0.0.0/8, blackhole: true, distance: 254}]}
    """
    for at, routing in _routings(scope):
        first: dict[tuple[str, int], tuple[StaticRoute, Origin]] = {}
        for position, route in enumerate(routing.static_routes):
            place = (*at, "static-routes", position)
            other, at_other = first.setdefault((str(route.prefix), route.distance), (route, place))
            if other.blackhole != route.blackhole:
                message = f"{route.prefix} has a blackhole and a next hop at the same distance: staticd refuses both"
                yield Problem(place, message, other=at_other, said="the other route")
            elif other.tag != route.tag:
                message = f"{route.prefix} has two tags at the same distance: the route would have the last one"
                yield Problem(place, message, other=at_other, said="the other route")


@scope_rule("MOD306", "aggregate-refused")
def aggregate_refused(scope: Scope) -> Iterator[Problem]:
    """An aggregate is a single address, or is written twice.

    What: an `aggregates` entry with a prefix length of 32 or 128, or with the prefix of another entry.
    Why: bgpd refuses an aggregate of one address (bgpd/bgp_route.c: bgp_aggregate_set), and has one aggregate for a prefix.
    Bad:
        underlay: {aggregates: [{prefix: 10.0.0.1/32}]}
    Good:
        underlay: {aggregates: [{prefix: 10.0.0.0/24}]}
    """
    for at, routing in _routings(scope):
        places: list[tuple[str, Origin]] = []
        for position, aggregate in enumerate(routing.aggregates):
            place = (*at, "aggregates", position, "prefix")
            if aggregate.prefix.prefixlen == aggregate.prefix.max_prefixlen:
                yield Problem(place, f"{aggregate.prefix} is a single address: bgpd takes no such aggregate")
            places.append((str(aggregate.prefix), place))
        for prefix, place, first in repeated(places):
            yield Problem(place, f"the aggregate {prefix} is written twice", other=first, said="the first one")
