"""YAML read with PyYAML, with the line and column of every value, and nothing decided for the operator.

Plain YAML 1.1 turns `64514:30` into 3870870, `0100` into 64, `10.10` into 10.1 and `on` into true, and keeps the last of
two equal keys in silence. Here a scalar stays text until its field's type reads it, and a key written twice is a finding.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable
from typing import Any

import yaml

from frrcompile.diagnostics import Diagnostic, Label, Severity, Span
from frrcompile.model.merge import merge
from frrcompile.model.tree import Entry, Node

# A document may use aliases to say a thing once; one whose aliases stand for far more than was written is an attack
# ("billion laughs") or an accident, and is refused before anything walks it.
MAX_EXPANDED = 1_000_000
MAX_DEPTH = 64
MAX_BYTES = 64 * 1024 * 1024

# libyaml's parser is some ten times as fast; PyYAML has it in every wheel, but not in every build from source.
_Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""PyYAML's loader whose resolver knows no implicit types: every scalar is text."""


def read(path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The documents of one file, merged, or what is wrong with them; "-" is standard input.

    Raises OSError where the file cannot be read.
    """
    data = sys.stdin.buffer.read() if path == "-" else pathlib.Path(path).read_bytes()
    if len(data) > MAX_BYTES:
        return None, [
            _error(Span.of_file(path), f"{len(data):,} bytes are more than the {MAX_BYTES:,} a model may have")
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        span = Span(path, line, column, line, column + 1)
        return None, [
            _error(span, f"byte 0x{data[error.start]:02x} is not UTF-8: this is not a YAML text", code="FRR900")
        ]
    return parse(text, path)


def parse(text: str, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The documents of one text, merged in their order, or what is wrong with them. Never raises."""
    if nul := _unprintable(text, path):
        return None, [nul]
    try:
        documents = _compose(text)
    except yaml.YAMLError as error:
        return None, [_syntax_error(error, text, path)]
    except RecursionError:
        return None, [_error(Span.of_file(path), f"nested more than {MAX_DEPTH} levels deep")]
    findings: list[Diagnostic] = []
    nodes = [_Builder(path, findings).build(document) for document in documents]
    if not nodes:
        return None, [
            _error(
                Span.of_file(path),
                "the document is empty; a model needs at least `nodes`, `router` and `underlay`",
                code="FRR903",
            )
        ]
    root, conflicts = merge(nodes)
    findings += conflicts
    if root.value is None:
        return None, [
            _error(
                root.span,
                "the document is empty; a model needs at least `nodes`, `router` and `underlay`",
                code="FRR903",
            )
        ]
    if not isinstance(root.value, dict):
        kind = "a list" if isinstance(root.value, list) else "a single value"
        findings.append(
            _error(root.span, f"found {kind}; a model is a mapping with fields such as `nodes:` and `router:`")
        )
        return None, findings
    return root, findings


def _error(
    span: Span, message: str, *, code: str = "FRR901", labels: Iterable[Label] = (), help: str = ""
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, labels=tuple(labels), help=help)


def _compose(text: str) -> list[yaml.Node]:
    loader = _Base(text)
    try:
        documents: list[yaml.Node] = []
        while loader.check_node():
            documents.append(loader.get_node())  # type: ignore[arg-type]  # there is one, as just checked
        return documents
    finally:
        loader.dispose()


def _unprintable(text: str, path: str) -> Diagnostic | None:
    """A control character, which YAML 1.1 (section 5.1) does not allow."""
    for line_number, line in enumerate(text.split("\n"), 1):
        if line.isprintable() or not any((ord(c) < 32 and c not in "\t\r") or c in "\x7f\ufffe\uffff" for c in line):
            continue
        column = next(i for i, c in enumerate(line) if (ord(c) < 32 and c not in "\t\r") or c in "\x7f\ufffe\uffff")
        span = Span(path, line_number, column + 1, line_number, column + 2)
        return _error(span, f"control character {line[column]!a}: this is not a YAML text", code="FRR900")
    return None


def _syntax_error(error: yaml.YAMLError, text: str, path: str) -> Diagnostic:
    """What the parser objects to, in the words of the person who typed it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    written = lines[line] if line < len(lines) else ""
    span = Span(path, line + 1, column + 1, line + 1, column + 2)
    blank = written[: len(written) - len(written.lstrip())]
    if "\t" in blank or written[column : column + 1] == "\t":
        at = written.index("\t")
        tab = Span(path, line + 1, at + 1, line + 1, at + 2)
        return _error(tab, "a tab is used for indentation; YAML allows only spaces", help="replace each tab by spaces")
    problem = str(getattr(error, "problem", None) or error).replace("\n", " ")
    context = getattr(error, "context", None)
    message = f"not valid YAML: {problem}" + (f" ({context})" if context else "")
    labels = []
    if (start := getattr(error, "context_mark", None)) and start.line != line:
        labels.append(
            Label(Span(path, start.line + 1, start.column + 1, start.line + 1, start.column + 2), "it began here")
        )
    return _error(span, message, labels=labels)


class _Builder:
    """Turns PyYAML's nodes into ours; what is wrong is appended to `findings` and building goes on."""

    def __init__(self, path: str, findings: list[Diagnostic]) -> None:
        self._path = path
        self._findings = findings
        self._done: dict[int, tuple[Node, int]] = {}
        self._open: set[int] = set()

    def build(self, document: yaml.Node) -> Node:
        node, size = self._node(document)
        if size > MAX_EXPANDED:
            self._findings.append(
                _error(
                    node.span,
                    f"the aliases (*name) of this document stand for {size:,} values; at most {MAX_EXPANDED:,} are read",
                )
            )
            return Node(node.span, {})
        return node

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        return Span(self._path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _node(self, node: yaml.Node) -> tuple[Node, int]:
        identity = id(node)
        if identity in self._done:
            return self._done[identity]
        span = self._span(node)
        if identity in self._open:
            self._findings.append(_error(span, "an alias (*name) inside the value that it stands for"))
            return Node(span, None), 1
        if len(self._open) > MAX_DEPTH:
            self._findings.append(_error(span, f"nested more than {MAX_DEPTH} levels deep"))
            return Node(span, None), 1
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            self._findings.append(
                _error(span, f"found the YAML tag {node.tag!r}; a model has no tags: each field has its own type")
            )
        self._open.add(identity)
        built, size = self._value(node, span)
        self._open.discard(identity)
        self._done[identity] = built, size
        return built, size

    def _value(self, node: Any, span: Span) -> tuple[Node, int]:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, span)
        if isinstance(node, yaml.SequenceNode):
            items = [self._node(item) for item in node.value]
            return Node(span, [item for item, _ in items]), 1 + sum(size for _, size in items)
        nothing = node.style is None and node.value in ("", "~", "null")
        return Node(span, None if nothing else node.value), 1

    def _mapping(self, node: yaml.MappingNode, span: Span) -> tuple[Node, int]:
        entries: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        total = 1
        for key, value in node.value:
            where = self._span(key)
            if not isinstance(key, yaml.ScalarNode):
                self._findings.append(_error(where, "found a list or mapping as a key; a key is a word"))
                continue
            child, size = self._node(value)
            total += size
            if key.value == "<<" and key.style is None:
                merged = self._merge_key(child, where) | merged
            elif first := entries.get(key.value):
                label = Label(first.key, "first written here")
                self._findings.append(
                    _error(where, f"key {key.value!r} is written twice in one mapping", code="FRR902", labels=[label])
                )
            else:
                entries[key.value] = Entry(where, child)
        return Node(span, merged | entries), total

    def _merge_key(self, node: Node, where: Span) -> dict[str, Entry]:
        """YAML's merge key: what `<<: *name` brings in; a key written beside it wins."""
        sources = node.value if isinstance(node.value, list) else [node]
        merged: dict[str, Entry] = {}
        for source in sources:
            if not isinstance(source.value, dict):
                self._findings.append(_error(where, "`<<` takes an alias of a mapping, or a list of them"))
                continue
            merged = source.value | merged
        return merged
