"""Findings for people: where, what, the line itself with a mark under it, and what to do next."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from frrcompile.diagnostics import Diagnostic, Severity, Span
from frrcompile.redact import redact

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


class Sources:
    """The lines of the inputs, read once each; those of standard input are handed over."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Line `number` of a file, from 1, without its secrets; None where it cannot be shown."""
        if path not in self._lines:
            try:
                self._lines[path] = Path(path).read_text(encoding="utf-8-sig").split("\n")
            except (OSError, UnicodeDecodeError):
                self._lines[path] = []
        lines = self._lines[path]
        return redact(lines[number - 1].rstrip("\r")) if 0 < number <= len(lines) else None


def render(findings: Iterable[Diagnostic], sources: Sources, *, colour: bool = False) -> str:
    """The findings as text, a block each, with a line between them."""
    paint = _paint if colour else _plain
    return "\n".join("\n".join(_block(finding, sources, paint)) + "\n" for finding in findings)


def summary(findings: Iterable[Diagnostic]) -> str:
    """How many of each severity: `2 errors and 1 warning`."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    words = [f"{n} {severity.value}{'s' if n > 1 else ''}" for severity, n in counts.items() if n]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing found"


def _block(finding: Diagnostic, sources: Sources, paint: Callable[[str, str], str]) -> Iterator[str]:
    colour = _COLOURS[finding.severity]
    yield f"{finding.span}: {paint(f'{finding.severity.value}[{finding.code}]', colour)}: {paint(finding.message, '1')}"
    margin = max(len(str(span.line)) for span in (finding.span, *(label.span for label in finding.labels)))
    yield from _excerpt(finding.span, "", margin, sources, paint, colour)
    for label in finding.labels:
        if label.span.path != finding.span.path:
            yield f"{' ' * margin} {paint('-->', '34;1')} {label.span}"
        yield from _excerpt(label.span, label.message, margin, sources, paint, "34;1")
    if finding.help:
        yield f"{' ' * margin} {paint('=', '34;1')} help: {finding.help}"


def _excerpt(
    span: Span, message: str, margin: int, sources: Sources, paint: Callable[[str, str], str], colour: str
) -> Iterator[str]:
    line = sources.line(span.path, span.line)
    if line is None or not line.strip():
        return
    before = line[: span.column - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    marked = line[span.column - 1 : end]
    pad = "".join("\t" if character == "\t" else " " * _width(character) for character in before)
    mark = "^" * max(1, sum(map(_width, marked)))
    yield f"{paint(str(span.line).rjust(margin), '34;1')} {paint('|', '34;1')} {line}"
    yield f"{' ' * margin} {paint('|', '34;1')} {pad}{paint((mark + ' ' + message).rstrip(), colour)}"


def _width(character: str) -> int:
    """Columns that a terminal gives a character."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _plain(text: str, _colour: str) -> str:
    return text
