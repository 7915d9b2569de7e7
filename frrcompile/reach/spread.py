"""A route spreads over the fabric, session by session, until no router's choice changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from frrcompile.ir.places import place_of
from frrcompile.reach.budget import Budget
from frrcompile.reach.route import MACIP, Cause, Route, Unknown, Verdict
from frrcompile.reach.session import NO_EXPORT, Session
from frrcompile.reach.speakers import Edge, Fabric

HELD = 30
"""The number of routes that a speaker compares in the time of one step."""

STEPS = 40
"""How often each speaker may change its choice before the routes are said not to settle."""

Place = tuple[str, int]
"""A speaker: a router or a leaf by its number, or the core that joins the leaves."""

CORE: Place = ("core", 0)


class Learned(NamedTuple):
    """A route in a speaker's table; a router knows the session that it came over."""

    route: Route
    session: Session | None
    external: bool


class Spread(NamedTuple):
    """Where a route is in the end.

    `accepted` has what each router accepted, by the edge that it came over, and `chosen` what it may prefer of them; `out` and
    `into` have the causes on the way out of a router and into one. `sent` says whether the route left its router, and `kept`
    what its router gives it that keeps it from arriving as it should.
    """

    accepted: dict[int, dict[int, Route]]
    chosen: dict[int, tuple[Route, ...]]
    out: dict[int, list[Cause]]
    into: dict[int, list[Cause]]
    unknown: dict[int, Unknown]
    sent: bool
    kept: Cause | None


class _Run:
    """One route on its way."""

    def __init__(self, fabric: Fabric) -> None:
        self.fabric = fabric
        self.inbox: dict[Place, dict[tuple[Place, int], Learned]] = {}
        self.verdicts: dict[tuple[int, str], Verdict] = {}  # by edge, and whether out of its owner or into it
        self.own: dict[Place, Learned] = {}

    def best(self, at: Place) -> tuple[Learned, tuple[Place, int] | None] | None:
        if at in self.own:
            return self.own[at], None
        held = self.inbox.get(at)
        if not held:
            return None
        source = max(held, key=lambda key: _rank(held[key]))
        return held[source], source

    def tell(self, at: Place, source: Place, number: int, learned: Learned | None) -> bool:
        """Puts a route into a speaker's table, or takes it out; whether that changed the table."""
        held = self.inbox.setdefault(at, {})
        if held.get((source, number)) == learned:
            return False
        if learned is None:
            del held[source, number]
        else:
            held[source, number] = learned
        return True


def _rank(learned: Learned) -> tuple[bool, int, int, int, bool, int]:
    """What FRR prefers, as far as it is followed: weight, local preference, a short path, a low metric, an external session.

    Before all of them, a type-2 route with the lower next hop (RFC 7432, section 15.1; measured: 8.4.4, 10.3, 10.7.1). The
    address of a session is not known here, and counts as lower than a VTEP.
    """
    route = learned.route
    preference = 100 if route.local_preference is None else route.local_preference
    lower = route.kind == MACIP and not route.next_hop
    return lower, route.weight, preference, -len(route.path), learned.external, -(route.metric or 0)


