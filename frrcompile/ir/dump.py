"""The intermediate representation as JSON: what was decided, for people and for tools. Secrets stay masked."""

from __future__ import annotations

from typing import Any

from frrcompile.ir.node import Node
from frrcompile.printable import as_json


def dump(node: Node) -> str:
    """The node as JSON text; where a part came from is left out."""
    return as_json(_plain(node)) + "\n"


def _plain(value: object) -> Any:
    if names := _fields(value):
        return {name: _plain(getattr(value, name)) for name in names if name not in ("at", "elsewhere")}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


def _fields(value: object) -> tuple[str, ...]:
    """The names of a part's fields; none for what is no part."""
    names: tuple[str, ...] = Node.__slots__ if isinstance(value, Node) else getattr(value, "_fields", ())
    return names
