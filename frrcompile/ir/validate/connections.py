"""Rules over the connections of sessions: hops, timers and passwords."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.neighbors import internal
from frrcompile.ir.validate.rule import Problem, scope_rule


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
        if neighbor.ebgp_multihop and internal(neighbor, asn):
            yield Problem(multihop, "`ebgp-multihop` is for external neighbours; bgpd drops the line")
        for field in ("ebgp_multihop", "ttl_security", "disable_connected_check", "port", "source"):
            if neighbor.interface and getattr(neighbor, field):
                name = field.replace("_", "-")
                message = f"`{name}` has no meaning for an unnumbered neighbour, which is always one hop away"
                if field in ("port", "source"):
                    message = f"`{name}` has no meaning for an unnumbered neighbour: its addresses are link-local"
                yield Problem((*at, name), message)
        if neighbor.disable_connected_check and internal(neighbor, asn):
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
    for at, _, session in scope.peerings():
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
    for at, _, session in scope.peerings():
        given = [field for field in fields if getattr(session, field.replace("-", "_"))]
        if len(given) > 1:
            message = f"a session has one password: `{given[0]}` or `{given[1]}`"
            yield Problem((*at, given[1]), message, other=(*at, given[0]), said="the first one")
