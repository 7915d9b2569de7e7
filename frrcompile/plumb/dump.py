"""The desired state as JSON: what `plumb.json` beside a model has. A link, an address or a sysctl is one line, so that a
difference of two such files reads well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frrcompile.plumb.losses import Loss
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.state import KIND_NAMES, Desired, Namespace
from frrcompile.printable import as_json

MARKER = '{\n  "frrcompile": "plumb",\n'
"""How every such file begins."""


def dump(nodes: Mapping[str, Desired]) -> str:
    """The desired states of a model's nodes."""
    body = ",\n".join(f"    {as_json(name)}: {{\n{_node(desired)}\n    }}" for name, desired in nodes.items())
    return f'{MARKER}  "nodes": {{\n{body}\n  }}\n}}\n'


def plan_json(node: str | None, desired: Desired, operations: Iterable[Operation], losses: Mapping[str, Loss]) -> str:
    """The operations of a node's plan, each with its words for people and its values, and what the host loses with NICs.

    `node` is None for a teardown without a model.
    """
    plan = (
        {"operation": type(one).__name__, "sign": one.sign, "words": one.words, **fields(one)} for one in operations
    )
    head = f'{{\n  "node": {as_json(node)},\n  "pod_mtu": {as_json(desired.pod_mtu)},\n'
    lost = _lines(({"nic": name, **fields(loss)} for name, loss in losses.items()), 2)
    return f'{head}  "operations": {_lines(plan, 2)},\n  "host_loses": {lost}\n}}\n'


def fields(value: Any) -> dict[str, Any]:
    """The fields of a NamedTuple that differ from their defaults. A link's kind stands under the kernel's word for it."""
    found: dict[str, Any] = {}
    usual = value._field_defaults
    for name, part in zip(value._fields, value, strict=True):
        if name == "at" or (name in usual and part == usual[name]):
            continue
        if kind := KIND_NAMES.get(type(part)):
            found[kind] = fields(part)
        elif isinstance(part, tuple):
            found[name] = fields(part) if hasattr(part, "_fields") else [*map(_plain, part)]
        else:
            found[name] = part
    return found


def _plain(part: Any) -> Any:
    return fields(part) if hasattr(part, "_fields") else part


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
