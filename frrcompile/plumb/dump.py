"""The desired state as JSON: what `plumb.json` beside a model has. A link, an address or a sysctl is one line, so that a
difference of two such files reads well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from frrcompile.plumb.state import KIND_NAMES, Desired, Kind, Namespace
from frrcompile.printable import as_json

MARKER = '{\n  "frrcompile": "plumb",\n'
"""How every such file begins."""


def dump(nodes: Mapping[str, Desired]) -> str:
    """The desired states of a model's nodes."""
    body = ",\n".join(f"    {as_json(name)}: {{\n{_node(desired)}\n    }}" for name, desired in nodes.items())
    return f'{MARKER}  "nodes": {{\n{body}\n  }}\n}}\n'


def fields(value: NamedTuple) -> dict[str, Any]:
    """The fields of a value that differ from their defaults. A link's kind stands under the kernel's word for it."""
    found: dict[str, Any] = {}
    for name, part in value._asdict().items():
        if name == "at" or (name in value._field_defaults and part == value._field_defaults[name]):
            continue
        if isinstance(part, Kind):
            found[KIND_NAMES[type(part)]] = fields(part)
        else:
            found[name] = fields(part) if _has_fields(part) else part
    return found


def _has_fields(value: object) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


def _node(desired: Desired) -> str:
    parts = {
        "pod_mtu": as_json(desired.pod_mtu),
        "host": _namespace(desired.host),
        "router": _namespace(desired.router),
        "keeping": as_json(sorted(desired.keeping), indent=None) if desired.keeping else "",
        "ovs": _lines(map(fields, desired.ovs), 6) if desired.ovs else "",
    }
    return ",\n".join(f'      "{name}": {text}' for name, text in parts.items() if text)


def _namespace(namespace: Namespace) -> str:
    parts = [f'        "{name}": {_lines(map(fields, part), 8)}' for name, part in namespace._asdict().items() if part]
    return "{\n" + ",\n".join(parts) + "\n      }" if parts else "{}"


def _lines(values: Iterable[dict[str, Any]], indent: int) -> str:
    """A list with a line for each value."""
    margin = " " * (indent + 2)
    return "[\n" + ",\n".join(f"{margin}{as_json(one, indent=None)}" for one in values) + "\n" + " " * indent + "]"
