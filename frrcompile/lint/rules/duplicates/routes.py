"""Static routes that are there twice, or that cannot stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule

HOLES = frozenset({"blackhole", "reject", "Null0"})
VALUED = frozenset(
    {"tag", "vrf", "label", "table", "nexthop-vrf", "weight", "metric", "color", "source", "profile", "segments"}
)
"""Options of a static route that have a value."""
DISTANCE = "1"
"""A static route's distance where none is given."""


class Route(NamedTuple):
    """One static route: `place` is what it is a route for, `way` where it leads."""

    place: tuple[str, ...]
    way: tuple[str, ...]
    distance: str
    command: Command

    @property
    def is_hole(self) -> bool:
        """Whether it drops what it is for."""
        return self.way[0] in HOLES


@rule("FRR318", "blackhole-beside-next-hop", Severity.ERROR)
def blackhole_beside_next_hop(config: Configuration) -> Iterator[Problem]:
    """A static route drops packets or sends them on, not both.

    What: a `blackhole`, `reject` or `Null0` route and one with a next hop for the same prefix, VRF, table and distance.
    Why: staticd refuses it, and with it the other static routes of the load (staticd/static_nb_config.c; seen in FRR 8.4,
        10.3 and 10.7). With a higher distance the blackhole is the fallback that is usually meant.
    Bad:
        ip route 10.0.0.0/8 192.0.2.1
        ip route 10.0.0.0/8 blackhole
    Good:
        ip route 10.0.0.0/8 192.0.2.1
        ip route 10.0.0.0/8 blackhole 250
    """
    first: dict[tuple[object, ...], Route] = {}
    for route in config.derive(_routes):
        earlier = first.setdefault((route.place, route.distance), route)
        if earlier.is_hole != route.is_hole:
            yield Problem(
                route.command,
                "a blackhole and a next hop for the same prefix and distance; FRR refuses both and the routes with them",
                labels=(earlier.command.label("the other one"),),
                help="give the blackhole a distance of its own, such as 250",
            )


@rule("FRR319", "static-route-twice", Severity.WARNING)
def static_route_twice(config: Configuration) -> Iterator[Problem]:
    """Of two static routes by one way the later one counts.

    What: two routes for one prefix by the same next hop that differ in distance, tag or other options.
    Why: staticd keeps one route for a prefix and next hop, with the options of the last line (staticd/static_vty.c; seen in
        FRR 8.4, 10.3 and 10.7).
    Bad:
        ip route 10.0.0.0/8 192.0.2.1
        ip route 10.0.0.0/8 192.0.2.1 50
    Good:
        ip route 10.0.0.0/8 192.0.2.1
        ip route 10.0.0.0/8 192.0.2.2 50
    """
    first: dict[tuple[object, ...], Route] = {}
    for route in config.derive(_routes):
        earlier = first.setdefault((route.place, route.way), route)
        if earlier is not route and list(earlier.command.words) != list(route.command.words):
            yield Problem(
                route.command,
                "a second route for this prefix by the same way: this one counts",
                labels=(earlier.command.label("without effect"),),
                help="take one of them out",
            )
        first[(route.place, route.way)] = route


def _routes(config: Configuration) -> Sequence[Route]:
    """The static routes in order, without those that a later `no` line takes back."""
    found: dict[tuple[str, ...], list[Route]] = {}
    commands = [command for node in ("config", "vrf") for first in ("ip", "ipv6") for command in config.of(node, first)]
    for command in sorted(commands, key=lambda one: one.statement.number):
        words = command.words[1:] if command.negated else command.words
        if len(words) > 3 and words[1] == "route":
            route = _route(words, command)
            if route is None:
                continue
            if command.negated:
                found[route.place] = [one for one in found.get(route.place, ()) if one.way != route.way]
            else:
                found.setdefault(route.place, []).append(route)
    return [route for routes in found.values() for route in routes]


def _route(words: Sequence[str], command: Command) -> Route | None:
    at = 3
    prefix, source = words[2], ""
    if words[0] == "ip" and "/" not in prefix:
        prefix, at = f"{prefix} {words[3]}", 4
    if words[at : at + 1] and words[at] == "from":
        source, at = words[at + 1] if len(words) > at + 1 else "", at + 2
    options: dict[str, str] = {}
    way: list[str] = []
    distance = DISTANCE
    while at < len(words):
        word = words[at]
        if word in VALUED:
            options[word] = words[at + 1] if at + 1 < len(words) else ""
            at += 2
            continue
        if word.isdecimal():
            distance = word
        elif word not in ("bfd", "multi-hop", "onlink"):
            way.append(word)
        at += 1
    if not way:
        return None
    block = command.block
    vrf = options.get("vrf") or (block.words[1] if block is not None and block.node == "vrf" else "default")
    place = (words[0], vrf, prefix, source, options.get("table", ""))
    return Route(place, (*way, options.get("nexthop-vrf", "")), distance, command)
