"""Showing findings on standard error, and the exit code that they make."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile import output
from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.lint.encoding import UNREADABLE as NO_FRR_CONF
from frrcompile.model.findings import NO_TEXT as NO_MODEL

UNREADABLE = frozenset({NO_FRR_CONF, NO_MODEL})
"""What is no text at all: its content was not judged."""


def show(findings: Sequence[Diagnostic]) -> int:
    """Prints the findings, if any; 0 without errors, 2 where an input was not text, else 1."""
    if not findings:
        return 0
    from frrcompile.cli.model_secrets import secrets_of
    from frrcompile.report.text import Sources, render, summary

    colour = output.colours(on_stderr=True)
    sources = Sources(None, None, *secrets_of(findings))
    output.tell(render(findings, sources, colour=colour), colour=colour)
    output.tell(f"\nfrrcompile: {summary(findings)}\n")
    if any(finding.code in UNREADABLE for finding in findings):
        return 2
    return 1 if has_errors(findings) else 0
