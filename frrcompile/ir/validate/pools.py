"""Rules over the site: nodes, their indices, and the pools that must have an address for each."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir import dialect
from frrcompile.ir.validate.rule import Network, Source, overlapping, repeated
from frrcompile.model.host_session import HostSession
from frrcompile.model.site import Site
from frrcompile.model.tree import Path


def _version(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR950: an FRR version that is not known."""
    if site.frr.version and not dialect.known(site.frr.version):
        known = ", ".join(dialect.VERSIONS)
        yield source.error("FRR950", ("frr", "version"), f"`frr.version`: found {site.frr.version!r}; allowed: {known}")


def _node_index(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR951: two nodes with one index would get the same addresses."""
    places = ((node.index, ("nodes", name, "index")) for name, node in site.nodes.items())
    for index, at, first in repeated(places):
        said = f"node {first[1]} has it"
        yield source.error("FRR951", at, f"node index {index} of node {at[1]} is taken", other=first, said=said)


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


def _exhausted(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR964: a pool that has no address for some node."""
    last, index = max(((name, node.index) for name, node in site.nodes.items()), key=lambda pair: pair[1])
    for at, pool, taken in _pools(site):
        room = max(0, pool.num_addresses - taken)
        if index >= room:
            yield source.error(
                "FRR964",
                at,
                f"the pool {pool} has addresses for {room} nodes, with indices from 0; node {last} has index {index}",
                other=("nodes", last, "index"),
                said="the highest index",
                help="take a larger pool, or lower indices",
            )


def _overlapping(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR965: two pools that overlap would give one address twice. A router id is no address on a link."""
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
                yield source.error("FRR965", at, message, other=other_at, said="the other pool")


SITE_RULES = (_version, _node_index, _exhausted, _overlapping)
