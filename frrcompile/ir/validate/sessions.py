"""Rules over host sessions: two ends, one subnet, and an AS that is given once."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Network, Problem, overlapping, scope_rule


def _whose(vrf: str | None) -> str:
    return f"VRF {vrf}" if vrf else "the passthrough session"


@scope_rule("MOD501", "host-session-ends")
def host_session_ends(scope: Scope) -> Iterator[Problem]:
    """A host session does not have two ends in one subnet.

    What: a host session without `ipv4` and `ipv6`; a family with one end only, with both ends and a `pool`, with one
        address for both ends, or with ends in two subnets.
    Why: the router and the host are the two ends of one link, and the peering goes over it.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {router: 10.0.0.1/24, host: 10.0.1.2/24}}}}
    Good:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {router: 10.0.0.1/24, host: 10.0.0.2/24}}}}
    """
    for at, vrf, session in scope.sessions():
        if not session.ipv4 and not session.ipv6:
            message = f"the host session of {_whose(vrf)} has no address"
            yield Problem(at, message, help="give `ipv4`, `ipv6` or both")
        for family, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            if ends is None:
                continue
            place = (*at, family)
            written = [name for name in ("router", "host") if getattr(ends, name)]
            if ends.pool and written:
                message = f"the {family} ends of {_whose(vrf)} are either written or taken from a pool"
                yield Problem((*place, written[0]), message, other=(*place, "pool"), said="the pool")
            elif not ends.pool and len(written) < 2:
                message = f"the {family} ends of {_whose(vrf)} need `router` and `host`, or a `pool`"
                yield Problem(place, message)
            elif ends.host and ends.router and ends.host.ip == ends.router.ip:
                message = f"both ends of the host session of {_whose(vrf)} are {ends.host.ip}"
                yield Problem((*place, "router"), message, other=(*place, "host"), said="the host's end")
            elif ends.host and ends.router and ends.host.network != ends.router.network:
                message = (
                    f"the ends of the host session of {_whose(vrf)} are in two subnets, "
                    f"{ends.router.network} and {ends.host.network}"
                )
                yield Problem((*place, "router"), message, other=(*place, "host"), said="the host's end")


@scope_rule("MOD502", "host-as")
def host_as(scope: Scope) -> Iterator[Problem]:
    """The AS of a host is given twice or not at all, or it is the AS of the host's VRF.

    What: a host session with both `asn` and `remote-as`, or with neither; an `asn` that is the AS of the VRF's instance.
    Why: one AS of the two ends makes the session internal, which changes what each end announces. `remote-as: internal`
        shows that this is meant.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64514, ipv4: {pool: 10.0.0.0/24}}}}
    Good:
        vrfs: {red: {table: 1100, host-session: {remote-as: internal, ipv4: {pool: 10.0.0.0/24}}}}
    """
    site = scope.site
    for at, vrf, session in scope.sessions():
        own = scope.asn(vrf)
        if session.asn and session.remote_as:
            message = f"the host of {_whose(vrf)} has either an `asn` or `remote-as: {session.remote_as}`, not both"
            yield Problem((*at, "remote-as"), message, other=(*at, "asn"), said="its AS")
        elif session.asn is None and session.remote_as is None:
            message = f"the host session of {_whose(vrf)} does not say the AS of the host"
            yield Problem(at, message, help="give `asn`, or `remote-as: internal` or `remote-as: external`")
        elif session.asn == own:
            yield Problem(
                (*at, "asn"),
                f"the host of {_whose(vrf)} has the router's own AS {own}, which makes the session internal",
                other=("vrfs", vrf, "asn") if vrf and site.vrfs[vrf].asn else scope.asn_at(),
                said="the router's AS there",
                help="give the host another AS, or write `remote-as: internal` in place of `asn`",
            )


@scope_rule("MOD503", "host-subnets-overlap")
def host_subnets_overlap(scope: Scope) -> Iterator[Problem]:
    """The host sessions of two VRFs have one subnet, or subnets that overlap.

    What: `pool`, or `router` and `host`, of the host sessions of two VRFs, or of a VRF and of `passthrough`, whose subnets
        have addresses in common, on one node.
    Why: on the host, all sessions are in one namespace. It has two links with one subnet, reaches the router through one of
        them only, and its BGP speaker has one neighbor of each address: `export frr-k8s` cannot write two.
    Bad:
        vrfs:
          red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}
          blue: {table: 1101, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}
    Good:
        vrfs:
          red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}
          blue: {table: 1101, host-session: {asn: 64515, ipv4: {pool: 10.0.1.0/24}}}
    """
    subnets: list[tuple[Network, Origin]] = []
    for at, _, session in scope.sessions():
        for ends in scope.ends(session):
            subnets.append((ends.network, (*at, ends.family, *(("pool",) if ends.model.pool else ()))))
    for subnet, at, other, other_at in overlapping(subnets):
        which = "has the subnet" if subnet == other else f"has the subnet {subnet}, which overlaps"
        message = f"the host session of {_session(at)} {which} {other} of {_session(other_at)}: on the host both are in one namespace"
        yield Problem(at, message, other=other_at, said="the other subnet", help="give each VRF a subnet of its own")


def _session(at: Origin) -> str:
    return f"VRF {at[1]}" if at[0] == "vrfs" else "`passthrough`"
