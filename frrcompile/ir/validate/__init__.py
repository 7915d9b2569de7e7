"""Rules over the whole site and each of its nodes.

A rule is a function with one of the decorators of `rule.py`; it yields problems, each with both its sides. The rules of a file
belong together, and every file here counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from frrcompile.diagnostics import Diagnostic
from frrcompile.discovery import import_below
from frrcompile.ir.links import Links
from frrcompile.ir.node import Node
from frrcompile.ir.scope import Scope
from frrcompile.ir.source import Source
from frrcompile.ir.validate import rule
from frrcompile.ir.validate.rule import Rule
from frrcompile.model.site import Site


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes. Raises ValueError for two rules of one code or name."""
    import_below(__name__, __path__)
    found = sorted((*rule.over_site, *rule.over_scope, *rule.over_links, *rule.over_node), key=lambda one: one.code)
    if len({one.code for one in found}) != len(found) or len({one.name for one in found}) != len(found):
        raise ValueError("two rules of models have one code or one name")
    return tuple(found)


def check_site(site: Site, source: Source) -> list[Diagnostic]:
    """What is wrong with the site as a whole."""
    return _found(rule.over_site, site, source)


def check_scope(scope: Scope, source: Source) -> list[Diagnostic]:
    """What is wrong with one node's part of the model, before it is lowered."""
    return _found(rule.over_scope, scope, source)


def check_node(node: Node, source: Source) -> list[Diagnostic]:
    """What is wrong with a router as lowered."""
    return _sorted([*check_links(node.links, source), *_found(rule.over_node, node, source)])


def check_links(links: Links, source: Source) -> list[Diagnostic]:
    """What is wrong with the links of a router as lowered."""
    return _found(rule.over_links, links, source)


def _found(some: Iterable[Rule], subject: Site | Scope | Links | Node, source: Source) -> list[Diagnostic]:
    rules()
    return _sorted(
        source.finding(
            one.severity,
            one.code,
            problem.at,
            problem.message,
            other=problem.other,
            said=problem.said,
            help=problem.help,
            key=problem.key,
        )
        for one in some
        for problem in one.check(subject)
    )


def _sorted(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda finding: finding.place)
