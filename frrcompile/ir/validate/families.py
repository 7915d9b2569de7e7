"""Rules over the address families of neighbors."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir.lower.families import derived
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, scope_rule


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
