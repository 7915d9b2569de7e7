"""Rules over BGP neighbors: who they are, and what bgpd refuses, drops without a message, or takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir.lower.families import derived
from frrcompile.ir.lower.neighbor import peer_name
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import Neighbor


def internal(session: Neighbor | HostSession, asn: int) -> bool:
    """Whether a session of a router of this AS is internal, by the word or by the number of the AS in `remote-as`."""
    return session.remote_as in ("internal", asn)


@scope_rule("MOD201", "neighbor-kind")
def neighbor_kind(scope: Scope) -> Iterator[Problem]:
    """A neighbor is an address, an interface or a range.

    What: a neighbor with two of `address`, `interface` and `range`, or with none.
    Why: FRR has a command of its own for each of the three kinds.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, interface: eth1, remote-as: 64512}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}]}
    """
    for at, _, neighbor in scope.neighbors():
        given = [name for name in ("address", "interface", "range") if getattr(neighbor, name)]
        if len(given) > 1:
            said = f"a neighbour has one of `address`, `interface` and `range`, not both `{given[0]}` and `{given[1]}`"
            yield Problem((*at, given[1]), said, other=(*at, given[0]), said="the other one")
        elif not given:
            said = "a neighbour needs an `address`, an `interface` for an unnumbered session, or a `range`"
            yield Problem(at, said)


@scope_rule("MOD202", "neighbor-twice")
def neighbor_twice(scope: Scope) -> Iterator[Problem]:
    """Two neighbors of an instance have one address.

    What: an address, interface or range that another neighbor of the underlay, or of the same VRF, has; a host's address
        counts.
    Why: FRR has one neighbor of each name. The last line of each setting counts, and FRR reports nothing.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}, {address: 192.0.2.1, remote-as: 64513}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}, {address: 192.0.2.2, remote-as: 64513}]}
    """
    places: list[tuple[tuple[str | None, str], Origin]] = []
    for at, vrf, neighbor in scope.neighbors():
        given = [field for field in ("address", "interface", "range") if getattr(neighbor, field)]
        if len(given) == 1:
            places.append(((vrf, peer_name(neighbor)), (*at, given[0])))
    for at, vrf, session in scope.sessions():
        places += [((vrf, ends.host), (*at, ends.family)) for ends in scope.ends(session)]
    for (_, peer), at, first in repeated(places):
        yield Problem(at, f"two neighbours are {peer}", other=first, said="the first one")


@scope_rule("MOD203", "range-refused")
def range_refused(scope: Scope) -> Iterator[Problem]:
    """A range of neighbors overlaps another one, or is link-local.

    What: a `range` that has addresses in common with another range of the same instance and is not equal to it, or that is
        link-local.
    Why: bgpd refuses the `bgp listen range` line (bgpd/bgp_vty.c: bgp_listen_range).
    Bad:
        underlay: {neighbors: [{range: 10.0.0.0/8, remote-as: 64512}, {range: 10.1.0.0/16, remote-as: 64513}]}
    Good:
        underlay: {neighbors: [{range: 10.0.0.0/16, remote-as: 64512}, {range: 10.1.0.0/16, remote-as: 64513}]}
    """
    ranges = [(at, vrf, neighbor.range) for at, vrf, neighbor in scope.neighbors() if neighbor.range]
    for n, (at, vrf, range_) in enumerate(ranges):
        if range_.is_link_local:
            yield Problem((*at, "range"), f"a range of neighbours cannot be link-local: {range_}")
        for first_at, first_vrf, first in ranges[:n]:
            if vrf == first_vrf and range_.version == first.version and range_ != first and range_.overlaps(first):
                said = f"the range {range_} overlaps {first}"
                yield Problem((*at, "range"), said, other=(*first_at, "range"), said="the other range")


@scope_rule("MOD207", "local-as-refused")
def local_as_refused(scope: Scope) -> Iterator[Problem]:
    """A local AS that bgpd refuses, or whose meaning depends on the release.

    What: a `local-as` that is the router's own AS or the neighbor's, or that an internal neighbor has; `replace: true`
        without `prepend: false`.
    Why: all releases refuse the router's own AS, and 8.4 refuses the others. Later ones take them, and call the session
        internal or external by release, order and spelling: 10.3 makes an external one with `ebgp-multihop` of `remote-as`
        OWN-AS. FRR's `replace-as` stands behind `no-prepend`.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, local-as: {asn: 64514}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, local-as: {asn: 65000}}]}
    """
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        if not neighbor.local_as:
            continue
        place = (*at, "local-as")
        if neighbor.local_as.asn == asn:
            yield Problem((*place, "asn"), f"the local AS {asn} is the router's own AS: leave it out")
        if neighbor.local_as.asn == neighbor.remote_as:
            message = (
                f"the local AS {neighbor.local_as.asn} is the neighbour's own AS: bgpd refuses it, or not, by version"
            )
            yield Problem((*place, "asn"), message, other=(*at, "remote-as"), said="the neighbour's AS")
        if internal(neighbor, asn):
            yield Problem(place, "a local AS is for external neighbours; this one is internal")
        if neighbor.local_as.replace and neighbor.local_as.prepend:
            message = "`replace: true` needs `prepend: false`: FRR's `replace-as` comes after `no-prepend`"
            yield Problem((*place, "replace"), message)


@scope_rule("MOD208", "reflection-refused")
def reflection_refused(scope: Scope) -> Iterator[Problem]:
    """A route reflector client that is external, or a cluster id without a client.

    What: `route-reflector-client` for an external neighbor; `router.cluster-id` where no neighbor is a client, or in the
        pool of router ids.
    Why: bgpd refuses an external client. A cluster id has an effect only on routes between clients, and a router drops
        routes whose cluster list has its own id (RFC 4456, section 8).
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, route-reflector-client: true}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64514, route-reflector-client: true}]}
    """
    clients = False
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        # Where it is said that the neighbour is a client, and how: a family's own word comes before the neighbour's.
        said: dict[Origin, bool | None] = {}
        for path, options in neighbor.said():
            if options.route_reflector_client is not None:
                said[(*at, *path, "route-reflector-client")] = options.route_reflector_client
        if len(said) < len(neighbor.families or derived(scope, vrf, neighbor)):
            said[(*at, "route-reflector-client")] = neighbor.route_reflector_client
        clients = clients or any(said.values())
        if not internal(neighbor, asn):
            for place in (place for place, client in said.items() if client):
                message = "a route reflector client is internal; bgpd refuses this one"
                yield Problem(place, message, other=(*at, "remote-as"), said="its AS")
    router = scope.site.router
    if router.cluster_id and not clients:
        yield Problem(("router", "cluster-id"), "a cluster id without a route reflector client has no effect")
    pool = scope.site.pools.router_id
    if router.cluster_id and pool and router.cluster_id in pool:
        message = f"the cluster id {router.cluster_id} is in the pool of router ids {pool}: some node has it as its own"
        yield Problem(("router", "cluster-id"), message, other=("pools", "router-id"), said="the pool")
