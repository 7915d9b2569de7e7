"""The secrets of a tree, to mask them in findings about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from frrcompile.announced import SOURCES, announces, is_source, secret_in_name, secret_of_field
from frrcompile.diagnostics import Diagnostic
from frrcompile.hiding import SHORTEST, Hider, without
from frrcompile.model.tree import Node


@lru_cache(maxsize=8)
def secrets(root: Node) -> frozenset[str]:
    """The texts in the fields that hold a secret, and those that say such a field themselves (`password:x`)."""
    found: set[str] = set()
    waiting = [(root, False)]
    while waiting:
        node, secret = waiting.pop()
        if isinstance(node.value, dict):
            for key, entry in node.value.items():
                found.update(_in_text(key, secret))
                if (part := secret_in_name(key)) is not None:
                    found.add(part)
                waiting.append((entry.node, secret or announces(key) or _is_no_source(key, entry.node)))
        elif isinstance(node.value, list):
            waiting += [(one, secret) for one in node.value]
        elif node.value:
            found.update(_in_text(node.value, secret))
    return frozenset(text for text in found if len(text) >= SHORTEST)  # less is in any sentence


def masked(findings: Iterable[Diagnostic], roots: Iterable[Node]) -> list[Diagnostic]:
    """The findings without the secrets of the trees that they are about."""
    told = list(findings)
    if not told:
        return told
    hider = Hider(frozenset().union(*map(secrets, roots)), words=False)
    return [without(finding, hider.hide) for finding in told] if hider else told


def _is_no_source(key: str, node: Node) -> bool:
    """Whether it is a field that says where a secret is, with a value that may be the secret itself."""
    return key in SOURCES and not (node.value is None or (isinstance(node.value, str) and is_source(key, node.value)))


def _in_text(text: str, secret: bool) -> Iterable[str]:
    if secret:
        yield text.strip()
        yield from map(str.strip, text.split("\n"))
    elif (start := secret_of_field(text)) is not None:
        yield text[start:].strip()
