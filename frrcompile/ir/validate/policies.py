"""Rules over policies and profiles: what is used is defined, what is defined makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Protocol

from frrcompile.diagnostics import Diagnostic, nearest
from frrcompile.ir import dialect
from frrcompile.ir.lower.policy import LIST_STEP, MAP_STEP, list_kind, sequences
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.routing import Routing
from frrcompile.model.session import FamilyPolicy


class Numbered(Protocol):
    """An entry of a list that FRR keeps by numbers."""

    @property
    def seq(self) -> int | None: ...  # noqa: D102


Use = tuple[str | None, Origin]


def _family_uses(policy: FamilyPolicy | None, at: Origin) -> Iterator[Use]:
    if policy:
        yield policy.import_, (*at, "import")
        yield policy.export, (*at, "export")


def _routing_uses(routing: Routing, at: Origin) -> Iterator[Use]:
    for family, protocols in (("ipv4", routing.redistribute.ipv4), ("ipv6", routing.redistribute.ipv6)):
        for protocol, options in protocols.items():
            yield options.policy if options else None, (*at, "redistribute", family, protocol, "policy")


def _route_map_uses(scope: Scope) -> Iterator[Use]:
    """Every place that names a route map."""
    site = scope.site
    for at, _, neighbor in scope.neighbors():
        yield from _family_uses(neighbor, at)
        for family, options in (neighbor.families or {}).items():
            yield from _family_uses(options, (*at, "families", family))
    for at, _, session in scope.sessions():
        yield from _family_uses(session, at)
        yield from _family_uses(session.ipv4, (*at, "ipv4"))
        yield from _family_uses(session.ipv6, (*at, "ipv6"))
    yield from _routing_uses(site.underlay, ("underlay",))
    for name, vrf in scope.vrfs().items():
        yield from _routing_uses(vrf, ("vrfs", name))
        yield vrf.leak.policy if vrf.leak else None, ("vrfs", name, "leak", "policy")
    for name, entries in site.route_maps.items():
        for position, entry in enumerate(entries):
            yield entry.call, ("route-maps", name, position, "call")


def _undefined(
    source: Source, code: str, what: str, section: str, uses: Iterable[Use], defined: Iterable[str], so: str
) -> Iterator[Diagnostic]:
    names = set(defined)
    for name, at in uses:
        if name and name not in names:
            near = nearest(name, names)
            hint = f"did you mean {near!r}?" if near else f"define it under `{section}`"
            yield source.error(code, at, f"{what} {name!r} is not defined{so}", help=hint)


def _route_map_defined(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR957: an undefined route map denies everything (bgpd/bgp_route.c), and FRR says nothing."""
    so = "; FRR would deny every route"
    yield from _undefined(
        source, "FRR957", "route map", "route-maps", _route_map_uses(scope), scope.site.route_maps, so
    )


