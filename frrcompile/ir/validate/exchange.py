"""Rules over what sessions exchange, once families and policies are lowered."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.node import Node
from frrcompile.ir.validate.rule import Problem, node_rule


@node_rule("MOD212", "session-without-policy", Severity.WARNING)
def session_without_policy(node: Node) -> Iterator[Problem]:
    """An eBGP session without a policy exchanges no routes.

    What: an external neighbor or host session with a family that has no `import` or no `export`, where
        `ebgp-requires-policy` is on. This is a warning.
    Why: bgpd accepts no route and sends none without a policy (RFC 8212; bgpd/bgp_route.c). The session is established
        nevertheless.
    Bad:
        router: {ebgp-requires-policy: true}
    Good:
        router: {ebgp-requires-policy: true}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: all, export: all}]}
        route-maps: {all: [{action: permit}]}
    """
    for instance in node.bgp:
        if not instance.ebgp_requires_policy:
            continue
        for neighbor in instance.neighbors:
            missing = _missing(instance, neighbor) if instance.is_external(neighbor) else []
            if missing:
                yield Problem(
                    neighbor.elsewhere.get("peer", neighbor.at),
                    f"the eBGP session with {neighbor.peer} exchanges no routes: it has no policy for "
                    f"{', '.join(missing)}, and `ebgp-requires-policy` is on",
                    help="name a policy under `import` and `export`, or set `ebgp-requires-policy: false` in `router`",
                )


def _missing(instance: Instance, neighbor: Neighbor) -> list[str]:
    """The families and directions of a neighbour that no policy is given for."""
    return [
        f"{way} in {family.name}"
        for family in instance.families
        for member in family.members
        if member.peer == neighbor.peer
        for way, policy in (("import", member.import_map), ("export", member.export_map))
        if policy is None
    ]
