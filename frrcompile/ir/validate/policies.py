"""Rules over policies and profiles: what is used is defined, what is defined makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Protocol

from frrcompile.diagnostics import nearest
from frrcompile.ir import dialect
from frrcompile.ir.lower.policy import LIST_STEP, MAP_STEP, list_kind, sequences
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.addresses import reserved_is_allowed
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
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
        default = policy.default_originate
        yield default.policy if default else None, (*at, "default-originate", "policy")


def _routing_uses(routing: Routing, at: Origin) -> Iterator[Use]:
    for family, protocols in (("ipv4", routing.redistribute.ipv4), ("ipv6", routing.redistribute.ipv6)):
        for protocol, options in protocols.items():
            yield options.policy if options else None, (*at, "redistribute", family, protocol, "policy")


def _route_map_uses(scope: Scope) -> Iterator[Use]:
    """Every place that names a route map."""
    site = scope.site
    for at, _, neighbor in scope.neighbors():
        yield from _family_uses(neighbor, at)
        for path, options in neighbor.said():
            yield from _family_uses(options, (*at, *path))
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


def _undefined(what: str, section: str, uses: Iterable[Use], defined: Iterable[str], so: str) -> Iterator[Problem]:
    names = set(defined)
    for name, at in uses:
        if name and name not in names:
            near = nearest(name, names)
            hint = f"did you mean {near!r}?" if near else f"define it under `{section}`"
            yield Problem(at, f"{what} {name!r} is not defined{so}", help=hint)


@scope_rule("MOD601", "unknown-route-map")
def unknown_route_map(scope: Scope) -> Iterator[Problem]:
    """A route map that is used is not defined.

    What: a route map that `import`, `export`, a `policy` or `call` names, and that `route-maps` does not have.
    Why: bgpd denies every route by an undefined route map (bgpd/bgp_route.c), and reports nothing.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: leaf-in}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: leaf-in}]}
        route-maps: {leaf-in: [{action: permit}]}
    """
    so = "; FRR would deny every route"
    yield from _undefined("route map", "route-maps", _route_map_uses(scope), scope.site.route_maps, so)


@scope_rule("MOD602", "unknown-list")
def unknown_list(scope: Scope) -> Iterator[Problem]:
    """A prefix list, community list or AS path list that is used is not defined.

    What: a list that `match` of a route map names, and that `prefix-lists`, `community-lists` or `as-path-lists` does not have.
    Why: an undefined list matches no route, and FRR reports nothing.
    Bad:
        route-maps: {leaf-in: [{action: permit, match: {prefix-list: pods}}]}
    Good:
        route-maps: {leaf-in: [{action: permit, match: {prefix-list: pods}}]}
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/8}]}
    """
    site = scope.site
    prefix_uses: list[Use] = []
    community_uses: list[Use] = []
    as_path_uses: list[Use] = []
    for name, entries in site.route_maps.items():
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position, "match")
            prefix_uses.append((entry.match.prefix_list, (*at, "prefix-list")))
            community_uses.append((entry.match.community_list, (*at, "community-list")))
            as_path_uses.append((entry.match.as_path_list, (*at, "as-path-list")))
    so = "; FRR would match no route"
    yield from _undefined("prefix list", "prefix-lists", prefix_uses, site.prefix_lists, so)
    yield from _undefined("community list", "community-lists", community_uses, site.community_lists, so)
    yield from _undefined("AS path list", "as-path-lists", as_path_uses, site.as_path_lists, so)


@scope_rule("MOD603", "unknown-bfd-profile")
def unknown_bfd_profile(scope: Scope) -> Iterator[Problem]:
    """A BFD profile that is used is not defined.

    What: a `bfd.profile` of a session that `bfd-profiles` does not have.
    Why: bfdd uses BFD's defaults for the session, and reports nothing.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, bfd: {profile: fast}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, bfd: {profile: fast}}]}
        bfd-profiles: {fast: {detect-multiplier: 3}}
    """
    sessions = [*((at, s) for at, _, s in scope.neighbors()), *((at, s) for at, _, s in scope.sessions())]
    uses = ((session.bfd.profile if session.bfd else None, (*at, "bfd", "profile")) for at, session in sessions)
    so = "; FRR would take BFD's defaults"
    yield from _undefined("BFD profile", "bfd-profiles", uses, scope.site.bfd_profiles, so)


@scope_rule("MOD604", "entries-out-of-order")
def entries_out_of_order(scope: Scope) -> Iterator[Problem]:
    """The entries of a list are not in the order of their numbers.

    What: an entry of a route map or of a list with a `seq` that is not larger than the one before it, or
        is larger than FRR takes; a list without entries.
    Why: FRR tries entries by their numbers, not as they are written. Two entries with one number are one entry.
    Bad:
        route-maps: {leaf-in: [{action: permit, seq: 20}, {action: deny, seq: 10}]}
    Good:
        route-maps: {leaf-in: [{action: deny, seq: 10}, {action: permit, seq: 20}]}
    """
    site = scope.site
    kinds: tuple[tuple[str, str, Mapping[str, Sequence[Numbered]], int, int], ...] = (
        ("route map", "route-maps", site.route_maps, MAP_STEP, 65535),
        ("prefix list", "prefix-lists", site.prefix_lists, LIST_STEP, 4294967295),
        ("community list", "community-lists", site.community_lists, LIST_STEP, 4294967295),
        ("AS path list", "as-path-lists", site.as_path_lists, LIST_STEP, 4294967295),
    )
    for what, section, policies, step, most in kinds:
        for name, entries in policies.items():
            last = 0
            for position, (entry, seq) in enumerate(
                zip(entries, sequences((e.seq for e in entries), step), strict=True)
            ):
                at = (section, name, position)
                if seq <= last:
                    yield Problem(
                        (*at, "seq"),
                        f"entry {seq} of {what} {name!r} comes after entry {last}",
                        other=(section, name, position - 1),
                        said="the entry before it",
                        help="write the entries in the order of their numbers, each number once",
                    )
                elif seq > most:
                    given = "" if entry.seq else " by default"
                    yield Problem(at, f"this entry of {what} {name!r} has number {seq}{given}; the last is {most}")
                last = max(seq, last)
            if not entries:
                yield Problem((section, name), f"{what} {name!r} has no entry")


@scope_rule("MOD605", "prefix-list-refused")
def prefix_list_refused(scope: Scope) -> Iterator[Problem]:
    """A prefix list has two families, or lengths that are out of order.

    What: prefixes of both families in one list; a `ge` below the prefix's own length, a `le` below `ge`, or a length that
        the family does not have.
    Why: FRR has a list for each family, and refuses the line unless prefix length <= ge <= le (lib/filter_cli.c).
    Bad:
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/24, ge: 28, le: 26}]}
    Good:
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/24, ge: 26, le: 28}]}
    """
    for name, entries in scope.site.prefix_lists.items():
        for position, entry in enumerate(entries):
            at = ("prefix-lists", name, position)
            first = entries[0].prefix
            if entry.prefix.version != first.version:
                message = f"prefix list {name!r} has IPv{first.version} and IPv{entry.prefix.version} prefixes; FRR has a list for each"
                yield Problem((*at, "prefix"), message, other=("prefix-lists", name, 0, "prefix"), said="the first one")
            length, most = entry.prefix.prefixlen, entry.prefix.max_prefixlen
            if entry.ge is not None and not length <= entry.ge <= most:
                message = f"`ge` is {entry.ge}, but must be from the prefix's own {length} to {most}"
                yield Problem((*at, "ge"), message)
            low = entry.ge if entry.ge is not None else length
            if entry.le is not None and not low <= entry.le <= most:
                message = f"`le` is {entry.le}, but must be from {low} to {most}"
                yield Problem((*at, "le"), message)


@scope_rule("MOD606", "community-kinds")
def community_kinds(scope: Scope) -> Iterator[Problem]:
    """A community list has communities of several kinds, or an entry has none.

    What: an entry with none or with two of `communities`, `large-communities` and `extended-communities`; entries of
        different kinds in one list.
    Why: FRR has a list of its own for each kind.
    Bad:
        community-lists:
          customers:
            - {action: permit, communities: ["64512:1"]}
            - {action: permit, large-communities: ["64512:1:1"]}
    Good:
        community-lists:
          customers: [{action: permit, communities: ["64512:1"]}]
          large: [{action: permit, large-communities: ["64512:1:1"]}]
    """
    for name, entries in scope.site.community_lists.items():
        for position, entry in enumerate(entries):
            at = ("community-lists", name, position)
            kinds = [k for k in (entry.communities, entry.large_communities, entry.extended_communities) if k]
            if len(kinds) != 1:
                message = "an entry needs one of `communities`, `large-communities` and `extended-communities`"
                yield Problem(at, message)
            elif list_kind(entry) != list_kind(entries[0]):
                message = f"community list {name!r} has communities of two kinds; FRR has a list for each"
                yield Problem(at, message, other=("community-lists", name, 0), said="the first entry")


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


@scope_rule("MOD611", "community-list-number")
def community_list_number(scope: Scope) -> Iterator[Problem]:
    """The name of a community list is a number.

    What: a community list whose name has digits only.
    Why: FRR reads numbers as the older, numbered lists (1 to 99 standard, 100 to 500 expanded), and refuses other numbers.
    Bad:
        community-lists: {"100": [{action: permit, communities: ["64512:1"]}]}
    Good:
        community-lists: {customers: [{action: permit, communities: ["64512:1"]}]}
    """
    for name in scope.site.community_lists:
        if name.isdecimal():
            message = f"the community list {name!r} needs a name that is not a number"
            yield Problem(("community-lists", name), message, key=True)


@scope_rule("MOD612", "community-internet")
def community_internet(scope: Scope) -> Iterator[Problem]:
    """FRR before 9.1 reads the community 0:0 as `internet`, which every route has.

    What: the community `0:0` in a community list or in `set.communities`, with `frr.version` below 9.1.
    Why: the entry matches every route. FRRouting/frr pull request 14141 removes the word `internet`; measured: 9.0.5 shows
        0:0 as `internet`, 9.1.3 as 0:0.
    Bad:
        frr: {version: "8.4"}
        community-lists: {none: [{action: permit, communities: ["0:0"]}]}
    Good:
        frr: {version: "9.1"}
        community-lists: {none: [{action: permit, communities: ["0:0"]}]}
    """
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
            yield Problem((*at, communities.index("0:0")), message)


@scope_rule("MOD613", "entry-twice")
def entry_twice(scope: Scope) -> Iterator[Problem]:
    """An entry says what an entry before it says.

    What: an entry of a prefix list, community list or AS path list with the action and the values of an earlier entry.
    Why: FRR drops the second entry without a message.
    Bad:
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/8}, {action: permit, prefix: 10.0.0.0/8}]}
    Good:
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/8}, {action: permit, prefix: 10.0.0.0/8, le: 24}]}
    """
    site = scope.site
    for name, prefixes in site.prefix_lists.items():
        keys = (
            ((entry.action, entry.prefix, entry.ge, entry.le), ("prefix-lists", name, n))
            for n, entry in enumerate(prefixes)
        )
        for _, at, first in repeated(keys):
            yield Problem(at, "this entry is written twice", other=first, said="the first one")
    for name, paths in site.as_path_lists.items():
        regexes = (((entry.action, entry.regex), ("as-path-lists", name, n)) for n, entry in enumerate(paths))
        for _, at, first in repeated(regexes):
            yield Problem(at, "this entry is written twice", other=first, said="the first one")
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
            yield Problem(at, "this entry is written twice", other=first, said="the first one")
