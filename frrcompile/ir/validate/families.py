"""Rules over the address families of neighbors."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.lower.families import WITH_DEFAULT, WITH_PRIVATE_AS, carried, derived
from frrcompile.ir.scope import Scope, policies
from frrcompile.ir.validate.neighbors import internal
from frrcompile.ir.validate.rule import Problem, scope_rule
from frrcompile.model.session import FamilyPolicy

_TAKEN = {"default-originate": WITH_DEFAULT, "remove-private-as": WITH_PRIVATE_AS}
"""The families in which bgpd knows an option; it knows the others in all families."""


@scope_rule("MOD213", "per-family-without-family")
def per_family_without_family(scope: Scope) -> Iterator[Problem]:
    """What is said under `per-family` is for a family that the neighbor does not have.

    What: a family under `per-family` that does not follow from the VTEPs, the VNIs or the neighbor's address; or `per-family`
        beside `families`.
    Why: `per-family` changes what a neighbor does in a family, and adds none. `families` names all families of a neighbor.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, per-family: {ipv6-unicast: {allowas-in: 1}}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, per-family: {ipv4-unicast: {allowas-in: 1}}}]}
    """
    for at, vrf, neighbor in scope.neighbors():
        names = derived(scope, vrf, neighbor)
        for family in neighbor.per_family:
            place = (*at, "per-family", family)
            if neighbor.families is not None:
                message = f"`per-family` is for neighbors without `families`; say it under `families.{family}`"
                yield Problem(place, message, other=(*at, "families"), said="the families")
            elif family not in names:
                message = f"this neighbor does not have the family {family}: it has {', '.join(names)}"
                yield Problem(place, message, help="name all its families under `families`")


@scope_rule("MOD215", "option-without-family")
def option_without_family(scope: Scope) -> Iterator[Problem]:
    """A neighbor has an option in no address family that knows it.

    What: `default-originate` outside of ipv4-unicast and ipv6-unicast, or `remove-private-as` in l2vpn-evpn.
    Why: bgpd has no such line in that family: vtysh reads it, and the lines after it, as lines of ipv4 unicast.
    Bad:
        underlay:
          neighbors:
            - {address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {}, l2vpn-evpn: {default-originate: {}}}}
    Good:
        underlay:
          neighbors:
            - {address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {default-originate: {}}, l2vpn-evpn: {}}}
    """
    for at, vrf, neighbor in scope.neighbors():
        names = carried(scope, vrf, neighbor)
        for field, taken in _TAKEN.items():
            allowed = " and ".join(sorted(taken)) if len(taken) == 2 else ", ".join(sorted(taken))
            for (kind, name), options in neighbor.said():
                if _has(options, field) and name not in taken:
                    message = f"the family {name} has no `{field}`; it is for {allowed}"
                    yield Problem((*at, kind, name, field), message)
            if _has(neighbor, field) and taken.isdisjoint(names):
                message = f"no family of this neighbor has `{field}`; it is for {allowed}"
                yield Problem((*at, field), message)


@scope_rule("MOD216", "private-as-internal")
def private_as_internal(scope: Scope) -> Iterator[Problem]:
    """Private AS numbers are removed for an internal neighbor.

    What: `remove-private-as` for a neighbor or a host with the router's own AS.
    Why: bgpd refuses the line for an internal neighbor (bgpd/bgpd.c: BGP_ERR_REMOVE_PRIVATE_AS).
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: internal, remove-private-as: {}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: external, remove-private-as: {}}]}
    """
    for at, vrf, session in scope.peerings():
        for place, policy in policies(at, session) if internal(session, scope.asn(vrf)) else ():
            if policy.remove_private_as:
                yield Problem((*place, "remove-private-as"), "`remove-private-as` is for external neighbors")


@scope_rule("MOD217", "graceful-shutdown-unknown")
def graceful_shutdown_unknown(scope: Scope) -> Iterator[Problem]:
    """FRR before 8.5 cannot shut down one session gracefully.

    What: `graceful-shutdown` of a session, with `frr.version` below 8.5.
    Why: bgpd does not know the line. It has one for all neighbors, `bgp graceful-shutdown`.
    Bad:
        frr: {version: "8.4"}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, graceful-shutdown: true}]}
    Good:
        frr: {version: "8.4"}
        router: {graceful-shutdown: true}
    """
    message = dialect.lacks(scope.site.frr.version, dialect.GRACEFUL_SHUTDOWN)
    if not message:
        return
    for at, _, session in scope.peerings():
        if session.graceful_shutdown:
            yield Problem((*at, "graceful-shutdown"), message)


@scope_rule("MOD218", "graceful-shutdown-of-a-range")
def graceful_shutdown_of_a_range(scope: Scope) -> Iterator[Problem]:
    """A range of neighbors is shut down gracefully.

    What: `graceful-shutdown` of a neighbor with a `range`.
    Why: a range is a peer group in FRR. bgpd takes the line, and answers it with an error while the group has no member
        (measured: 10.7.1 "No Unknown peer belonging to peer-group X is configured").
    Bad:
        underlay: {neighbors: [{range: 192.0.2.0/24, remote-as: 64512, graceful-shutdown: true}]}
    Good:
        router: {graceful-shutdown: true}
        underlay: {neighbors: [{range: 192.0.2.0/24, remote-as: 64512}]}
    """
    for at, _, neighbor in scope.neighbors():
        if neighbor.range and neighbor.graceful_shutdown:
            message = "bgpd answers `graceful-shutdown` with an error for a range that no neighbor has connected from"
            help_ = "set `graceful-shutdown: true` in `router`, which is for all neighbors"
            yield Problem((*at, "graceful-shutdown"), message, help=help_)


def _has(options: FamilyPolicy, field: str) -> bool:
    return getattr(options, field.replace("-", "_")) is not None


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
