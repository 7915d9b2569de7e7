"""From PyYAML's events to our tree. Composing it here, and not in libyaml's C, keeps depth and aliases in our hands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from frrcompile.diagnostics import Diagnostic, Span
from frrcompile.model.findings import no_yaml, repeated_key
from frrcompile.model.tree import Entry, Node

MAX_DEPTH = 64
MAX_EXPANDED = 1_000_000
"""A document may say a thing once and use it often (`*name`); one whose aliases stand for far more than was written is
an attack ("billion laughs") or an accident. It is refused at the alias that is one too many, before anything walks or copies
what it stands for. The values of all documents of a text count together."""

# libyaml's parser is some ten times as fast; PyYAML has it in every wheel, but not in every build from source.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class TooDeepError(Exception):
    """Nested more than `MAX_DEPTH` levels deep, at `span`."""

    def __init__(self, span: Span) -> None:
        self.span = span


class TooLargeError(Exception):
    """More than `MAX_EXPANDED` values are written, or meant by aliases; `span` is the place of the first one too many."""

    def __init__(self, span: Span) -> None:
        self.span = span


class _Budget:
    """Counts the values of a text."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_EXPANDED

    def take(self, count: int, span: Span) -> None:
        """Raises TooLargeError where there are more than are read."""
        self.left -= count
        if self.left < 0:
            raise TooLargeError(span)


def documents(text: str, path: str, findings: list[Diagnostic]) -> list[Node]:
    """The documents of a text; what is wrong with their values is appended to `findings`.

    Raises yaml.YAMLError where it is no YAML, TooDeepError and TooLargeError.
    """
    events = yaml.parse(text, Loader=LOADER)
    found = []
    budget = _Budget()
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            found.append(_Composer(path, events, findings, budget).document())
    return found


class _Composer:
    """Composes one document; a node comes with its size, the number of values that it stands for."""

    def __init__(self, path: str, events: Iterator[Any], findings: list[Diagnostic], budget: _Budget) -> None:
        self._path = path
        self._events = events
        self._findings = findings
        self._budget = budget
        self._anchors: dict[str, tuple[Node, int] | None] = {}

    def document(self) -> Node:
        return self._node(next(self._events), 0)[0]

    def _error(self, span: Span, message: str) -> None:
        self._findings.append(no_yaml(span, message))

    def _span(self, start: Any, end: Any) -> Span:
        return Span(self._path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _node(self, event: Any, depth: int) -> tuple[Node, int]:
        span = self._span(event.start_mark, event.end_mark)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", span)
        if depth > MAX_DEPTH:
            raise TooDeepError(span)
        self._budget.take(1, span)
        if event.tag and event.tag != "!" and not event.tag.startswith("tag:yaml.org,2002:"):
            self._error(span, "found a YAML tag (`!name`); a model has no tags: each field has its own type")
        if event.anchor:
            self._anchors[event.anchor] = None
        if isinstance(event, yaml.MappingStartEvent):
            built = self._mapping(span, depth + 1)
        elif isinstance(event, yaml.SequenceStartEvent):
            built = self._sequence(span, depth + 1)
        else:
            plain = not event.style and event.implicit[0]
            built = Node(span, None if plain and event.value in ("", "~", "null") else event.value), 1
        if event.anchor:
            self._anchors[event.anchor] = built
        return built

    def _alias(self, anchor: str, span: Span) -> tuple[Node, int]:
        if anchor not in self._anchors:
            self._error(span, "this alias stands for nothing: no anchor (`&name`) of its name comes before it")
        elif (target := self._anchors[anchor]) is None:
            self._error(span, "this alias is inside the very value that it stands for")
        else:
            self._budget.take(target[1], span)
            return target
        return Node(span, None), 1

    def _sequence(self, span: Span, depth: int) -> tuple[Node, int]:
        items, total = [], 1
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            node, size = self._node(event, depth)
            items.append(node)
            total += size
        return Node(self._until(span, event), items), total

    def _mapping(self, span: Span, depth: int) -> tuple[Node, int]:
        entries: dict[str, Entry] = {}
        merged: list[dict[str, Entry]] = []
        total = 1
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, _ = self._node(event, depth)
            value, size = self._node(next(self._events), depth)
            total += size
            word = event.value if isinstance(event, yaml.ScalarEvent) else key.value
            if not isinstance(word, str):
                self._error(key.span, "found a list or mapping as a key; a key is a word")
            elif word == "<<" and isinstance(event, yaml.ScalarEvent) and not event.style:
                merged += self._merge_key(value, key.span)
            elif first := entries.get(word):
                message = f"key {word!r} is written twice in one mapping"
                self._findings.append(repeated_key(key.span, message, first.key))
            else:
                entries[word] = Entry(key.span, value)
        return Node(self._until(span, event), _joined(merged) | entries if merged else entries), total

    def _merge_key(self, node: Node, where: Span) -> list[dict[str, Entry]]:
        """YAML's merge key: the mappings that `<<: *name` brings in."""
        found = []
        for source in node.value if isinstance(node.value, list) else [node]:
            if isinstance(source.value, dict):
                found.append(source.value)
            else:
                self._error(where, "`<<` takes an alias of a mapping, or a list of them")
        return found

    def _until(self, span: Span, event: Any) -> Span:
        """From where a value began to where its last event ends."""
        end = event.end_mark
        return Span(span.path, span.line, span.column, end.line + 1, end.column + 1)


def _joined(sources: list[dict[str, Entry]]) -> dict[str, Entry]:
    """The mappings of merge keys as one; a key of an earlier one wins, and keys that are written beside them win over all."""
    joined: dict[str, Entry] = {}
    for source in reversed(sources):
        joined |= source
    return joined
