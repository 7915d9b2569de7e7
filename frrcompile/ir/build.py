"""From model files to routers: the passes in their order, each only over what the one before it found good.

A pass is imported when it runs: whoever mistyped a key sees the message before pydantic would have been loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.ir.source import Source
from frrcompile.model import load
from frrcompile.model.merge import merge, overlay
from frrcompile.model.tree import Node as Tree
from frrcompile.model.tree import Path

if TYPE_CHECKING:
    from frrcompile.ir.node import Node
    from frrcompile.model.site import Site


class Loaded(NamedTuple):
    """A site and the document it came from; `site` is None where there are errors.

    `frr` is the version that takes the place of the model's.
    """

    site: Site | None
    source: Source
    findings: tuple[Diagnostic, ...]
    frr: str | None = None


def load_site(paths: Iterable[str], *, frr: str | None = None, stdin: bytes | None = None) -> Loaded:
    """Reads, merges and types the model in `paths`; `frr` takes the place of the model's version.

    `stdin` is what standard input ("-") had, where it has been read already. Raises OSError where a file cannot be read.
    """
    findings: list[Diagnostic] = []
    trees: list[Tree] = []
    for path in paths:
        tree, problems = load.read(path, stdin)
        findings += problems
        if tree:
            trees.append(tree)
    if not trees:
        return Loaded(None, Source(Tree(findings[0].span, {})), tuple(findings))
    root, conflicts = merge(trees)
    findings += conflicts
    loaded = _type(root, frr)
    findings += loaded.findings
    if loaded.site:
        from frrcompile.ir.validate import check_site

        findings += check_site(loaded.site, loaded.source)
    return Loaded(None if has_errors(findings) else loaded.site, loaded.source, tuple(findings), frr)


def build(loaded: Loaded, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The router of one node of a good site, or what is wrong with it."""
    from frrcompile.ir.lower import lower
    from frrcompile.ir.scope import Scope
    from frrcompile.ir.validate import check_node, check_scope

    site, source, findings = _for_node(loaded, name)
    if site is None:
        return None, findings
    scope = Scope(site, name)
    findings += check_scope(scope, source)
    if has_errors(findings):
        return None, findings
    router = lower(scope)
    findings += check_node(router, source)
    return None if has_errors(findings) else router, findings


def source_of(loaded: Loaded, name: str) -> Source:
    """The document as one node has it, to say where its parts stand."""
    return _for_node(loaded, name)[1]


def secret_finding(loaded: Loaded, name: str, at: Path, message: str) -> Diagnostic:
    """What is wrong with a secret that was opened at the last moment, at its field."""
    return source_of(loaded, name).error("FRR949", at, message)


def _type(root: Tree, frr: str | None) -> Loaded:
    from frrcompile.model.check import check

    site, problems = check(root)
    if site and frr:
        site = site.model_copy(update={"frr": site.frr.model_copy(update={"version": frr})})
    return Loaded(site, Source(root), tuple(problems))


def _for_node(loaded: Loaded, name: str) -> tuple[Site | None, Source, list[Diagnostic]]:
    """The site as one node has it: with its override laid over it."""
    assert loaded.site is not None
    own = loaded.source.root.child("nodes")
    for step in (name, "override"):
        own = own.child(step) if own else None
    if own is None or not own.value:
        return loaded.site, loaded.source, []
    at: Path = ("nodes", name, "override")
    nodes = own.child("nodes")
    if nodes:
        message = "an override says what is otherwise on one node; it cannot change the list of nodes"
        return None, loaded.source, [loaded.source.key_error("FRR990", (*at, "nodes"), message)]
    whole = overlay(loaded.source.root, own)
    again = _type(whole, loaded.frr)
    return again.site, again.source, list(again.findings)
