"""The intermediate representation as JSON: what was decided, for people and for tools. Secrets stay masked."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from frrcompile.ir.node import Node


def dump(node: Node) -> str:
    """The node as JSON text; where a part came from is left out."""
    return json.dumps(_plain(node), indent=2, ensure_ascii=False) + "\n"


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.compare}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
