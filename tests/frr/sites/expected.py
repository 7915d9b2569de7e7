"""What the site check says of every route of a site, each node for itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from frrcompile.ir.node import Node
from frrcompile.pipeline.reach import STEPS
from frrcompile.pipeline.site import Loaded, build, load_site
from frrcompile.reach.budget import Budget
from frrcompile.reach.follow import arrives, joined
from frrcompile.reach.origins import sources
from frrcompile.reach.prefixes import prefix
from frrcompile.reach.route import MACIP, MULTICAST, Cause, Route
from frrcompile.reach.session import Session, sessions
from frrcompile.reach.speakers import Fabric, Router, router
from frrcompile.reach.spread import Spread, spread
from tests.models.scalars import Data
from tests.models.strategies import as_yaml


class Wanted(NamedTuple):
    """A route of a node at another node: whether it arrives, as far as it is known, and whether its VNI imports it."""

    origin: str
    target: str
    what: str
    arrives: bool | None


class Prediction(NamedTuple):
    """The routers of a site, and what is said of their routes."""

    nodes: tuple[Node, ...]
    wanted: tuple[Wanted, ...]


def loaded(data: Data, frr: str) -> Loaded:
    """The site of a model, for a version of FRR; an AssertionError with the findings where it is refused."""
    found = load_site({"model.yaml": as_yaml(data).encode()}, frr=frr)
    assert found.site, found.findings
    return found


def predicted(found: Loaded) -> Prediction:
    """What becomes of every route. Raises AssertionError where a node is refused."""
    assert found.site
    nodes = []
    for name in found.site.nodes:
        node, findings = build(found, name)
        assert node, findings
        nodes.append(node)
    site = joined(tuple(map(router, nodes)), Budget(STEPS))
    return Prediction(tuple(nodes), tuple(_wanted(site)))


def announced(number: int) -> tuple[str, ...]:
    """What the host of a node announces in the tests."""
    return (f"10.244.{number}.0/24", f"10.244.{100 + number}.0/28", f"172.20.{number}.1/32")


def mac(place: int, vni: int) -> str:
    """The MAC address that a node's VNI has in the tests."""
    return f"02:00:00:00:{place:02x}:{vni:02x}"


def hosts(router: Router) -> list[Session]:
    """The session with the host in the default VRF."""
    found = sessions(router.underlay, router.policies)
    return [one for one in found if one.neighbor.at == ("passthrough",)]


def _wanted(site: Fabric) -> Iterator[Wanted]:
    for number, origin in enumerate(site.routers):
        # Whether another node has the way to the VTEP of a family: a VNI imports nothing else.
        ways: dict[tuple[int, str], bool | None] = {}
        for what, route, vni in _routes(origin, number):
            result = spread(site, number, route, Budget(STEPS)) if isinstance(route, Route) else None
            for other, target in enumerate(site.routers):
                if other == number:
                    continue
                accepted = _accepted(result, number, other) if result else False
                if isinstance(route, Route) and route.kind == MACIP and accepted and _may_move(origin):
                    accepted = None
                if not vni:
                    way = (other, "ipv6" if ":" in what else "ipv4")
                    ways.setdefault(way, None if _aggregated(target) and not accepted else accepted)
                if isinstance(route, Cause) and vni:  # it is sent with another next hop, which no VNI uses
                    if vni in target.vnis:
                        yield Wanted(origin.name, target.name, f"{what} in VNI {vni}", False)
                    continue
                yield Wanted(origin.name, target.name, what, accepted)
                if isinstance(route, Route) and result and vni and vni in target.vnis:
                    tunnel = _tunnel(route, result, other) if accepted else accepted
                    targets = [one.removeprefix("rt ") for one in route.extended]
                    used = (
                        None
                        if tunnel is None
                        else _all(tunnel, ways[other, origin.vnis[vni]], target.targets[vni].take(targets))
                    )
                    yield Wanted(origin.name, target.name, f"{what} in VNI {vni}", used)


def _tunnel(route: Route, result: Spread, other: int) -> bool | None:
    """Whether a VNI uses a route with the VTEP of its origin. With another next hop, a type-3 route counts where that
    next hop is reachable, which is not followed.
    """
    hops = {one.next_hop == route.next_hop for one in result.chosen[other]}
    if route.kind == MULTICAST:
        return True if hops == {True} else None
    return arrives(route, result, other) if len(hops) == 1 else None


def _may_move(origin: Router) -> bool:
    """Whether a MAC address may come back to its node from another VTEP, if only while routes settle: the node then takes it
    for moved, and forgets its own.
    """
    members = [session.members["l2vpn-evpn"] for session in origin.sessions if "l2vpn-evpn" in session.members]
    return any(one.next_hop_self for one in members) and any(one.allowas_in for one in members)


def _aggregated(router: Router) -> bool:
    """Whether a router has an aggregate of its own, through which the way to any VTEP seems to lead."""
    return any(family.aggregates for family in router.underlay.families)


def _all(*facts: bool | None) -> bool | None:
    """Whether all hold; None where that is not known."""
    return False if False in facts else None if None in facts else True


def _accepted(result: Spread, number: int, other: int) -> bool | None:
    if result.accepted.get(other):
        return True
    return None if number in result.unknown or other in result.unknown else False


def _routes(origin: Router, number: int) -> Iterator[tuple[str, object, int | None]]:
    for source in sources(origin):
        (route, *_) = source.routes
        if source.vtep:
            yield f"unicast {origin.vteps[source.vtep]}/{32 if source.vtep == 'ipv4' else 128}", route, None
        elif source.vni and isinstance(route, Route) and route.kind in (MACIP, MULTICAST):
            yield f"type-{route.kind} of VNI {source.vni}", route, source.vni
    for session in hosts(origin):
        for text in announced(number):
            yield f"unicast {text}", session.lets_in(Route("ipv4-unicast", 0, prefix(text), path=(65300,))), None