def spread(fabric: Fabric, origin: int, route: Route, budget: Budget) -> Spread:
    """Where a route of the router `origin` is accepted, and why not elsewhere. Raises BudgetSpentError."""
    budget.take(len(fabric.edges))
    run = _Run(fabric)
    start: Place = ("router", origin)
    run.own[start] = Learned(route, None, False)
    edges_at: dict[Place, list[tuple[int, Edge]]] = {}
    for number, edge in enumerate(fabric.edges):
        edges_at.setdefault(("router", edge.owner), []).append((number, edge))
        if edge.leaf is not None:
            edges_at.setdefault(("leaf", edge.leaf), []).append((number, edge))
    queue, left = deque([start]), STEPS * (len(fabric.routers) + len(fabric.leaves) + 1)
    while queue and left:
        left -= 1
        at = queue.popleft()
        edges = edges_at.get(at, ())
        told = len(fabric.leaves) if at == CORE else len(edges)
        budget.take((1 + told) * (1 + len(run.inbox.get(at, ())) // HELD))
        if at[0] == "router":
            changed = [_from_router(run, at, number, edge) for number, edge in edges]
        elif at[0] == "leaf":
            changed = [_from_leaf(run, at, number, edge) for number, edge in edges]
            changed.append(_to_core(run, at))
        else:
            changed = [_from_core(run, leaf) for leaf in range(len(fabric.leaves))]
        queue.extend(place for place in changed if place and place not in queue)
    return _result(run, fabric, origin, settled=not queue)


def _from_router(run: _Run, at: Place, number: int, edge: Edge) -> Place | None:
    """A router tells the other end of a session its choice."""
    to: Place = ("leaf", edge.leaf) if edge.leaf is not None else ("router", edge.far[0] if edge.far else at[1])
    found = run.best(at)
    sent: Verdict | None = None
    if edge.down:
        sent = edge.down
    elif found and not (found[1] and found[1][0] == to):
        sent = edge.session.lets_out(found[0].route, found[0].session)
    if sent is not None:
        run.verdicts[number, "out"] = sent
    if edge.far:
        arrived = edge.far[1].lets_in(sent) if isinstance(sent, Route) else sent
        if isinstance(sent, Route) and arrived is not None:
            run.verdicts[number, "far"] = arrived
        learned = Learned(arrived, edge.far[1], edge.far[1].external) if isinstance(arrived, Route) else None
        return to if run.tell(to, at, number, learned) else None
    if edge.leaf is None:
        return None
    learned = Learned(sent, None, edge.session.external) if isinstance(sent, Route) else None
    return to if run.tell(to, at, number, learned) else None


def _from_leaf(run: _Run, at: Place, number: int, edge: Edge) -> Place | None:
    """A leaf tells a router its choice, which the router accepts or not: also a route that it has from this router, as FRR
    sends an update to all neighbors of a group.
    """
    to: Place = ("router", edge.owner)
    found = run.best(at)
    arrived: Verdict | None = None
    if edge.down:
        arrived = edge.down
    elif found:
        asn = run.fabric.leaves[at[1]].asn
        sent = _passed_on(found[0].route, asn if edge.session.external else None)
        # FRR takes no route with a next hop of its own.
        if sent and sent.next_hop not in run.fabric.routers[edge.owner].vteps.values():
            arrived = edge.session.lets_in(sent)
    if arrived is not None and not (run.own.get(to) and isinstance(arrived, Cause)):
        run.verdicts[number, "in"] = arrived
    learned = Learned(arrived, edge.session, edge.session.external) if isinstance(arrived, Route) else None
    return to if run.tell(to, at, number, learned) else None


def _passed_on(route: Route, asn: int | None) -> Route | None:
    """What a leaf makes of a route: its own AS before the path of an external session, and its own next hop for unicast.

    None where a community keeps the route from being passed on.
    """
    if "no-advertise" in route.communities or (asn is not None and not route.communities.isdisjoint(NO_EXPORT)):
        return None
    hop = "" if route.family != "l2vpn-evpn" else route.next_hop
    return route._replace(path=route.path if asn is None else (asn, *route.path), next_hop=hop)


def _to_core(run: _Run, at: Place) -> Place | None:
    found = run.best(at)
    learned = None
    if found and found[1] and found[1][0] != CORE:
        route = found[0].route
        if route.communities.isdisjoint(("no-advertise", *NO_EXPORT)):
            learned = Learned(route._replace(path=(run.fabric.leaves[at[1]].asn, *route.path)), None, True)
    return CORE if run.tell(CORE, at, 0, learned) else None


def _from_core(run: _Run, leaf: int) -> Place | None:
    to: Place = ("leaf", leaf)
    found = run.best(CORE)
    learned = found[0] if found and found[1] and found[1][0] != to else None
    if learned and learned.route.path[0] == run.fabric.leaves[leaf].asn:  # leaves of one AS have an internal session
        learned = learned._replace(route=learned.route._replace(path=learned.route.path[1:]), external=False)
    return to if run.tell(to, CORE, 0, learned) else None


def _result(run: _Run, fabric: Fabric, origin: int, *, settled: bool) -> Spread:
    accepted = {
        at: {number: learned.route for (_, number), learned in held.items()}
        for (kind, at), held in run.inbox.items()
        if kind == "router"
    }
    chosen = {at: _chosen(held.values()) for (kind, at), held in run.inbox.items() if kind == "router" and held}
    out: dict[int, list[Cause]] = {}
    into: dict[int, list[Cause]] = {}
    unknown: dict[int, Unknown] = {}
    sent, kept = False, None
    for (number, way), verdict in run.verdicts.items():
        edge = fabric.edges[number]
        router = edge.far[0] if way == "far" and edge.far else edge.owner
        if isinstance(verdict, Cause):
            session = edge.far[1] if way == "far" and edge.far else edge.session
            of_session = verdict._replace(session=session.neighbor.peer)
            (out if way == "out" else into).setdefault(router, []).append(of_session)
        elif isinstance(verdict, Unknown):
            unknown.setdefault(router, verdict)
        elif way == "out" and router == origin:
            sent, kept = True, kept or _kept(verdict, edge)
    if not settled:
        for number, one in enumerate(fabric.routers):
            unknown.setdefault(number, Unknown(one.node.at, "routes that do not settle"))
    return Spread(accepted, chosen, out, into, unknown, sent, kept)


def _chosen(held: Iterable[Learned]) -> tuple[Route, ...]:
    """The routes that a router may prefer: what decides between equal ones is not followed."""
    found = list(held)
    best = max(map(_rank, found))
    return tuple(learned.route for learned in found if _rank(learned) == best)


def _kept(route: Route, edge: Edge) -> Cause | None:
    """What a router gives its route that spoils it: a community with which leaves pass it on to no other AS, or another next hop."""
    member = edge.session.members[route.family]
    if route.family == "l2vpn-evpn" and member.next_hop_self and not route.next_hop:
        why = f"`next-hop-self` puts the address of the session with {edge.session.neighbor.peer} in the place of the VTEP"
        help_ = "add `per-family: {l2vpn-evpn: {next-hop-self: false}}` to the neighbor, or set it under `families`"
        return Cause("carried", place_of(member, "next_hop_self"), why, help_)
    for community in ("no-advertise", *NO_EXPORT):
        if community in route.communities:
            at = place_of(member, "export_map")
            return Cause(
                "carried", at, f"it leaves its node with the community {community}, so the leaves do not pass it on"
            )
    return None
