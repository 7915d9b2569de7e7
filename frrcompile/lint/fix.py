"""Repairs: the safe edits that findings carry, applied to a text until nothing is left to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Edit, Severity, Span

PASSES = 10
"""How often a text is repaired and looked at again; what is not done by then undoes itself."""


class Fixed(NamedTuple):
    """A repaired text, how many edits went into it, and what is still found in it.

    `spoiled` is true where the repairs would have made FRR refuse more than before, and the text was left as it was.
    """

    text: str
    edits: int
    findings: Sequence[Diagnostic]
    spoiled: bool = False


def fix(text: str, check: Callable[[str], Sequence[Diagnostic]]) -> Fixed:
    """Repairs `text`, in which `check` finds what is to be repaired. All but the edits is kept, to the character."""
    findings = first = check(text)
    repaired, count = text, 0
    for _ in range(PASSES):
        again, applied = apply(repaired, [finding.edit for finding in findings if finding.edit])
        if again == repaired:
            break
        repaired, count, findings = again, count + applied, check(again)
    if refused(findings) > refused(first):
        return Fixed(text, 0, first, spoiled=True)
    return Fixed(repaired, count, findings)


def refused(findings: Iterable[Diagnostic]) -> int:
    """How many of the findings make FRR refuse the file."""
    return sum(finding.severity is Severity.ERROR and finding.code.startswith("FRR0") for finding in findings)


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, int]:
    """The text with the edits in it, and how many there are; of those that touch each other, the first one only."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    ordered = sorted({edit: _extent(edit.span, starts, len(text)) for edit in edits}.items(), key=lambda pair: pair[1])
    pieces: list[str] = []
    done, count = 0, 0
    last = -1
    for edit, (start, end) in ordered:
        if start < done or (start, end) == (last, last):
            continue
        new = _with_line_ends(edit.replacement, text, end)
        if text[start:end] == new:
            continue
        pieces += [text[done:start], new]
        done = end
        last = start if start == end else -1
        count += 1
    return "".join([*pieces, text[done:]]), count


def _extent(span: Span, starts: Sequence[int], length: int) -> tuple[int, int]:
    """Where a span begins and ends in the text; a line that is not there is its end."""

    def offset(line: int, column: int) -> int:
        return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length

    start = offset(span.line, span.column)
    return start, max(start, offset(span.end_line, span.end_column))


def _with_line_ends(replacement: str, text: str, at: int) -> str:
    """The replacement with line ends as the text has them where it goes in."""
    if "\n" not in replacement or "\r\n" in replacement:
        return replacement
    feed = text.find("\n", at)
    if feed < 0:
        feed = text.rfind("\n", 0, at)
    return replacement.replace("\n", "\r\n") if feed > 0 and text[feed - 1] == "\r" else replacement
