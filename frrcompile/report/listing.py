"""Findings as a list of JSON objects: the format that other programs read."""

from __future__ import annotations

from typing import Any

from frrcompile.diagnostics import Diagnostic, Edit
from frrcompile.printable import as_json
from frrcompile.report.run import Run


def render(run: Run) -> str:
    """The findings as JSON, an object each. Columns count characters from 1, and an end is the first place behind."""
    return as_json([entry(finding) for finding in run.findings]) + "\n"


def entry(finding: Diagnostic) -> dict[str, Any]:
    """One finding as its object; `fix` is None where there is no safe repair, `field` is a model's."""
    span = finding.span
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "field": finding.field or None,
        "labels": [
            {
                "message": label.message,
                "path": label.span.path,
                "line": label.span.line,
                "column": label.span.column,
                "end_line": label.span.end_line,
                "end_column": label.span.end_column,
            }
            for label in finding.labels
        ],
        "help": finding.help or None,
        "fix": _fix(finding.edit) if finding.edit else None,
    }


def _fix(edit: Edit) -> dict[str, Any]:
    span = edit.span
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "replacement": edit.replacement,
    }
