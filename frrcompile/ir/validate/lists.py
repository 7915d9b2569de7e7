"""Rules over lists: the order of entries, and entries that FRR refuses, drops or takes for others."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Protocol

from frrcompile.ir import dialect
from frrcompile.ir.lower.policy import LIST_STEP, MAP_STEP, list_kind, sequences
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
from frrcompile.model.site import Site


class Numbered(Protocol):
    """An entry of a list that FRR keeps by numbers."""

    @property
    def seq(self) -> int | None: ...  # noqa: D102


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
    for at, said in _said(scope.site):
        for _, place, first in repeated((one, (*at, position)) for position, one in enumerate(said)):
            yield Problem(place, "this entry is written twice", other=first, said="the first one")


def _said(site: Site) -> Iterator[tuple[Origin, list[Hashable]]]:
    """Each list with its place, and what its entries say."""
    for name, prefixes in site.prefix_lists.items():
        yield ("prefix-lists", name), [(one.action, one.prefix, one.ge, one.le) for one in prefixes]
    for name, paths in site.as_path_lists.items():
        yield ("as-path-lists", name), [(one.action, one.regex) for one in paths]
    for name, entries in site.community_lists.items():
        kinds = ((one.action, (one.communities, one.large_communities, one.extended_communities)) for one in entries)
        yield ("community-lists", name), [(action, *map(frozenset, kind)) for action, kind in kinds]
