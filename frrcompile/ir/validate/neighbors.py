"""Rules over BGP neighbours: what bgpd refuses, drops in silence, or takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.lower.families import derived
from frrcompile.ir.lower.neighbor import peer_name
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.session import MaximumPrefix, Session


def _sessions(scope: Scope) -> Iterator[tuple[Origin, Session]]:
    """Every session, with a neighbour or with the host."""
    yield from ((at, neighbor) for at, _, neighbor in scope.neighbors())
    yield from ((at, session) for at, _, session in scope.sessions())


def _internal(neighbor: Neighbor, asn: int) -> bool:
    return neighbor.remote_as in ("internal", asn)


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


@scope_rule("MOD204", "hops-contradict")
def hops_contradict(scope: Scope) -> Iterator[Problem]:
    """Multihop, TTL security and the connected check contradict each other or the neighbor.

    What: `ebgp-multihop` beside `ttl-security`; `ebgp-multihop` or `disable-connected-check` for an internal neighbor;
        these, `port` or `source` for an unnumbered neighbor.
    Why: bgpd refuses the second line, or takes a line that has no effect. An unnumbered neighbor is one hop away, and its
        addresses are link-local.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, ebgp-multihop: 2, ttl-security: 1}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, ttl-security: 2}]}
    """
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        multihop, security = (*at, "ebgp-multihop"), (*at, "ttl-security")
        if neighbor.ebgp_multihop and neighbor.ttl_security:
            message = "`ttl-security` and `ebgp-multihop` exclude each other: bgpd refuses the second"
            yield Problem(security, message, other=multihop, said="multihop")
        if neighbor.ebgp_multihop and _internal(neighbor, asn):
            yield Problem(multihop, "`ebgp-multihop` is for external neighbours; bgpd drops the line")
        for field in ("ebgp_multihop", "ttl_security", "disable_connected_check", "port", "source"):
            if neighbor.interface and getattr(neighbor, field):
                name = field.replace("_", "-")
                message = f"`{name}` has no meaning for an unnumbered neighbour, which is always one hop away"
                if field in ("port", "source"):
                    message = f"`{name}` has no meaning for an unnumbered neighbour: its addresses are link-local"
                yield Problem((*at, name), message)
        if neighbor.disable_connected_check and _internal(neighbor, asn):
            message = "`disable-connected-check` is for external neighbours; an internal one is never checked"
            yield Problem((*at, "disable-connected-check"), message)


@scope_rule("MOD205", "timers-contradict")
def timers_contradict(scope: Scope) -> Iterator[Problem]:
    """Hold time and keepalive come together, and the keepalive is at most a third of the hold time.

    What: one of `hold` and `keepalive` without the other; a `keepalive` longer than a third of `hold`, or not 0 where
        `hold` is 0.
    Why: FRR has one line for both, and bgpd uses a third of the hold time in place of a longer keepalive, without a message
        (bgpd/bgp_packet.c: bgp_open_receive).
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, timers: {hold: 9, keepalive: 10}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, timers: {hold: 9, keepalive: 3}}]}
    """
    for at, session in _sessions(scope):
        hold, keepalive, place = session.timers.hold, session.timers.keepalive, (*at, "timers")
        if (hold is None) != (keepalive is None):
            missing, given = ("keepalive", "hold") if keepalive is None else ("hold", "keepalive")
            yield Problem((*place, given), f"`{given}` needs `{missing}` beside it: FRR has one line for both")
        elif hold and keepalive is not None and keepalive > hold // 3:
            message = (
                f"the keepalive time, {keepalive} s, is longer than a third of the hold time, {hold} s: "
                f"bgpd would take {hold // 3} s in silence"
            )
            yield Problem((*place, "keepalive"), message, other=(*place, "hold"), said="the hold time")
        elif hold == 0 and keepalive:
            message = "a hold time of 0 switches keepalives off: `keepalive` is 0 too"
            yield Problem((*place, "keepalive"), message, other=(*place, "hold"), said="the hold time")


@scope_rule("MOD206", "several-passwords")
def several_passwords(scope: Scope) -> Iterator[Problem]:
    """A session has several passwords.

    What: two of `password`, `password-file` and `password-env` in one session.
    Why: a session has one password (RFC 2385), and which of the two is meant cannot be known.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, password-env: FRR_PASSWORD_A, password-file: /etc/frr/a.secret}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, password-env: FRR_PASSWORD_A}]}
    """
    fields = ("password", "password-file", "password-env")
    for at, session in _sessions(scope):
        given = [field for field in fields if getattr(session, field.replace("-", "_"))]
        if len(given) > 1:
            message = f"a session has one password: `{given[0]}` or `{given[1]}`"
            yield Problem((*at, given[1]), message, other=(*at, given[0]), said="the first one")


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
        if _internal(neighbor, asn):
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
        if not _internal(neighbor, asn):
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


@scope_rule("MOD209", "limit-contradicts")
def limit_contradicts(scope: Scope) -> Iterator[Problem]:
    """A prefix limit both warns and restarts the session.

    What: `restart` beside `warning-only: true` in a `maximum-prefix`.
    Why: with `warning-only` the session stays up at the limit, so that there is nothing to restart. FRR has no line for
        both.
    Bad:
        underlay:
          neighbors:
            - {address: 192.0.2.1, remote-as: 64512, maximum-prefix: {limit: 5, warning-only: true, restart: 3}}
    Good:
        underlay:
          neighbors:
            - {address: 192.0.2.1, remote-as: 64512, maximum-prefix: {limit: 5, restart: 3}}
    """
    limits: list[tuple[Origin, MaximumPrefix | None]] = []
    for at, _, neighbor in scope.neighbors():
        limits.append((at, neighbor.maximum_prefix))
        limits += [((*at, *path), options.maximum_prefix) for path, options in neighbor.said()]
    for at, _, session in scope.sessions():
        limits.append((at, session.maximum_prefix))
        for ends, options_of in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            limits.append(((*at, ends), options_of.maximum_prefix if options_of else None))
    for place, limit in limits:
        if limit and limit.warning_only and limit.restart:
            message = "`restart` has no meaning beside `warning-only`, which keeps the session"
            yield Problem((*place, "maximum-prefix", "restart"), message)


@scope_rule("MOD210", "family-without-routes")
def family_without_routes(scope: Scope) -> Iterator[Problem]:
    """A neighbor has an address family whose routes it cannot carry.

    What: `ipv4-unicast` over a session with an IPv6 address without `extended-nexthop`; a neighbor of a VRF with a family
        other than `ipv4-unicast` and `ipv6-unicast`; empty `families`.
    Why: IPv4 routes over an IPv6 session need IPv6 next hops (RFC 8950), and both ends must have the capability. EVPN
        routes of a VRF are exchanged by the underlay's neighbors.
    Bad:
        underlay: {neighbors: [{address: "2001:db8::1", remote-as: 64512, families: {ipv4-unicast: {}}}]}
    Good:
        underlay: {neighbors: [{address: "2001:db8::1", remote-as: 64512, extended-nexthop: true, families: {ipv4-unicast: {}}}]}
    """
    for at, vrf, neighbor in scope.neighbors():
        chosen = neighbor.families or {}
        address = neighbor.address or neighbor.range
        if neighbor.families is not None and not chosen:
            yield Problem((*at, "families"), "a neighbour without any address family exchanges nothing")
        if address and address.version == 6 and "ipv4-unicast" in chosen and not neighbor.extended_nexthop:
            yield Problem(
                (*at, "families", "ipv4-unicast"),
                "IPv4 routes over an IPv6 session need IPv6 next hops",
                help="say `extended-nexthop: true`, on both sides",
            )
        for family in chosen:
            if vrf and family not in ("ipv4-unicast", "ipv6-unicast"):
                message = f"the family {family} belongs to the underlay; a VRF's neighbours have ipv4-unicast and ipv6-unicast"
                yield Problem((*at, "families", family), message)


@scope_rule("MOD211", "evpn-limit-unknown")
def evpn_limit_unknown(scope: Scope) -> Iterator[Problem]:
    """FRR before 10.1 has no prefix limit for EVPN.

    What: `maximum-prefix` that counts for the family `l2vpn-evpn`, with `frr.version` below 10.1.
    Why: vtysh does not know the line there, leaves the address family, and reads the rest of it as lines of ipv4 unicast
        (FRRouting/frr issue 15720, pull request 15735).
    Bad:
        frr: {version: "8.4"}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {l2vpn-evpn: {maximum-prefix: {limit: 5}}}}]}
    Good:
        frr: {version: "8.4"}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {maximum-prefix: {limit: 5}}}}]}
    """
    message = dialect.lacks(scope.site.frr.version, dialect.EVPN_LIMIT)
    if not message:
        return
    for at, vrf, neighbor in scope.neighbors():
        names = derived(scope, vrf, neighbor) if neighbor.families is None else neighbor.families
        if vrf or "l2vpn-evpn" not in names:
            continue
        own = (
            (path, options) for path, options in neighbor.said() if path[1] == "l2vpn-evpn" and options.maximum_prefix
        )
        place: Origin = next(((*at, *path) for path, _ in own), at)
        if neighbor.maximum_prefix or place != at:
            help_ = "say it under `per-family` or `families`, for each family that is to have it"
            yield Problem((*place, "maximum-prefix"), message, help=help_)
