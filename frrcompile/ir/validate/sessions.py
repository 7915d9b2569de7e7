"""Rules over host sessions: two ends, two ASes, one subnet."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source


def _whose(vrf: str | None) -> str:
    return f"VRF {vrf}" if vrf else "the passthrough session"


def _ends(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR959: a host session has two different ends in one subnet, in at least one family."""
    for at, vrf, session in scope.sessions():
        if not session.ipv4 and not session.ipv6:
            message = f"the host session of {_whose(vrf)} has no address"
            yield source.error("FRR959", at, message, help="give `ipv4`, `ipv6` or both")
        for family, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            if ends is None:
                continue
            place = (*at, family)
            written = [name for name in ("router", "host") if getattr(ends, name)]
            if ends.pool and written:
                message = f"the {family} ends of {_whose(vrf)} are either written or taken from a pool"
                yield source.error("FRR959", (*place, written[0]), message, other=(*place, "pool"), said="the pool")
            elif not ends.pool and len(written) < 2:
                message = f"the {family} ends of {_whose(vrf)} need `router` and `host`, or a `pool`"
                yield source.error("FRR959", place, message)
            elif ends.host and ends.router and ends.host.ip == ends.router.ip:
                message = f"both ends of the host session of {_whose(vrf)} are {ends.host.ip}"
                yield source.error("FRR959", (*place, "router"), message, other=(*place, "host"), said="the host's end")
            elif ends.host and ends.router and ends.host.network != ends.router.network:
                message = (
                    f"the ends of the host session of {_whose(vrf)} are in two subnets, "
                    f"{ends.router.network} and {ends.host.network}"
                )
                yield source.error("FRR959", (*place, "router"), message, other=(*place, "host"), said="the host's end")


def _as(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR960: the host's AS differs from the VRF's, as the peering is an eBGP session."""
    site = scope.site
    for at, vrf, session in scope.sessions():
        own = scope.asn(vrf)
        if session.asn == own:
            yield source.error(
                "FRR960",
                (*at, "asn"),
                f"the host of {_whose(vrf)} has the router's own AS {own}; the peering with the host is an eBGP session",
                other=("vrfs", vrf, "asn") if vrf and site.vrfs[vrf].asn else ("router", "asn"),
                said="the router's AS there",
            )


def _limits(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR972: at a prefix limit FRR either warns or restarts the session."""
    for at, _, session in scope.sessions():
        for place, holder in ((at, session), ((*at, "ipv4"), session.ipv4), ((*at, "ipv6"), session.ipv6)):
            limit = holder.maximum_prefix if holder else None
            if limit and limit.warning_only and limit.restart:
                message = "`restart` has no meaning beside `warning-only`, which keeps the session"
                yield source.error("FRR972", (*place, "maximum-prefix", "restart"), message)


RULES = (_ends, _as, _limits)
