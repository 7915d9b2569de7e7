"""The secrets of the models that findings are about, so that no excerpt of a model shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from frrcompile.cli.inputs import MODELS, read
from frrcompile.diagnostics import Diagnostic, Span
from frrcompile.interop.codes import LOST, SHAPE
from frrcompile.model.findings import UNKNOWN as UNKNOWN_FIELD

if TYPE_CHECKING:
    from frrcompile.model.tree import Node

UNKNOWN = frozenset({UNKNOWN_FIELD, LOST, SHAPE})
"""Findings about a field that is not known: its value may be a secret, whatever the field is called."""


class Secrets(NamedTuple):
    """What no excerpt of the models shows."""

    known: frozenset[str]
    broken: frozenset[str]
    """The models of which nothing could be read: any word of theirs may be a secret."""
    unknown: Mapping[str, Collection[Span]]
    """The places of the values of unknown fields, by the models' paths."""


def secrets_of(findings: Iterable[Diagnostic]) -> Secrets:
    """Reads the models again that the findings are about."""
    listed = list(findings)
    spans = (span for one in listed for span in (one.span, *(label.span for label in one.labels)))
    models = {path for path in {span.path for span in spans} if path.endswith(MODELS)}
    if not models:
        return Secrets(frozenset(), frozenset(), {})
    from frrcompile.model.load import parse  # only where there is a model: it reads YAML
    from frrcompile.model.secrets import secrets

    keys = {one.span for one in listed if one.code in UNKNOWN}
    known: set[str] = set()
    broken: set[str] = set()
    unknown: dict[str, list[Span]] = {}
    for path in models:
        try:
            text = read(path).decode("utf-8-sig", errors="replace")
        except OSError:
            continue  # no line of it is shown
        root, _ = parse(text, path)
        if root is None:
            broken.add(path)
        else:
            known |= secrets(root)
            unknown[path] = list(_values(root, keys)) if keys else []
    return Secrets(frozenset(known), frozenset(broken), unknown)


def _values(root: Node, keys: Collection[Span]) -> Iterator[Span]:
    """The places of the values of the fields whose keys stand at `keys`."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, list):
            waiting += node.value
        elif isinstance(node.value, dict):
            for entry in node.value.values():
                if entry.key in keys:
                    yield entry.node.span
                else:
                    waiting.append(entry.node)
