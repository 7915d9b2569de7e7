"""Rules over the site: nodes, their indices, and the pools that must have an address for each."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Network, Problem, overlapping, repeated, scope_rule, site_rule
from frrcompile.model.host_session import HostSession
from frrcompile.model.site import Site
from frrcompile.model.tree import Path


@site_rule("MOD101", "unknown-frr-version")
def unknown_frr_version(site: Site) -> Iterator[Problem]:
    """The FRR version is not one of those that are known.

    What: `frr.version` of a release that there is no command table for.
    Why: releases take and show different lines. The text for an unknown one would be a guess.
    Bad:
        frr: {version: "7.5"}
    Good:
        frr: {version: "10.3"}
    """
    if site.frr.version and not dialect.known(site.frr.version):
        known = ", ".join(dialect.VERSIONS)
        yield Problem(("frr", "version"), f"`frr.version`: found {site.frr.version!r}; allowed: {known}")


@site_rule("MOD102", "node-index-taken")
def node_index_taken(site: Site) -> Iterator[Problem]:
    """Two nodes have one index.

    What: an `index` that another node of the site has.
    Why: the index selects a node's addresses in the pools: two nodes would have the same router id and the same VTEP.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 0}}
        vtep: {ipv4: null}
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
    """
    places = ((node.index, ("nodes", name, "index")) for name, node in site.nodes.items())
    for index, at, first in repeated(places):
        said = f"node {first[1]} has it"
        yield Problem(at, f"node index {index} of node {at[1]} is taken", other=first, said=said)


def _pools(site: Site) -> Iterator[tuple[Path, Network, int]]:
    """Every pool with how many of its addresses are no node's own."""
    for name, pool in (
        ("router-id", site.pools.router_id),
        ("vtep-ipv4", site.pools.vtep_ipv4),
        ("vtep-ipv6", site.pools.vtep_ipv6),
    ):
        if pool:
            yield ("pools", name), pool, 0
    sessions: list[tuple[Path, HostSession | None]] = [(("passthrough",), site.passthrough)]
    sessions += [(("vrfs", name, "host-session"), vrf.host_session) for name, vrf in site.vrfs.items()]
    for at, session in sessions:
        for family, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)) if session else ():
            if ends and ends.pool:
                # The network's own address and the router's end come before; IPv4's broadcast address is nobody's.
                yield (*at, family, "pool"), ends.pool, 2 + (family == "ipv4")


@site_rule("MOD103", "pool-exhausted")
def pool_exhausted(site: Site) -> Iterator[Problem]:
    """A pool has no address for some node.

    What: a pool with fewer addresses than the highest index of a node needs. In the pool of a host session, the first
        addresses are the network's own and the router's; the broadcast address of IPv4 is no node's.
    Why: the node with that index would have no router id, VTEP or host address.
    Bad:
        nodes: {k4: {index: 4}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/30}
    Good:
        nodes: {k4: {index: 4}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
    """
    last, index = max(((name, node.index) for name, node in site.nodes.items()), key=lambda pair: pair[1])
    rooms = [
        (at, f"the pool {pool} has addresses", max(0, pool.num_addresses - taken)) for at, pool, taken in _pools(site)
    ]
    if (numbers := site.pools.asn) and not site.router.asn:
        rooms.append((("pools", "asn"), f"the pool {numbers[0]}-{numbers[-1]} has AS numbers", len(numbers)))
    for at, what, room in rooms:
        if index >= room:
            yield Problem(
                at,
                f"{what} for {room} nodes, with indices from 0; node {last} has index {index}",
                other=("nodes", last, "index"),
                said="the highest index",
                help="take a larger pool, or lower indices",
            )


@scope_rule("MOD113", "router-without-as")
def router_without_as(scope: Scope) -> Iterator[Problem]:
    """A node has no AS.

    What: a node for which the model has neither `router.asn` nor `pools.asn`.
    Why: FRR has an AS for each BGP instance (`router bgp AS`).
    Bad:
        router: {asn: null}
    Good:
        router: {asn: null}
        pools: {asn: 4200000000-4200000999}
    """
    if not scope.site.router.asn and not scope.site.pools.asn:
        help_ = "give `asn`, or a pool of AS numbers, such as `pools: {asn: 4200000000-4200000999}`"
        yield Problem(("router",), f"node {scope.name} has no AS", help=help_)


@site_rule("MOD104", "pools-overlap")
def pools_overlap(site: Site) -> Iterator[Problem]:
    """Two pools overlap.

    What: pools of VTEPs, or of the host sessions of one VRF, that have addresses in common. The pool of router ids may
        overlap others, as a router id is no address of a link.
    Why: two ends would have one address.
    Bad:
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 10.0.0.0/16}
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.7.0/24}}}}
    Good:
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 10.0.0.0/16}
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.1.7.0/24}}}}
    """
    groups: dict[str, list[tuple[Network, Path]]] = {}
    shared = [(pool, at) for at, pool, _ in _pools(site) if at[0] == "pools" and at[1] != "router-id"]
    for at, pool, _ in _pools(site):
        if at[0] != "pools":
            # Equal addresses in two VRFs do not meet, but each VRF's may meet those of the underlay in `default`.
            groups.setdefault(str(at[1]) if at[0] == "vrfs" else "", [*shared]).append((pool, at))
    told = set()
    for group in groups.values() or [shared]:
        for pool, at, other, other_at in overlapping(group):
            if (at, other_at) not in told:
                told.add((at, other_at))
                message = f"the pool {pool} overlaps the pool {other}"
                yield Problem(at, message, other=other_at, said="the other pool")
