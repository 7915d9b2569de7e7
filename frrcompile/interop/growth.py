"""A model's tree, grown from values that remember where in another project's resource they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frrcompile.diagnostics import Span
from frrcompile.model.tree import Entry, Node

Grown = Any
"""A Node of a resource, text, a number, None, or a list or mapping of these, with or without an `At` around it."""


@dataclass(frozen=True, slots=True)
class At:
    """A value and the place of the resource that says it."""

    span: Span
    value: Grown


def grow(value: Grown, span: Span) -> Node:
    """The tree of a value; what has no place of its own stands at `span`."""
    if isinstance(value, At):
        return grow(value.value, value.span)
    if isinstance(value, Node):
        return value
    if isinstance(value, dict):
        nodes = {key: grow(item, span) for key, item in value.items()}
        return Node(span, {key: Entry(node.span, node) for key, node in nodes.items()})
    if isinstance(value, list):
        return Node(span, [grow(item, span) for item in value])
    if isinstance(value, bool):
        return Node(span, str(value).lower())
    return Node(span, None if value is None else str(value))


def bare(value: Grown) -> Grown:
    """The value without its places: text, None, lists and mappings."""
    if isinstance(value, At):
        return bare(value.value)
    if isinstance(value, Node):
        return value.plain()
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def inside(value: Grown) -> Grown:
    """The value that an `At` is around."""
    return inside(value.value) if isinstance(value, At) else value


DEFAULTS: dict[str, Grown] = {
    "port": 4789,
    "underlay": "ipv4",
    "import-rts": [],
    "export-rts": [],
    "networks": [],
    "interfaces": [],
}
"""What an override says for a field that the base has and the node has not; null for any other."""


def difference(base: Grown, wanted: Grown) -> Grown:
    """What an override must say so that the base becomes `wanted` (`frrcompile.model.merge.overlay`)."""
    base, wanted = inside(base), inside(wanted)
    changes = {}
    for key in {**base, **wanted}:
        if key not in wanted:
            changes[key] = DEFAULTS.get(key)
        elif key not in base:
            changes[key] = wanted[key]
        elif bare(base[key]) != bare(wanted[key]):
            both = isinstance(inside(base[key]), dict) and isinstance(inside(wanted[key]), dict)
            changes[key] = difference(base[key], wanted[key]) if both else wanted[key]
    return changes
