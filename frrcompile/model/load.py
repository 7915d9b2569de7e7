"""YAML read with PyYAML, with the line and column of every value, and nothing decided for the operator.

Plain YAML 1.1 turns `64514:30` into 3870870, `0100` into 64, `10.10` into 10.1 and `on` into true, and keeps the last of
two equal keys in silence. Here a scalar stays text until its field's type reads it, and a key written twice is a finding.
"""

from __future__ import annotations

import re

import yaml

from frrcompile.diagnostics import Diagnostic, Label, Span
from frrcompile.model.compose import LOADER, MAX_DEPTH, MAX_EXPANDED, TooDeepError, TooLargeError, documents
from frrcompile.model.findings import empty, no_text, no_yaml
from frrcompile.model.merge import merge
from frrcompile.model.syntax import advice
from frrcompile.model.tree import Node

MAX_BYTES = 64 * 1024 * 1024

# What YAML 1.1 (section 5.1) does not allow in a text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read(data: bytes, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The documents of the bytes of a file, merged in their order, or what is wrong with them. Never raises."""
    return _mapping(*read_any(data, path))


def parse(text: str, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The documents of one text, merged in their order, or what is wrong with them. Never raises."""
    return _mapping(*_parse_any(text, path))


def read_any(data: bytes, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """The same as `read`, also of a file that is no mapping or has no value: None only where it cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        span = Span(path, line, column, line, column + 1)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8: this is not a YAML text"
        return None, [no_text(span, message)]
    return _parse_any(text, path)


def first_key(text: str) -> str:
    """The first key of a text's first document, without reading the rest; empty where it is no text in a mapping."""
    try:
        events = yaml.parse(text, Loader=LOADER)
        kinds = [next(events, None) for _ in range(4)]
    except (yaml.YAMLError, UnicodeError):
        return ""
    return (
        kinds[3].value
        if isinstance(kinds[2], yaml.MappingStartEvent) and isinstance(kinds[3], yaml.ScalarEvent)
        else ""
    )


def _parse_any(text: str, path: str) -> tuple[Node | None, list[Diagnostic]]:
    if match := _UNPRINTABLE.search(text):
        message = f"control character {match[0]!a}: this is not a YAML text"
        return None, [no_text(_span_at(text, match.start(), path), message)]
    findings: list[Diagnostic] = []
    try:
        nodes = documents(text, path, findings)
    except yaml.YAMLError as error:
        return None, [_syntax_error(error, text, path)]
    except TooDeepError as error:
        return None, [no_yaml(error.span, f"nested more than {MAX_DEPTH} levels deep")]
    except TooLargeError as error:
        what = "values are written here or meant by aliases (*name)"
        return None, [no_yaml(error.span, f"more than {MAX_EXPANDED:,} {what}; at most so many are read")]
    if not nodes:
        return Node(Span.of_file(path), None), findings
    root, conflicts = merge(nodes)
    return root, [*findings, *conflicts]


def _mapping(root: Node | None, findings: list[Diagnostic]) -> tuple[Node | None, list[Diagnostic]]:
    """The root, if it is a mapping."""
    if root is None:
        return None, findings
    if root.value is None:
        return None, [*findings, empty(root.span)]
    if not isinstance(root.value, dict):
        kind = "a list" if isinstance(root.value, list) else "a single value"
        message = f"found {kind}; a model is a mapping with fields such as `nodes:` and `router:`"
        return None, [*findings, no_yaml(root.span, message)]
    return root, findings


def _span_at(text: str, offset: int, path: str) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(path, line, column, line, column + 1)


def _syntax_error(error: yaml.YAMLError, text: str, path: str) -> Diagnostic:
    """What the parser objects to, in the words of the person who typed it."""

    def at(mark: yaml.Mark) -> Span:
        return Span(path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)

    begun = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or begun
    if mark is None:
        return no_yaml(Span.of_file(path), "not valid YAML: " + " ".join(str(error).split()))
    lines = text.splitlines()
    written = lines[mark.line] if mark.line < len(lines) else ""
    indent = written[: len(written) - len(written.lstrip())]
    if "\t" in indent or written[mark.column : mark.column + 1] == "\t":
        column = written.index("\t") + 1
        tab = Span(path, mark.line + 1, column, mark.line + 1, column + 1)
        message = "a tab is used for indentation; YAML allows only spaces"
        return no_yaml(tab, message, help="replace each tab by spaces")
    problem = getattr(error, "problem", None) or "it cannot be read"
    context = getattr(error, "context", None)
    labels = (Label(at(begun), "it began here"),) if begun and begun.line != mark.line else ()
    message = f"not valid YAML: {problem}" + (f" ({context})" if context else "")
    help_ = advice(error, lines) if isinstance(error, yaml.MarkedYAMLError) else ""
    return no_yaml(at(mark), message, labels=labels, help=help_)
