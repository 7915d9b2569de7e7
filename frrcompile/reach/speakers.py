"""The BGP speakers of a site as they are followed: one node for all that are alike, or two of them, and ideal leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from frrcompile.ir.bgp import Instance
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.reach.policies import Policies
from frrcompile.reach.prefixes import covers, prefix
from frrcompile.reach.route import FIRST_UNSAID_AS, Cause
from frrcompile.reach.session import Session, sessions
from frrcompile.reach.targets import Targets, targets

FIRST_LEAF_AS = FIRST_UNSAID_AS + 1
"""The AS numbers of leaves whose AS the model does not say: `remote-as external`."""


class Router(NamedTuple):
    """A node as it is followed: its representation, or that of a node that is alike, with its own VTEPs.

    `targets` has the route targets of its VNIs, and `vnis` the family of the VTEP of each. `stands_for` is how many nodes are
    like this one, itself included.
    """

    name: str
    node: Node
    vteps: Mapping[str, str]
    underlay: Instance
    policies: Policies
    sessions: tuple[Session, ...]
    targets: Mapping[int, Targets]
    vnis: Mapping[int, str]
    stands_for: int = 1

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that a neighbor may know it by."""
        return (*self.vteps.values(), *(text.split("/")[0] for nic in self.node.links.nics for text in nic.addresses))


class Leaf(NamedTuple):
    """An ideal router of the fabric: it accepts every route and passes it on."""

    asn: int


def router(node: Node, stands_for: int = 1) -> Router:
    """A node as it is followed."""
    underlay = node.bgp[-1]
    policies = Policies(node)
    fabric = tuple(one for one in sessions(underlay, policies) if one.neighbor.at != ("passthrough",))
    vnis = {vxlan.vni: "ipv6" if ":" in vxlan.local else "ipv4" for vxlan in node.links.vxlans}
    return Router(node.name, node, vteps(node), underlay, policies, fabric, targets(node), vnis, stands_for)


def vteps(node: Node) -> dict[str, str]:
    """The VTEP's addresses by family: those that its VXLAN devices use, and those of its loopback."""
    found = [*(text.split("/")[0] for text in node.links.loopback), *(one.local for one in node.links.vxlans)]
    return {"ipv6" if ":" in address else "ipv4": address for address in found}


class Edge(NamedTuple):
    """A session of the router `owner`, by its place in the list of routers, with a leaf or with another router's session."""

    owner: int
    session: Session
    leaf: int | None
    far: tuple[int, Session] | None = None
    down: Cause | None = None


class Fabric(NamedTuple):
    """The routers and leaves of a site, and the sessions between them."""

    routers: tuple[Router, ...]
    leaves: tuple[Leaf, ...]
    edges: tuple[Edge, ...]


def fabric(routers: Iterable[Router], down: Mapping[tuple[str, Origin], Cause] | None = None) -> Fabric:
    """Joins routers with leaves: a neighbor is a leaf, unless its address is another router's.

    `down` has the sessions that do not stay up, by the node's name and the neighbor's place.
    """
    found = tuple(routers)
    owners = {address: number for number, one in enumerate(found) for address in one.addresses}
    leaves: dict[tuple[str, object], int] = {}
    made: list[Leaf] = []
    edges: list[Edge] = []
    for number, one in enumerate(found):
        for session in one.sessions:
            cause = (down or {}).get((one.name, session.neighbor.at))
            others = _others(number, session, found, owners)
            for other in others:
                edges.append(_between(number, session, other, found)._replace(down=cause))
            if not others:
                key = (session.neighbor.peer, session.neighbor.remote_as if session.external else session.shown_as)
                if key not in leaves:
                    leaves[key] = len(made)
                    made.append(Leaf(key[1] if isinstance(key[1], int) else FIRST_LEAF_AS + len(made)))
                edges.append(Edge(number, session, leaves[key], down=cause))
    return Fabric(found, tuple(made), tuple(edges))


def _others(number: int, session: Session, routers: tuple[Router, ...], owners: Mapping[str, int]) -> list[int]:
    """The routers that a neighbor is: one by its address, or those that connect from its range."""
    if session.neighbor.listen:
        inside = prefix(session.neighbor.listen)
        return sorted(
            {
                other
                for address, other in owners.items()
                if other != number
                and covers(inside, prefix(address))
                and any(near.neighbor.peer in routers[number].addresses for near in routers[other].sessions)
            }
        )
    other = owners.get(session.neighbor.peer)
    return [other] if other is not None and other != number else []


def _between(number: int, session: Session, other: int, routers: tuple[Router, ...]) -> Edge:
    """The session of two routers, which each of them must have."""
    own = routers[number].addresses
    for far in routers[other].sessions:
        listen = far.neighbor.listen
        if far.neighbor.peer in own or (listen and any(covers(prefix(listen), prefix(address)) for address in own)):
            return Edge(number, session, None, (other, far))
    why = f"node {routers[other].name} has no neighbor for node {routers[number].name}"
    return Edge(number, session, None, None, Cause("carried", session.neighbor.at, why))
