"""Findings without the secrets of the text that they are about, whatever they quote of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache

from frrcompile.diagnostics import Diagnostic
from frrcompile.hiding import Hider, without
from frrcompile.mistyped import quoted
from frrcompile.printable import LONGEST, shortened
from frrcompile.redact import secrets

REFUSED = frozenset({"FRR001", "FRR002", "FRR003", "FRR004", "FRR005", "FRR006"})
"""Findings about a line that FRR refuses: any word of it may be a secret in the wrong place."""


def masked(findings: Sequence[Diagnostic], text: str, refused: Collection[str] = ()) -> list[Diagnostic]:
    """The findings about `text`, with none of its secrets in what they say, and each message of a bounded length.

    `refused` are the lines of the text that FRR refuses, beside those of the findings that say so.
    """
    if not findings:
        return []
    known = Hider(secrets(text))
    if not known and not refused and all(finding.code not in REFUSED for finding in findings):
        return [_cut(finding) for finding in findings]
    lines = text.split("\n")
    hide = cache(known.hide)  # thousands of findings say the same
    return [_cut(_hidden(finding, known, hide, lines, refused)) for finding in findings]


def _hidden(
    finding: Diagnostic, known: Hider, hide: Callable[[str], str], lines: Sequence[str], refused: Collection[str]
) -> Diagnostic:
    words: set[str] = set()
    for span in (finding.span, *(label.span for label in finding.labels)):
        line = lines[span.line - 1].rstrip("\r") if span.line <= len(lines) else ""
        if line in refused or (finding.code in REFUSED and span is finding.span):
            words |= {line[start:end] for start, end in quoted(line).hidden}
    if words:
        more = Hider(words)
        return without(finding, lambda said: more.hide(hide(said)))
    return without(finding, hide) if known else finding


def _cut(finding: Diagnostic) -> Diagnostic:
    if len(finding.message) <= LONGEST and len(finding.help) <= LONGEST:
        return finding
    return finding._replace(message=shortened(finding.message), help=shortened(finding.help))
