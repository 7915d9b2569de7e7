"""Rules over prefix limits."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import dialect
from frrcompile.ir.lower.families import carried
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope, policies
from frrcompile.ir.validate.rule import Problem, scope_rule


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
    for at, _, session in scope.peerings():
        for place, policy in policies(at, session):
            limit = policy.maximum_prefix
            if limit and limit.warning_only and limit.restart:
                message = "`restart` has no meaning beside `warning-only`, which keeps the session"
                yield Problem((*place, "maximum-prefix", "restart"), message)


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
        if vrf or "l2vpn-evpn" not in carried(scope, vrf, neighbor):
            continue
        own = (
            (path, options) for path, options in neighbor.said() if path[1] == "l2vpn-evpn" and options.maximum_prefix
        )
        place: Origin = next(((*at, *path) for path, _ in own), at)
        if neighbor.maximum_prefix or place != at:
            help_ = "say it under `per-family` or `families`, for each family that is to have it"
            yield Problem((*place, "maximum-prefix"), message, help=help_)
