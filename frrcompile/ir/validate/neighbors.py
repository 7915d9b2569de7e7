"""Rules over BGP neighbours: what bgpd refuses, drops in silence, or takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir import dialect
from frrcompile.ir.lower.neighbor import peer_name
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.session import Session


def _sessions(scope: Scope) -> Iterator[tuple[Origin, Session]]:
    """Every session, with a neighbour or with the host."""
    yield from ((at, neighbor) for at, _, neighbor in scope.neighbors())
    yield from ((at, session) for at, _, session in scope.sessions())


def _internal(neighbor: Neighbor, asn: int) -> bool:
    return neighbor.remote_as in ("internal", asn)


def _one_peer(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR952: a neighbour is an address, an interface or a range."""
    for at, _, neighbor in scope.neighbors():
        given = [name for name in ("address", "interface", "range") if getattr(neighbor, name)]
        if len(given) > 1:
            said = f"a neighbour has one of `address`, `interface` and `range`, not both `{given[0]}` and `{given[1]}`"
            yield source.error("FRR952", (*at, given[1]), said, other=(*at, given[0]), said="the other one")
        elif not given:
            said = "a neighbour needs an `address`, an `interface` for an unnumbered session, or a `range`"
            yield source.error("FRR952", at, said)


def _same_peer(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR953: two neighbours of an instance with one address are one neighbour in FRR, and the last line wins."""
    places: list[tuple[tuple[str | None, str], Origin]] = []
    for at, vrf, neighbor in scope.neighbors():
        given = [field for field in ("address", "interface", "range") if getattr(neighbor, field)]
        if len(given) == 1:
            places.append(((vrf, peer_name(neighbor)), (*at, given[0])))
    for at, vrf, session in scope.sessions():
        places += [((vrf, ends.host), (*at, ends.family)) for ends in scope.ends(session)]
    for (_, peer), at, first in repeated(places):
        yield source.error("FRR953", at, f"two neighbours are {peer}", other=first, said="the first one")


def _ranges(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR966: ranges that overlap, or that are link-local: bgpd refuses them."""
    ranges = [(at, vrf, neighbor.range) for at, vrf, neighbor in scope.neighbors() if neighbor.range]
    for n, (at, vrf, range_) in enumerate(ranges):
        if range_.is_link_local:
            yield source.error("FRR966", (*at, "range"), f"a range of neighbours cannot be link-local: {range_}")
        for first_at, first_vrf, first in ranges[:n]:
            if vrf == first_vrf and range_.version == first.version and range_ != first and range_.overlaps(first):
                said = f"the range {range_} overlaps {first}"
                yield source.error("FRR966", (*at, "range"), said, other=(*first_at, "range"), said="the other range")


def _ttl(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR967: what of multihop, TTL security and the connected check bgpd does not take together or at all."""
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        multihop, security = (*at, "ebgp-multihop"), (*at, "ttl-security")
        if neighbor.ebgp_multihop and neighbor.ttl_security:
            message = "`ttl-security` and `ebgp-multihop` exclude each other: bgpd refuses the second"
            yield source.error("FRR967", security, message, other=multihop, said="multihop")
        if neighbor.ebgp_multihop and _internal(neighbor, asn):
            yield source.error("FRR967", multihop, "`ebgp-multihop` is for external neighbours; bgpd drops the line")
        for field in ("ebgp_multihop", "ttl_security", "disable_connected_check", "port", "source"):
            if neighbor.interface and getattr(neighbor, field):
                name = field.replace("_", "-")
                message = f"`{name}` has no meaning for an unnumbered neighbour, which is always one hop away"
                if field in ("port", "source"):
                    message = f"`{name}` has no meaning for an unnumbered neighbour: its addresses are link-local"
                yield source.error("FRR967", (*at, name), message)
        if neighbor.disable_connected_check and _internal(neighbor, asn):
            message = "`disable-connected-check` is for external neighbours; an internal one is never checked"
            yield source.error("FRR967", (*at, "disable-connected-check"), message)


def _timers(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR968: hold time and keepalive come together, and the keepalive is at most a third of the hold time."""
    for at, session in _sessions(scope):
        hold, keepalive, place = session.timers.hold, session.timers.keepalive, (*at, "timers")
        if (hold is None) != (keepalive is None):
            missing, given = ("keepalive", "hold") if keepalive is None else ("hold", "keepalive")
            yield source.error(
                "FRR968", (*place, given), f"`{given}` needs `{missing}` beside it: FRR has one line for both"
            )
        elif hold and keepalive is not None and keepalive > hold // 3:
            message = (
                f"the keepalive time, {keepalive} s, is longer than a third of the hold time, {hold} s: "
                f"bgpd would take {hold // 3} s in silence"
            )
            yield source.error("FRR968", (*place, "keepalive"), message, other=(*place, "hold"), said="the hold time")
        elif hold == 0 and keepalive:
            message = "a hold time of 0 switches keepalives off: `keepalive` is 0 too"
            yield source.error("FRR968", (*place, "keepalive"), message, other=(*place, "hold"), said="the hold time")


def _password(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR969: a password has one source."""
    fields = ("password", "password-file", "password-env")
    for at, session in _sessions(scope):
        given = [field for field in fields if getattr(session, field.replace("-", "_"))]
        if len(given) > 1:
            message = f"a session has one password: `{given[0]}` or `{given[1]}`"
            yield source.error("FRR969", (*at, given[1]), message, other=(*at, given[0]), said="the first one")


def _local_as(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR970: a local AS that is the instance's own or the neighbour's, or for an internal neighbour.

    All versions refuse the instance's own, and 8.4 the others. Later ones take them, and then call the session internal
    or external by version, order and spelling: 10.3 makes an external one with `ebgp-multihop` of `remote-as` OWN-AS.
    """
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        if not neighbor.local_as:
            continue
        place = (*at, "local-as")
        if neighbor.local_as.asn == asn:
            yield source.error("FRR970", (*place, "asn"), f"the local AS {asn} is the router's own AS: leave it out")
        if neighbor.local_as.asn == neighbor.remote_as:
            message = (
                f"the local AS {neighbor.local_as.asn} is the neighbour's own AS: bgpd refuses it, or not, by version"
            )
            yield source.error("FRR970", (*place, "asn"), message, other=(*at, "remote-as"), said="the neighbour's AS")
        if _internal(neighbor, asn):
            yield source.error("FRR970", place, "a local AS is for external neighbours; this one is internal")
        if neighbor.local_as.replace and neighbor.local_as.prepend:
            message = "`replace: true` needs `prepend: false`: FRR's `replace-as` comes after `no-prepend`"
            yield source.error("FRR970", (*place, "replace"), message)


def _reflection(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR971: route reflector clients are internal; a cluster id needs a client, and is no node's router id."""
    clients = False
    for at, vrf, neighbor in scope.neighbors():
        asn = scope.asn(vrf)
        # Where it is said that the neighbour is a client, and how: a family's own word comes before the neighbour's.
        said: dict[Origin, bool | None] = {}
        for family, options in neighbor.families.items() if neighbor.families else [("all", None)]:
            if options and options.route_reflector_client is not None:
                said[(*at, "families", family, "route-reflector-client")] = options.route_reflector_client
            else:
                said[(*at, "route-reflector-client")] = neighbor.route_reflector_client
        clients = clients or any(said.values())
        if not _internal(neighbor, asn):
            for place in (place for place, client in said.items() if client):
                message = "a route reflector client is internal; bgpd refuses this one"
                yield source.error("FRR971", place, message, other=(*at, "remote-as"), said="its AS")
    router = scope.site.router
    if router.cluster_id and not clients:
        yield source.error(
            "FRR971", ("router", "cluster-id"), "a cluster id without a route reflector client has no effect"
        )
    pool = scope.site.pools.router_id
    if router.cluster_id and pool and router.cluster_id in pool:
        message = f"the cluster id {router.cluster_id} is in the pool of router ids {pool}: some node has it as its own"
        yield source.error("FRR971", ("router", "cluster-id"), message, other=("pools", "router-id"), said="the pool")


def _limits(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR972: at a prefix limit FRR either warns or restarts the session."""
    for at, _, neighbor in scope.neighbors():
        limits = [(at, neighbor.maximum_prefix)]
        for family, options in (neighbor.families or {}).items():
            limits.append(((*at, "families", family), options.maximum_prefix if options else None))
        for place, limit in limits:
            if limit and limit.warning_only and limit.restart:
                message = "`restart` has no meaning beside `warning-only`, which keeps the session"
                yield source.error("FRR972", (*place, "maximum-prefix", "restart"), message)


def _families(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR973: IPv4 routes over an IPv6 session need next hops that IPv4 routes may have (RFC 8950)."""
    for at, vrf, neighbor in scope.neighbors():
        chosen = neighbor.families or {}
        address = neighbor.address or neighbor.range
        if neighbor.families is not None and not chosen:
            yield source.error("FRR973", (*at, "families"), "a neighbour without any address family exchanges nothing")
        if address and address.version == 6 and "ipv4-unicast" in chosen and not neighbor.extended_nexthop:
            yield source.error(
                "FRR973",
                (*at, "families", "ipv4-unicast"),
                "IPv4 routes over an IPv6 session need IPv6 next hops",
                help="say `extended-nexthop: true`, on both sides",
            )
        for family in chosen:
            if vrf and family not in ("ipv4-unicast", "ipv6-unicast"):
                message = f"the family {family} belongs to the underlay; a VRF's neighbours have ipv4-unicast and ipv6-unicast"
                yield source.error("FRR973", (*at, "families", family), message)


def _evpn_limit(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR996: FRR before 10.1 has no `maximum-prefix` in l2vpn-evpn: vtysh reads the rest of the family as ipv4 unicast's."""
    message = dialect.lacks(scope.site.frr.version, dialect.EVPN_LIMIT)
    if not message:
        return
    derived = any(True for _ in scope.vnis())
    for at, vrf, neighbor in scope.neighbors():
        if vrf or not ("l2vpn-evpn" in neighbor.families if neighbor.families is not None else derived):
            continue
        own = (neighbor.families or {}).get("l2vpn-evpn")
        place: Origin = (*at, "families", "l2vpn-evpn") if own and own.maximum_prefix else at
        if neighbor.maximum_prefix or (own and own.maximum_prefix):
            help_ = "say it under `families`, for each family that is to have it"
            yield source.error("FRR996", (*place, "maximum-prefix"), message, help=help_)


RULES = (
    _evpn_limit,
    _one_peer,
    _same_peer,
    _ranges,
    _ttl,
    _timers,
    _password,
    _local_as,
    _reflection,
    _limits,
    _families,
)