def _lists_defined(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR983: an undefined list matches nothing, and FRR says nothing."""
    site = scope.site
    prefix_uses: list[Use] = []
    community_uses: list[Use] = []
    for name, entries in site.route_maps.items():
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position, "match")
            prefix_uses.append((entry.match.prefix_list, (*at, "prefix-list")))
            community_uses.append((entry.match.community_list, (*at, "community-list")))
    so = "; FRR would match no route"
    yield from _undefined(source, "FRR983", "prefix list", "prefix-lists", prefix_uses, site.prefix_lists, so)
    yield from _undefined(
        source, "FRR983", "community list", "community-lists", community_uses, site.community_lists, so
    )


def _profile_defined(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR984: an undefined BFD profile leaves the session with BFD's defaults, and FRR says nothing."""
    sessions = [*((at, s) for at, _, s in scope.neighbors()), *((at, s) for at, _, s in scope.sessions())]
    uses = ((session.bfd.profile if session.bfd else None, (*at, "bfd", "profile")) for at, session in sessions)
    so = "; FRR would take BFD's defaults"
    yield from _undefined(source, "FRR984", "BFD profile", "bfd-profiles", uses, scope.site.bfd_profiles, so)


def _order(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR958: entries are tried by their number, so they are written in that order, each number once."""
    site = scope.site
    kinds: tuple[tuple[str, str, Mapping[str, Sequence[Numbered]], int, int], ...] = (
        ("route map", "route-maps", site.route_maps, MAP_STEP, 65535),
        ("prefix list", "prefix-lists", site.prefix_lists, LIST_STEP, 4294967295),
        ("community list", "community-lists", site.community_lists, LIST_STEP, 4294967295),
    )
    for what, section, policies, step, most in kinds:
        for name, entries in policies.items():
            last = 0
            for position, (entry, seq) in enumerate(
                zip(entries, sequences((e.seq for e in entries), step), strict=True)
            ):
                at = (section, name, position)
                if seq <= last:
                    yield source.error(
                        "FRR958",
                        (*at, "seq"),
                        f"entry {seq} of {what} {name!r} comes after entry {last}",
                        other=(section, name, position - 1),
                        said="the entry before it",
                        help="write the entries in the order of their numbers, each number once",
                    )
                elif seq > most:
                    given = "" if entry.seq else " by default"
                    yield source.error(
                        "FRR958", at, f"this entry of {what} {name!r} has number {seq}{given}; the last is {most}"
                    )
                last = max(seq, last)
            if not entries:
                yield source.error("FRR958", (section, name), f"{what} {name!r} has no entry")


def _prefix_lists(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR985: a prefix list is of one family, and its lengths are in order: prefix, ge, le. FRR refuses the list otherwise."""
    for name, entries in scope.site.prefix_lists.items():
        for position, entry in enumerate(entries):
            at = ("prefix-lists", name, position)
            first = entries[0].prefix
            if entry.prefix.version != first.version:
                message = f"prefix list {name!r} has IPv{first.version} and IPv{entry.prefix.version} prefixes; FRR has a list for each"
                yield source.error(
                    "FRR985", (*at, "prefix"), message, other=("prefix-lists", name, 0, "prefix"), said="the first one"
                )
            length, most = entry.prefix.prefixlen, entry.prefix.max_prefixlen
            if entry.ge is not None and not length <= entry.ge <= most:
                message = f"`ge` is {entry.ge}, but must be from the prefix's own {length} to {most}"
                yield source.error("FRR985", (*at, "ge"), message)
            low = entry.ge if entry.ge is not None else length
            if entry.le is not None and not low <= entry.le <= most:
                message = f"`le` is {entry.le}, but must be from {low} to {most}"
                yield source.error("FRR985", (*at, "le"), message)


def _community_lists(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR986: a community list has communities of one kind."""
    for name, entries in scope.site.community_lists.items():
        for position, entry in enumerate(entries):
            at = ("community-lists", name, position)
            kinds = [k for k in (entry.communities, entry.large_communities, entry.extended_communities) if k]
            if len(kinds) != 1:
                message = "an entry needs one of `communities`, `large-communities` and `extended-communities`"
                yield source.error("FRR986", at, message)
            elif list_kind(entry) != list_kind(entries[0]):
                message = f"community list {name!r} has communities of two kinds; FRR has a list for each"
                yield source.error("FRR986", at, message, other=("community-lists", name, 0), said="the first entry")


def _calls(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR987: route maps that call each other in a circle: zebra and bgpd die of them while they read them."""
    maps = scope.site.route_maps
    calls = {name: [(e.call, n) for n, e in enumerate(entries) if e.call] for name, entries in maps.items()}
    settled: set[str] = set()
    for start in maps:
        path: list[str] = []
        yield from _circle(start, calls, path, settled, source)


def _circle(
    name: str, calls: dict[str, list[tuple[str, int]]], path: list[str], settled: set[str], source: Source
) -> Iterator[Diagnostic]:
    if name in settled:
        return
    path.append(name)
    for called, position in calls.get(name, ()):
        if called in path:
            circle = " -> ".join([*path[path.index(called) :], called])
            message = f"route maps call each other in a circle: {circle}"
            yield source.error("FRR987", ("route-maps", name, position, "call"), message)
        else:
            yield from _circle(called, calls, path, settled, source)
    path.pop()
    settled.add(name)


def _match_and_set(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR988: an entry that matches or sets what cannot be together."""
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position)
            if entry.set.additive and not (entry.set.communities or entry.set.large_communities):
                yield source.error(
                    "FRR988", (*at, "set", "additive"), "`additive` has nothing to add: no communities are set"
                )


def _next_after_deny(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR991: FRR refuses `on-match next` in an entry that denies; 10.x with all route maps that it reads together."""
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            if entry.next and entry.action == "deny":
                at = ("route-maps", name, position)
                message = "`next` goes on with a route that is permitted; this entry denies"
                yield source.error("FRR991", (*at, "next"), message, other=(*at, "action"), said="its action")


def _next_hop(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR992: what FRR takes no `set next-hop` of: an address that is no other router's.

    What it refuses differs by version: 127.0.0.1 from 9.0 on (FRRouting/frr issue 14235), 240.0.0.0/4 until 10.3 (measured:
    10.3 refuses 240.0.0.1, 10.4.4 takes it).
    With such an IPv6 address bgpd of 10.x loses all route maps that it reads together, and FRR goes on showing them.
    """
    for name, entries in scope.site.route_maps.items():
        for position, entry in enumerate(entries):
            if not entry.set.next_hop or entry.set.next_hop == "unchanged":
                continue
            address = ip_address(entry.set.next_hop)
            kinds = ("multicast", "unspecified", "loopback", "reserved" if address.version == 4 else "link_local")
            kind = next((kind for kind in kinds if getattr(address, f"is_{kind}")), None)
            if kind:
                at = ("route-maps", name, position, "set", "next-hop")
                yield source.error(
                    "FRR992", at, f"{address} is a {kind.replace('_', '-')} address, and no next hop for others"
                )


def _community_names(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR993: a community list whose name is a number is of FRR's older, numbered kind, or refused."""
    for name in scope.site.community_lists:
        if name.isdecimal():
            message = f"the community list {name!r} needs a name that is not a number"
            yield source.key_error("FRR993", ("community-lists", name), message)


def _internet(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR994: FRR before 9.1 reads the community 0:0 as `internet`, which every route has."""
    message = dialect.lacks(scope.site.frr.version, dialect.ZERO_COMMUNITY)
    if not message:
        return
    site = scope.site
    places: list[tuple[Sequence[str], Origin]] = []
    for name, listed in site.community_lists.items():
        places += [(entry.communities, ("community-lists", name, n, "communities")) for n, entry in enumerate(listed)]
    for name, entries in site.route_maps.items():
        places += [
            (entry.set.communities, ("route-maps", name, n, "set", "communities")) for n, entry in enumerate(entries)
        ]
    for communities, at in places:
        if "0:0" in communities:
            yield source.error("FRR994", (*at, communities.index("0:0")), message)


def _repeated(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR997: an entry that says what one before it says: FRR drops the second in silence."""
    site = scope.site
    for name, prefixes in site.prefix_lists.items():
        keys = (
            ((entry.action, entry.prefix, entry.ge, entry.le), ("prefix-lists", name, n))
            for n, entry in enumerate(prefixes)
        )
        for _, at, first in repeated(keys):
            yield source.error("FRR997", at, "this entry is written twice", other=first, said="the first one")
    for name, communities in site.community_lists.items():
        sets = (
            (
                (
                    entry.action,
                    *map(frozenset, (entry.communities, entry.large_communities, entry.extended_communities)),
                ),
                ("community-lists", name, n),
            )
            for n, entry in enumerate(communities)
        )
        for _, at, first in repeated(sets):
            yield source.error("FRR997", at, "this entry is written twice", other=first, said="the first one")


RULES = (
    _repeated,
    _next_after_deny,
    _next_hop,
    _community_names,
    _internet,
    _route_map_defined,
    _lists_defined,
    _profile_defined,
    _order,
    _prefix_lists,
    _community_lists,
    _calls,
    _match_and_set,
)
