"""The site check, over the routers of a site: one for all nodes that are alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.scope import Scope
from frrcompile.model.secrets import masked
from frrcompile.pipeline.site import Loaded, build, source_of
from frrcompile.reach.alike import groups
from frrcompile.reach.budget import Budget, BudgetSpentError
from frrcompile.reach.findings import losses, not_followed, unknowns
from frrcompile.reach.follow import Fate, follow
from frrcompile.reach.route import Unknown
from frrcompile.reach.speakers import Router, router
from frrcompile.reach.unlike import differences

if TYPE_CHECKING:
    from frrcompile.ir.node import Node

MOST_KINDS = (64, 8, 2)
"""The number of kinds of nodes that are followed, each to each other kind. The next number is used where STEPS are too few."""

STEPS = 1_000_000
"""The most steps of the site check for each number of kinds: about 5 s."""


def check_reach(loaded: Loaded, built: Mapping[str, Node]) -> list[Diagnostic]:
    """The routes of a good site that do not reach a node that needs them, and the differences in what nodes share.

    `built` has routers that are lowered already.
    Empty where a node has errors of its own. No finding quotes a secret of the document.
    """
    assert loaded.site
    kinds = groups(loaded.site)
    routers: list[list[Router]] = []
    for names in kinds[: MOST_KINDS[0]]:
        node = next((built[name] for name in names if name in built), None) or build(loaded, names[0])[0]
        if node is None:
            return []
        routers.append(_routers(loaded, node, names))
    followed, fates = _followed(routers)
    found = [router for kind in routers[:followed] for router in kind]
    sources = cache(lambda name: source_of(loaded, name))
    nodes = {one.node.name: one.node for kind in routers for one in kind} | dict(built)
    unlike = differences([nodes[name] for name in loaded.names if name in nodes], sources)
    findings = [*losses(fates, sources), *unknowns(found, fates, sources), *unlike]
    if left := kinds[followed:]:
        what = f"{len(left)} of the {len(kinds)} kinds of nodes, from node {left[0][0]} on"
        findings.append(not_followed(loaded.source, Unknown(("nodes", left[0][0]), what)))
    return masked(sorted(findings, key=lambda finding: finding.place), [loaded.source.root]) if findings else []


def _followed(kinds: list[list[Router]]) -> tuple[int, list[Fate]]:
    """How many kinds are followed in the steps that there are, and what becomes of their routes."""
    for most in MOST_KINDS:
        routers = [router for kind in kinds[:most] for router in kind]
        try:
            return len(kinds[:most]), follow(tuple(routers), Budget(STEPS))
        except BudgetSpentError:
            continue
    return 0, []


def _routers(loaded: Loaded, node: Node, names: tuple[str, ...]) -> list[Router]:
    """The router that stands for nodes that are alike; two where there are more, as routes travel between them."""
    assert loaded.site
    others = [name for name in names if name != node.name]
    first = router(node)
    if not others:
        return [first]
    nodes = loaded.site.nodes
    if nodes[node.name].override or nodes[others[0]].override or not loaded.site.router.asn:
        twin = build(loaded, others[0])[0]
        return [first, router(twin, len(others))] if twin else [first]
    scope = Scope(loaded.site, others[0])
    vteps = {family: str(scope.vtep(family)) for family in first.vteps}
    return [first, first._replace(name=others[0], vteps=vteps, stands_for=len(others))]
