"""From model files to routers: the passes in their order, each only over what the one before it found good.

A pass is imported when it runs: the message about a mistyped key is printed before pydantic would have been loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity, bounded, has_errors
from frrcompile.ir.source import Source
from frrcompile.model import load
from frrcompile.model.merge import merge, overlay
from frrcompile.model.secrets import masked
from frrcompile.model.tree import Entry, Path
from frrcompile.model.tree import Node as Tree

if TYPE_CHECKING:
    from frrcompile.ir.links import Links
    from frrcompile.ir.node import Node
    from frrcompile.ir.scope import Scope
    from frrcompile.model.site import Site

Files = Mapping[str, bytes]
"""The files of a model: the content of each by the name that findings call it. There is at least one."""


class Loaded(NamedTuple):
    """A site and the document it came from; `site` is None where there are errors.

    `frr` is the version that takes the place of the model's, and `texts` are the files that were read.
    """

    site: Site | None
    source: Source
    findings: tuple[Diagnostic, ...]
    frr: str | None = None
    texts: Mapping[str, str] = MappingProxyType({})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the nodes, in the order of the model; none where there are errors."""
        return tuple(self.site.nodes) if self.site else ()


def load_site(files: Files, *, frr: str | None = None) -> Loaded:
    """Merges and types the model that `files` have together; `frr` takes the place of its version. Never raises."""
    texts = {path: content.decode("utf-8-sig", errors="replace") for path, content in files.items()}
    findings: list[Diagnostic] = []
    trees: list[Tree] = []
    for path, content in files.items():
        tree, problems = load.read(content, path)
        findings += problems
        if tree:
            trees.append(tree)
    if not trees:
        return Loaded(None, Source(Tree(findings[0].span, {})), tuple(findings), texts=texts)  # no value is quoted yet
    root, conflicts = merge(trees)
    loaded = site_of(root, frr=frr)
    findings += (*conflicts, *loaded.findings)
    site = None if has_errors(findings) else loaded.site
    return loaded._replace(site=site, findings=tuple(masked(bounded(findings), (*trees, root))), texts=texts)


def site_of(root: Tree, *, frr: str | None = None) -> Loaded:
    """The site of a model's tree, with what is wrong with the site as a whole; `frr` as for `load_site`."""
    loaded = _typed(root, frr)
    if not loaded.site:
        return loaded
    from frrcompile.ir.validate import check_site
    from frrcompile.pipeline.work import check_work

    found = check_work(loaded.site, loaded.source.root) or check_site(loaded.site, loaded.source)
    findings = (*loaded.findings, *found)
    return loaded._replace(site=None if has_errors(findings) else loaded.site, findings=findings)


