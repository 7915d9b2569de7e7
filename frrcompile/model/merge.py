"""Several documents as one: mappings are joined, lists follow each other, and a value said twice must be the same."""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.model.tree import Entry, Node, Path, spell


def merge(nodes: list[Node]) -> tuple[Node, list[Diagnostic]]:
    """All documents joined in their order, with a finding for each field on which two of them disagree."""
    findings: list[Diagnostic] = []
    merged = nodes[0]
    for node in nodes[1:]:
        merged = _join(merged, node, (), findings)
    return merged, findings


def overlay(base: Node, over: Node) -> Node:
    """`base` with what `over` says instead: mappings are joined, lists and values replaced."""
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        entries = dict(base.value)
        for key, entry in over.value.items():
            below = entries.get(key)
            entries[key] = Entry(entry.key, overlay(below.node, entry.node)) if below else entry
        return Node(base.span, entries)
    return over


def _join(one: Node, two: Node, path: Path, findings: list[Diagnostic]) -> Node:
    if two.value is None:
        return one
    if one.value is None:
        return two
    if isinstance(one.value, dict) and isinstance(two.value, dict):
        entries = dict(one.value)
        for key, entry in two.value.items():
            first = entries.get(key)
            entries[key] = Entry(first.key, _join(first.node, entry.node, (*path, key), findings)) if first else entry
        return Node(one.span, entries)
    if isinstance(one.value, list) and isinstance(two.value, list):
        return Node(one.span, one.value + two.value)
    if one.value != two.value:
        findings.append(
            Diagnostic(
                "FRR904",
                Severity.ERROR,
                f"two documents disagree on `{spell(path)}`",
                two.span,
                field=spell(path),
                labels=(Label(one.span, "said otherwise here"),),
                help="say it in one document only, or under `nodes` for the node that differs",
            )
        )
    return one
