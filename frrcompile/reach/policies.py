"""Route maps over routes, as FRR applies them (lib/routemap.c, bgpd/bgp_routemap.c)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from frrcompile.facts import boundaries, releases
from frrcompile.facts.as_paths import compiled
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.ir.policy import AsPathListEntry, CommunityListEntry, ExtendedCommunity, Match, RouteMapEntry, Set
from frrcompile.reach import prefixes
from frrcompile.reach.prefixes import Line
from frrcompile.reach.route import FIRST_UNSAID_AS, MACIP, MULTICAST, PREFIX, Route, Unknown

TYPES = {"macip": MACIP, "multicast": MULTICAST, "prefix": PREFIX}
"""The words of `match: {route-type}`, with the EVPN route types that they match."""


class Permitted(NamedTuple):
    """A route that a map lets through, with what the map changed in it."""

    route: Route


class Denied(NamedTuple):
    """A route that a map stops: at the entry that denies it, or, where none matches, at the map as a whole.

    `near` is an entry of a prefix list that covers the route, but takes other lengths; `went_on` is an entry that matched, and
    sent the route on to entries that do not.
    """

    name: str
    entry: RouteMapEntry | None
    near: Line | None = None
    went_on: RouteMapEntry | None = None


Outcome = Permitted | Denied | Unknown


class Policies:
    """The route maps of a router and the lists that they name."""

    def __init__(self, node: Node) -> None:
        self._maps: dict[str, list[RouteMapEntry]] = {}
        self._prefix_lists: dict[tuple[str, str], list[Line]] = {}
        self._community_lists: dict[tuple[str, str], list[CommunityListEntry]] = {}
        for entry in node.route_maps:
            self._maps.setdefault(entry.name, []).append(entry)
        self._sources = node.prefix_lists
        self._release = releases.parse(node.frr)
        self._sees_vnis = self._release in boundaries.VNI_MATCHED_ON_IMPORT
        self._as_path_lists: dict[str, list[AsPathListEntry]] = {}
        for path in node.as_path_lists:
            self._as_path_lists.setdefault(path.name, []).append(path)
        for listed in node.community_lists:
            self._community_lists.setdefault((listed.kind, listed.name), []).append(listed)

    @property
    def looks_into_evpn(self) -> bool:
        """Whether a map asks for a VNI or a route target, so that the routes of two VNIs may fare differently."""
        lists = any(kind == "extended" for kind, _ in self._community_lists)
        return lists or any(entry.match.vni for entries in self._maps.values() for entry in entries)

    def apply(self, name: str, route: Route, *, incoming: bool) -> Outcome:
        """What becomes of a route in a map: the first entry that matches decides, and no match denies.

        An entry that decides nothing about a route permits it where it is the last one. With `on-match next` the entries
        after it decide, and it permits only where it is the last one (seen on 8.4.4, 10.3 and 10.7.1).
        """
        went_on: RouteMapEntry | None = None
        near: Line | None = None
        undecided = False
        entries = self._maps.get(name, [])
        skip = 0
        for entry in entries:
            if entry.seq < skip:
                continue
            matches = self._matches(entry.match, route, incoming)
            if isinstance(matches, Unknown):
                return matches
            if matches is None:
                undecided = True
                continue
            undecided = False
            if not matches:
                near = near or self._near(entry, route)
                continue
            if entry.action == "deny":
                return Denied(name, entry)
            passed = Permitted(_changed(entry.set, route))
            if entry.call:
                called = self.apply(entry.call, passed.route, incoming=incoming)
                if not isinstance(called, Permitted):
                    return called
                passed = called
            if not entry.on_match_next and not entry.on_match_goto:
                return passed
            skip = entry.on_match_goto or 0
            went_on, route = entry, passed.route
        if undecided or (went_on and went_on is entries[-1]):
            return Permitted(route)
        return Denied(name, None, near, went_on)

    def place(self, name: str) -> Origin:
        """Where a map stands."""
        return ("route-maps", name)

    def lines(self, name: str, version: int) -> Iterable[Line]:
        """The entries of all prefix lists of a family that a map, or one that it calls, names."""
        for entry in self._maps.get(name, ()):
            listed = entry.match.prefix_list
            if listed and listed.family == f"ipv{version}":
                yield from self._lines(listed.family, listed.name)
            if entry.call:
                yield from self.lines(entry.call, version)

    def _lines(self, family: str, name: str) -> tuple[Line, ...]:
        if not self._prefix_lists:
            for entry in self._sources:
                self._prefix_lists.setdefault((entry.family, entry.name), []).append(prefixes.line(entry))
        return tuple(self._prefix_lists.get((family, name), ()))

    def _near(self, entry: RouteMapEntry, route: Route) -> Line | None:
        listed = entry.match.prefix_list
        if entry.action != "permit" or not listed or not route.prefix:
            return None
        return prefixes.near(self._lines(listed.family, listed.name), route.prefix)

    def _matches(self, match: Match, route: Route, incoming: bool) -> bool | Unknown | None:
        """Whether a route is like a match says in every respect; None where the entry decides nothing.

        What is not followed counts where all else matches.
        """
        if match.prefix_list:
            found = self._matched(match.prefix_list.family, match.prefix_list.name, route)
            if not found:
                return False
        if match.community_list and not self._has_communities(match, route):
            return False
        if match.as_path_list and (answer := self._in_path_list(match, route)) is not True:
            return answer
        if match.route_type and route.kind != TYPES[match.route_type]:
            return False
        if match.vni and route.kind == MULTICAST:
            return self._without_label(match)
        if match.vni and route.vni != match.vni:
            return False
        if match.vni and incoming and not self._sees_vnis:
            return Unknown((*match.at, "vni"), "`match vni` of incoming routes, which some releases of FRR never match")
        if match.tag and route.tag != match.tag:
            return False
        if match.interface:
            return Unknown((*match.at, "interface"), "`match interface`")
        if match.source_protocol:
            return Unknown((*match.at, "source-protocol"), "`match source-protocol`")
        return True

    def _without_label(self, match: Match) -> bool | Unknown | None:
        """What `match vni` makes of a type-3 route, which has no label: no match, or from some release on no decision."""
        if self._release >= boundaries.NO_LABEL_DECIDES_NOTHING[1]:
            return None
        if self._release < boundaries.NO_LABEL_DECIDES_NOTHING[0]:
            return False
        return Unknown((*match.at, "vni"), "`match vni` of type-3 routes, which releases of FRR treat in two ways")

    def _matched(self, family: str, name: str, route: Route) -> bool:
        if route.prefix is None:
            return False
        found = prefixes.matching(self._lines(family, name), route.prefix)
        return bool(found and found.permit)

    def _in_path_list(self, match: Match, route: Route) -> bool | Unknown:
        """Whether an AS path list permits the path of a route; not known where the model does not say an AS in it."""
        if any(asn >= FIRST_UNSAID_AS for asn in route.path):
            return Unknown(
                (*match.at, "as-path-list"), "`match as-path-list` of a path with an AS that the model does not say"
            )
        path = " ".join(map(str, route.path))
        for entry in self._as_path_lists.get(match.as_path_list or "", ()):
            if compiled(entry.regex).search(path):
                return entry.action == "permit"
        return False

    def _has_communities(self, match: Match, route: Route) -> bool:
        listed = match.community_list
        assert listed
        own = {"standard": route.communities, "large": route.large, "extended": route.extended}[listed.kind]
        for entry in self._community_lists.get((listed.kind, listed.name), ()):
            if own.issuperset(map(spelled, entry.communities)):
                return entry.action == "permit"
        return False


def spelled(community: str | ExtendedCommunity) -> str:
    """A community as routes have it: an extended one with its kind."""
    if isinstance(community, ExtendedCommunity):
        return f"{'rt' if community.kind == 'route-target' else 'soo'} {community.value}"
    return community


def _changed(changes: Set, route: Route) -> Route:
    """A route with what an entry sets."""
    fields: dict[str, object] = {}
    if changes.prepend:
        fields["path"] = changes.prepend + route.path
    for name, new in (("communities", changes.communities), ("large", changes.large_communities)):
        if new:
            fields[name] = (getattr(route, name) if changes.additive else frozenset()) | frozenset(new)
    if changes.next_hop and changes.next_hop.address:
        fields["next_hop"] = changes.next_hop.address
    for name in ("local_preference", "metric", "weight", "tag"):
        if (value := getattr(changes, name)) is not None:
            fields[name] = value
    return route._replace(**fields) if fields else route  # type: ignore[arg-type]
