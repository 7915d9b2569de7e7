"""Rules over what sessions exchange, once families and policies are lowered."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.node import Node
from frrcompile.ir.validate.rule import Source


def _policies(node: Node, source: Source) -> Iterator[Diagnostic]:
    """FRR998: an external session without policies takes and announces nothing, unless the router is told otherwise."""
    for instance in node.bgp:
        if not instance.ebgp_requires_policy:
            continue
        for neighbor in instance.neighbors:
            missing = _missing(instance, neighbor) if _external(instance, neighbor) else []
            if missing:
                yield source.warning(
                    "FRR998",
                    neighbor.at,
                    f"the external session with {neighbor.peer} exchanges nothing for want of a policy: {', '.join(missing)}",
                    help="give it policies, or set `ebgp-requires-policy: false` in `router`",
                )


def _external(instance: Instance, neighbor: Neighbor) -> bool:
    own = int(neighbor.local_as.split()[0]) if neighbor.local_as else instance.asn
    return neighbor.remote_as not in ("internal", own)


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


RULES = (_policies,)
