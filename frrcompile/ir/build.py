"""From model files to routers: the passes in their order, each only over what the one before it found good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.ir.lower import lower
from frrcompile.ir.node import Node
from frrcompile.ir.validate import model, node
from frrcompile.ir.validate.rule import Source
from frrcompile.model import load
from frrcompile.model.check import check
from frrcompile.model.merge import merge
from frrcompile.model.site import Site
from frrcompile.model.tree import Node as Tree


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site and the document it came from; `site` is None where there are errors."""

    site: Site | None
    source: Source | None
    findings: tuple[Diagnostic, ...]


def load_site(paths: Iterable[str], *, frr: str | None = None) -> Loaded:
    """Reads, merges, types and validates the model in `paths`; `frr` takes the place of the model's version.

    Raises OSError where a file cannot be read.
    """
    findings: list[Diagnostic] = []
    trees: list[Tree] = []
    for path in paths:
        tree, problems = load.read(path)
        findings += problems
        if tree:
            trees.append(tree)
    if not trees:
        return Loaded(None, None, tuple(findings))
    root, conflicts = merge(trees)
    site, problems = check(root)
    findings += [*conflicts, *problems]
    source = Source(root)
    if site:
        if frr:
            site = site.model_copy(update={"frr": site.frr.model_copy(update={"version": frr})})
        findings += model.check(site, source)
    return Loaded(None if has_errors(findings) else site, source, tuple(findings))


def build(loaded: Loaded, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The router of one node of a good site, or what is wrong with it."""
    assert loaded.site is not None and loaded.source is not None  # noqa: PT018
    router = lower(loaded.site, name)
    findings = node.check(router, loaded.source)
    return None if has_errors(findings) else router, findings
