"""Which texts are models: those whose outermost mapping has a model's fields, as the compiler reads it.

Repositories have other YAML, too, and templates that are no YAML. A text without the words of a model's fields is no model,
and is not parsed. A text that has such keys in any place and cannot be read counts as a model, so that its error is reported.
"""

from __future__ import annotations

import re

_FOREIGN = frozenset({"kind", "apiVersion"})
"""What each Kubernetes resource has, and no model."""
_RESOURCE = re.compile(r"^(?:kind|apiVersion):", re.MULTILINE)

_ESCAPE = re.compile(r"\\[xuU\r\n]")
"""A quoted key that is written with these does not have the word of its name."""

_KEY = re.compile(r"""(?<![\w$./-])(nodes|router|underlay)(?:["'][ \t]{0,9}:|[ \t]{0,9}:(?=\s|\Z))""")


def is_model(content: bytes) -> bool:
    """Whether a text is a whole model, by the fields that a model must have, or may be one and cannot be read."""
    keys = top_keys(content)
    return "nodes" in keys and bool(keys & {"router", "underlay"}) and not keys & _FOREIGN


def top_keys(content: bytes) -> set[str]:
    """The keys of a text's outermost mapping; none where `nodes` cannot be among them.

    Of a text that cannot be read the fields of a model that stand anywhere in it as keys.
    """
    # Without the zeros of UTF-16, so that its words are found: the compiler refuses it.
    text = content.decode("utf-8", errors="replace").replace("\0", "")
    if "nodes" not in text and not _ESCAPE.search(text):
        return set()
    from frrcompile.model import load

    if (first := load.first_key(text)) in _FOREIGN:  # bundles of resources are large: the rest is not parsed
        return {first}
    root, _ = load.read_any(content, "")
    if root is not None:
        return set(root.value) if isinstance(root.value, dict) else set()
    if _RESOURCE.search(text):
        return set()
    return {match[1] for match in _KEY.finditer(text)}
