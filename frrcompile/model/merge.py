"""Several documents as one: mappings are joined, lists follow each other, and a value said twice must be the same."""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic
from frrcompile.model.findings import disagreement
from frrcompile.model.tree import Entry, Node, Path, spell


def merge(nodes: list[Node]) -> tuple[Node, list[Diagnostic]]:
    """All documents joined in their order, with a finding for each field on which two of them disagree."""
    findings: list[Diagnostic] = []
    return _join(nodes, (), findings), findings


def overlay(base: Node, over: Node) -> Node:
    """`base` with what `over` says instead: mappings are joined, lists and values replaced."""
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        entries = dict(base.value)
        for key, entry in over.value.items():
            below = entries.get(key)
            entries[key] = Entry(entry.key, overlay(below.node, entry.node)) if below else entry
        return Node(base.span, entries)
    return over


def _join(nodes: list[Node], path: Path, findings: list[Diagnostic]) -> Node:
    """One node of those that stand at `path`. All at once, so that the work does not grow with documents times fields."""
    said = [node for node in nodes if node.value is not None]
    if len(said) < 2:
        return said[0] if said else nodes[0]
    first = said[0]
    if isinstance(first.value, dict):
        groups: dict[str, list[Entry]] = {}
        for node in said:
            if isinstance(node.value, dict):
                for key, entry in node.value.items():
                    groups.setdefault(key, []).append(entry)
            else:
                findings.append(_disagreement(first, node, path))
        return Node(first.span, {key: _joined(entries, (*path, key), findings) for key, entries in groups.items()})
    if isinstance(first.value, list):
        items: list[Node] = []
        for node in said:
            if isinstance(node.value, list):
                items += node.value
            else:
                findings.append(_disagreement(first, node, path))
        return Node(first.span, items)
    findings += [_disagreement(first, node, path) for node in said[1:] if node.value != first.value]
    return first


def _joined(entries: list[Entry], path: Path, findings: list[Diagnostic]) -> Entry:
    if len(entries) == 1:
        return entries[0]
    return Entry(entries[0].key, _join([entry.node for entry in entries], path, findings))


def _disagreement(one: Node, two: Node, path: Path) -> Diagnostic:
    return disagreement(spell(path), one.span, two.span)
