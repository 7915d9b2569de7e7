"""Every route of a site that matters, followed to every node that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from frrcompile.ir.origin import Origin
from frrcompile.reach.budget import Budget
from frrcompile.reach.origins import sources
from frrcompile.reach.route import MACIP, PREFIX, Cause, Route, Unknown
from frrcompile.reach.source import Source
from frrcompile.reach.speakers import Fabric, Router, fabric
from frrcompile.reach.spread import Spread, spread


class Fate(NamedTuple):
    """What becomes of something of one node on its way to another: None where it arrives.

    `at` is the node whose model says what stops it; `target` is None for the fabric, where the site has one node.
    """

    source: Source
    origin: Router
    target: Router | None
    stopped: Cause | Unknown | None
    at: Router


def follow(routers: tuple[Router, ...], budget: Budget) -> list[Fate]:
    """What becomes of every route that matters; sessions that end at a prefix limit carry none. Raises BudgetSpentError."""
    return _follow(joined(routers, budget), {}, budget)


def joined(routers: tuple[Router, ...], budget: Budget) -> Fabric:
    """The routers with their leaves, without the sessions that end at a prefix limit. Raises BudgetSpentError."""
    site = fabric(routers)
    counts: dict[tuple[int, str], int] = {}
    if any(member.maximum_prefix for edge in site.edges for member in edge.session.members.values()):
        _follow(site, counts, budget)
    down = _limits(site, counts)
    return fabric(routers, down) if down else site


def _follow(site: Fabric, counts: dict[tuple[int, str], int], budget: Budget) -> list[Fate]:
    fates: list[Fate] = []
    looks = any(router.policies.looks_into_evpn for router in site.routers)
    for number, router in enumerate(site.routers):
        known: dict[Route, Spread] = {}
        for source in sources(router):
            found: list[tuple[Route, Spread]] = []
            for route in source.routes:
                if isinstance(route, Route):
                    key = route if looks else route._replace(vni=0, extended=frozenset())
                    if key not in known:
                        known[key] = spread(site, number, key, budget)
                    found.append((route, known[key]))
            budget.take(2 * len(site.routers))
            fates += _fates(site, number, source, found)
            if source.counted and found:
                _count(site, number, found[0], counts)
    return fates


def _fates(site: Fabric, number: int, source: Source, found: list[tuple[Route, Spread]]) -> Iterator[Fate]:
    origin = site.routers[number]
    if len(site.routers) == 1:
        yield Fate(source, origin, None, _to_fabric(source, found, number), origin)
    for other, target in enumerate(site.routers):
        if other == number or not needs(source, origin, target):
            continue
        stopped, at = _stopped(site, number, other, source, found)
        if stopped is None and source.vni and not target.targets[source.vni].take(_targets(found)):
            stopped, at = _not_imported(origin, target, source.vni, _targets(found)), target
        yield Fate(source, origin, target, stopped, at)


def _targets(found: list[tuple[Route, Spread]]) -> list[str]:
    return [community.removeprefix("rt ") for community in sorted(found[0][0].extended)] if found else []


def needs(source: Source, origin: Router, target: Router) -> bool:
    """Whether a node is to get something of another: VTEPs are for nodes that share a VNI, or where there is none."""
    if source.vni:
        return source.vni in target.vnis
    if source.vtep:
        return (not origin.vnis and not target.vnis) or any(
            target.vnis.get(v) == source.vtep == one for v, one in origin.vnis.items()
        )
    return True


def _to_fabric(source: Source, found: list[tuple[Route, Spread]], number: int) -> Cause | Unknown | None:
    """What keeps a route on its node; None where a leaf gets it."""
    if any(result.sent for _, result in found):
        return None
    return _first(
        source,
        [*(cause for _, result in found for cause in result.out.get(number, ()))],
        [result.unknown[number] for _, result in found if number in result.unknown],
    )


def _stopped(
    site: Fabric, number: int, other: int, source: Source, found: list[tuple[Route, Spread]]
) -> tuple[Cause | Unknown | None, Router]:
    """What keeps a route from another node, and the node whose model says so."""
    if any(arrives(route, result, other) and not displaced(route, result, number) for route, result in found):
        return None, site.routers[other]
    uncertain = [result.unknown[at] for _, result in found for at in (number, other) if at in result.unknown]
    if uncertain or not found:
        return _first(source, [], uncertain), site.routers[number]
    leaving = all(not result.sent for _, result in found)
    at = number if leaving else other
    causes = [cause for _, result in found for cause in (result.out if leaving else result.into).get(at, ())]
    if not leaving and any(other in result.chosen for _, result in found):
        causes = []  # it is there, with another next hop
    if not causes and not leaving:
        at, causes = number, [result.kept for _, result in found if result.kept]
    if not causes and not leaving:
        at, causes = _between(found, number, other)
    return _first(source, causes, []), site.routers[at]


def _between(found: list[tuple[Route, Spread]], number: int, other: int) -> tuple[int, list[Cause]]:
    """What keeps a route from going on at a node on its way, and that node."""
    for _, result in found:
        for at in sorted(result.accepted):
            if at not in (number, other) and (causes := result.out.get(at)):
                return at, causes
    return number, []


def arrives(route: Route, result: Spread, other: int) -> bool:
    """Whether a router accepts a route, and prefers it, for MAC addresses and prefixes, with the VTEP of its origin.

    A type-3 route names its VTEP in the route itself, which is what zebra takes (measured: 8.4.4).
    """
    if route.kind not in (MACIP, PREFIX):
        return bool(result.accepted.get(other))
    return other in result.chosen and all(one.next_hop == route.next_hop for one in result.chosen[other])


def displaced(route: Route, result: Spread, origin: int) -> bool:
    """Whether a MAC address comes back to its own node from another VTEP: the node then takes it for moved (seen on 8.4.4)."""
    back = result.accepted.get(origin, {}).values()
    return route.kind == MACIP and any(one.next_hop != route.next_hop for one in back)


def _first(source: Source, causes: list[Cause], uncertain: list[Unknown]) -> Cause | Unknown:
    """The cause that says most: that no session carries a family counts where there is no other."""
    if uncertain:
        return uncertain[0]
    causes = causes or [one for one in source.routes if isinstance(one, Cause)]
    if not causes:
        return next((one for one in source.routes if isinstance(one, Unknown)), Unknown(source.at, "its way"))
    first = min(causes, key=lambda cause: cause.kind == "carried")
    alike = (one.session for one in causes if one.session and one.kind == first.kind and one.at != first.at)
    return first._replace(also=tuple(dict.fromkeys(alike)))


def _not_imported(origin: Router, target: Router, vni: int, exported: list[str]) -> Cause:
    theirs = target.targets[vni]
    taken = ", ".join(theirs.given_imports) or f"*:{vni} (any AS)"
    vrf = next((f"VRF {one.name}" for one in target.node.vrfs if one.vni == vni), f"VNI {vni}")
    why = f"{vrf}: node {target.name} imports {taken}, node {origin.name} exports {', '.join(exported)}"
    at = (*theirs.at, "import-rts") if theirs.given_imports else (*origin.targets[vni].at, "export-rts")
    return Cause("targets", at, why, "import a route target that the other node exports")


def _count(site: Fabric, number: int, found: tuple[Route, Spread], counts: dict[tuple[int, str], int]) -> None:
    """Counts the routes that each session accepts, of all nodes that are like the origin."""
    route, result = found
    for accepted in result.accepted.values():
        for edge in accepted:
            key = (edge, route.family)
            counts[key] = counts.get(key, 0) + site.routers[number].stands_for


def _limits(site: Fabric, counts: Mapping[tuple[int, str], int]) -> dict[tuple[str, Origin], Cause]:
    """The sessions that a prefix limit ends: bgpd closes one when it has accepted more routes than the limit."""
    down: dict[tuple[str, Origin], Cause] = {}
    for (number, family), count in counts.items():
        edge = site.edges[number]
        session = edge.session
        member = session.members.get(family)
        limit = member.maximum_prefix if member else None
        if member and limit and not limit.warning_only and count > limit.limit:
            at = member.elsewhere.get("maximum_prefix", (*member.at, "maximum-prefix"))
            why = (
                f"the session with {session.neighbor.peer} ends: its limit is {limit.limit}, "
                f"and the nodes send {count} routes in {family}"
            )
            down[site.routers[edge.owner].name, session.neighbor.at] = Cause(
                "limit", at, why, "take a higher limit, or `warning-only`"
            )
    return down
