"""Rules over the whole site and each of its nodes.

A rule is a function that yields findings, each with a code that stays, and each with both its sides. The rules of a file
belong together; what a rule's docstring says first is its code.
"""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.links import Links
from frrcompile.ir.node import Node
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate import attach, exchange, fabric, links, neighbors, policies, pools, sessions, vnis, vrfs
from frrcompile.ir.validate.rule import Source
from frrcompile.model.site import Site


def check_site(site: Site, source: Source) -> list[Diagnostic]:
    """What is wrong with the site as a whole."""
    return _sorted([finding for rule in (*pools.SITE_RULES, *fabric.SITE_RULES) for finding in rule(site, source)])


def check_scope(scope: Scope, source: Source) -> list[Diagnostic]:
    """What is wrong with one node's part of the model, before it is lowered."""
    rules = (
        *attach.RULES,
        *neighbors.RULES,
        *sessions.RULES,
        *vrfs.RULES,
        *vnis.RULES,
        *policies.RULES,
        *fabric.RULES,
    )
    return _sorted([finding for rule in rules for finding in rule(scope, source)])


def check_node(node: Node, source: Source) -> list[Diagnostic]:
    """What is wrong with a router as lowered."""
    return _sorted([*check_links(node.links, source), *(one for rule in exchange.RULES for one in rule(node, source))])


def check_links(made: Links, source: Source) -> list[Diagnostic]:
    """What is wrong with the links of a router as lowered: names that were derived meet here."""
    return _sorted([finding for rule in links.RULES for finding in rule(made, source)])


def _sorted(findings: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda finding: finding.place)