def build(loaded: Loaded, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The router of one node of a good site, with its raw lines compared with the rest and linted; or what is wrong with it.

    No finding quotes a secret of the document.
    """
    router, findings = _build(loaded, name)
    return router, masked(bounded(findings), [loaded.source.root])


def _build(loaded: Loaded, name: str) -> tuple[Node | None, list[Diagnostic]]:
    from dataclasses import replace

    from frrcompile.ir.lower import lower
    from frrcompile.ir.validate import check_node

    scope, source, findings = _scope(loaded, name)
    if scope is None:
        return None, findings
    router = lower(scope)
    findings += check_node(router, source)
    if (router.raw or router.debug) and not has_errors(findings):
        from frrcompile.pipeline.raw_lint import needed

        findings += _own_lines(router, source, loaded.texts)
        router = replace(router, daemons=needed(router))
    return None if has_errors(findings) else router, findings


def _own_lines(router: Node, source: Source, texts: Mapping[str, str]) -> list[Diagnostic]:
    """What is wrong with the lines that the operator wrote: against the model, and then as FRR reads them."""
    from frrcompile.pipeline.raw import check_raw
    from frrcompile.pipeline.raw_lint import lint_raw, nearby

    near = nearby(router)
    if findings := list(check_raw(near, source, texts)):
        return findings
    return list(lint_raw(near, source, texts))


def build_links(loaded: Loaded, name: str) -> tuple[Links | None, list[Diagnostic]]:
    """The links of one node of a good site, or what is wrong with it. No session is lowered, which takes most of the time.

    Raw lines are compared with the whole router. Otherwise only warnings about sessions are left out. No finding quotes a
    secret of the document.
    """
    found, findings = _build_links(loaded, name)
    return found, masked(bounded(findings), [loaded.source.root])


def _build_links(loaded: Loaded, name: str) -> tuple[Links | None, list[Diagnostic]]:
    from frrcompile.ir.lower import links
    from frrcompile.ir.validate import check_links

    assert loaded.site is not None
    if loaded.site.raw:
        router, findings = build(loaded, name)
        return router.links if router else None, findings
    scope, source, findings = _scope(loaded, name)
    if scope is None:
        return None, findings
    found = links.links(scope)
    findings += check_links(found, source)
    return None if has_errors(findings) else found, findings


def _scope(loaded: Loaded, name: str) -> tuple[Scope | None, Source, list[Diagnostic]]:
    """What a good site says of one node, with its document; or what is wrong with it, and no scope."""
    from frrcompile.ir.scope import Scope
    from frrcompile.ir.validate import check_scope

    site, source, findings = _for_node(loaded, name)
    if site is None:
        return None, source, findings
    scope = Scope(site, name)
    findings += check_scope(scope, source)
    return None if has_errors(findings) else scope, source, findings


def source_of(loaded: Loaded, name: str) -> Source:
    """The document as one node has it, to say where its parts stand."""
    return _for_node(loaded, name)[1]


def _typed(root: Tree, frr: str | None) -> Loaded:
    from frrcompile.model.check import check

    site, problems = check(root)
    if problems:
        from frrcompile.pipeline.beyond import with_commands

        problems = with_commands(problems)
    if site and frr:
        site = site.model_copy(update={"frr": site.frr.model_copy(update={"version": frr})})
    return Loaded(site, Source(root), tuple(problems), frr)


def _for_node(loaded: Loaded, name: str) -> tuple[Site | None, Source, list[Diagnostic]]:
    """The site as one node has it: with its override laid over it."""
    assert loaded.site is not None
    at: Path = ("nodes", name, "override")
    own = loaded.source.root.at(at)
    if own is None or not own.value:
        return loaded.site, loaded.source, []
    nodes = own.child("nodes")
    if nodes:
        return None, loaded.source, [override_of_nodes(loaded.source, (*at, "nodes"))]
    again = _typed(overlay(_without_others(loaded.source.root, name), own), loaded.frr)
    return again.site, again.source, list(again.findings)


def _without_others(root: Tree, name: str) -> Tree:
    """The document with one of its nodes only: the work for nodes with an override is then linear in their number."""
    assert isinstance(root.value, dict)
    nodes = root.value["nodes"]
    assert isinstance(nodes.node.value, dict)
    only = Tree(nodes.node.span, {name: nodes.node.value[name]})
    return Tree(root.span, {**root.value, "nodes": Entry(nodes.key, only)})


def override_of_nodes(source: Source, at: Path) -> Diagnostic:
    """A node's override changes the list of nodes.

    What: a field `nodes` below the `override` of a node.
    Why: an override says what is otherwise on one node. The list of nodes is the same on all of them, as the pools'
        addresses follow from it.
    Bad:
        nodes: {k0: {index: 0, override: {nodes: {k1: {index: 1}}}}}
    Good:
        nodes: {k0: {index: 0, override: {router: {id: 192.0.2.7}}}, k1: {index: 1}}
        vtep: {ipv4: null}
    """
    message = "an override says what is otherwise on one node; it cannot change the list of nodes"
    return source.finding(Severity.ERROR, "MOD010", at, message, key=True)
