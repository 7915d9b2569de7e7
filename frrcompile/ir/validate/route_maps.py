"""Rules over route maps: what FRR refuses in an entry, and where calls and jumps lead."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from frrcompile.ir import dialect
from frrcompile.ir.lower.policy import MAP_STEP, sequences
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.addresses import reserved_is_allowed
from frrcompile.ir.validate.rule import Problem, scope_rule


@scope_rule("MOD607", "route-maps-call-in-a-circle")
def route_maps_call_in_a_circle(scope: Scope) -> Iterator[Problem]:
    """Route maps call each other in a circle.

    What: a `call` that leads back to the route map that it stands in, directly or through others.
    Why: zebra and bgpd end with a stack overflow while they read such route maps.
    Bad:
        route-maps: {a: [{action: permit, call: b}], b: [{action: permit, call: a}]}
    Good:
        route-maps: {a: [{action: permit, call: b}], b: [{action: permit}]}
    """
    maps = scope.site.route_maps
    calls = {name: [(e.call, n) for n, e in enumerate(entries) if e.call] for name, entries in maps.items()}
    settled: set[str] = set()
    for start in maps:
        path: list[str] = []
        yield from _circle(start, calls, path, settled)


def _circle(
    name: str, calls: dict[str, list[tuple[str, int]]], path: list[str], settled: set[str]
) -> Iterator[Problem]:
    if name in settled:
        return
    path.append(name)
    for called, position in calls.get(name, ()):
        if called in path:
            circle = " -> ".join([*path[path.index(called) :], called])
            message = f"route maps call each other in a circle: {circle}"
            yield Problem(("route-maps", name, position, "call"), message)
        else:
            yield from _circle(called, calls, path, settled)
    path.pop()
    settled.add(name)


@scope_rule("MOD608", "additive-without-communities")
def additive_without_communities(scope: Scope) -> Iterator[Problem]:
    """A route map adds communities, but sets none.

    What: `set.additive` in an entry without `communities` and `large-communities`.
    Why: `additive` is a word of FRR's line that sets communities. There is no line without them.
    Bad:
        route-maps: {leaf-in: [{action: permit, set: {additive: true}}]}
    Good:
        route-maps: {leaf-in: [{action: permit, set: {additive: true, communities: ["64512:1"]}}]}
    """
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position)
            if entry.set.additive and not (entry.set.communities or entry.set.large_communities):
                yield Problem((*at, "set", "additive"), "`additive` has nothing to add: no communities are set")


@scope_rule("MOD609", "next-after-deny")
def next_after_deny(scope: Scope) -> Iterator[Problem]:
    """An entry denies a route and goes on with it.

    What: `next: true` or `goto` in an entry with `action: deny`.
    Why: FRR refuses `on-match next` and `on-match goto` there; 10.x refuses all route maps that it reads together with it.
    Bad:
        route-maps: {leaf-in: [{action: deny, next: true}, {action: permit}]}
    Good:
        route-maps: {leaf-in: [{action: permit, next: true}, {action: permit}]}
    """
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            for field, given in (("next", entry.next), ("goto", entry.goto)):
                if given and entry.action == "deny":
                    at = ("route-maps", name, position)
                    message = f"`{field}` goes on with a route that is permitted; this entry denies"
                    yield Problem((*at, field), message, other=(*at, "action"), said="its action")


@scope_rule("MOD614", "goto-nowhere")
def goto_nowhere(scope: Scope) -> Iterator[Problem]:
    """An entry of a route map goes on to an entry that is not behind it.

    What: `goto` with a number that no later entry has; `goto` beside `next: true`.
    Why: FRR refuses to go back, and takes the next higher number for one that is not there. An entry goes on in one way.
    Bad:
        route-maps: {leaf-in: [{action: permit, goto: 30}, {action: permit, seq: 40}]}
    Good:
        route-maps: {leaf-in: [{action: permit, goto: 40}, {action: permit, seq: 40}]}
    """
    for name, entries in scope.site.route_maps.items():
        numbers = list(sequences((entry.seq for entry in entries), MAP_STEP))
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position)
            if entry.goto and entry.next:
                yield Problem((*at, "goto"), "`goto` and `next` exclude each other", other=(*at, "next"), said="`next`")
            elif entry.goto and entry.goto not in numbers[position + 1 :]:
                later = ", ".join(map(str, numbers[position + 1 :])) or "none"
                message = (
                    f"no later entry of route map {name!r} has the number {entry.goto}; the later ones are: {later}"
                )
                yield Problem((*at, "goto"), message)


@scope_rule("MOD610", "next-hop-refused")
def next_hop_refused(scope: Scope) -> Iterator[Problem]:
    """A route map sets a next hop that is no address of a router.

    What: a `set.next-hop` that is a multicast, unspecified or loopback address, a reserved IPv4 address or a link-local
        IPv6 address. The raw line `allow-reserved-ranges` permits 240.0.0.0/4 from FRR 10.4 on.
    Why: what FRR refuses differs by release: 127.0.0.1 from 9.0 on (FRRouting/frr issue 14235), 240.0.0.0/4 until 10.3
        (measured: 10.3 refuses 240.0.0.1, 10.4.4 takes it). With such an IPv6 address bgpd of 10.x loses all route maps
        that it reads together, and FRR goes on showing them.
    Bad:
        route-maps: {leaf-in: [{action: permit, set: {next-hop: 224.0.0.1}}]}
    Good:
        route-maps: {leaf-in: [{action: permit, set: {next-hop: 192.0.2.7}}]}
    """
    allowed = reserved_is_allowed(scope)
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            if not entry.set.next_hop or entry.set.next_hop == "unchanged":
                continue
            address = ip_address(entry.set.next_hop)
            kinds = ("multicast", "unspecified", "loopback", "reserved" if address.version == 4 else "link_local")
            kind = next((kind for kind in kinds if getattr(address, f"is_{kind}")), None)
            at = ("route-maps", name, position, "set", "next-hop")
            if kind == "reserved" and allowed:
                if message := dialect.lacks(scope.site.frr.version, dialect.RESERVED_NEXT_HOP):
                    yield Problem(at, message)
            elif kind:
                yield Problem(at, f"{address} is a {kind.replace('_', '-')} address, and no next hop for others")
