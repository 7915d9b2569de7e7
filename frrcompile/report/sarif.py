"""Findings as SARIF 2.1.0 (OASIS), for code scanning services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frrcompile.diagnostics import Diagnostic, Edit, Label, Severity, Span
from frrcompile.printable import as_json
from frrcompile.report.places import fingerprints, uri
from frrcompile.report.run import Explanation, Run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(run: Run) -> str:
    """The log of one run, as JSON."""
    return as_json(log(run)) + "\n"


def log(run: Run) -> dict[str, Any]:
    """The log's object. Of the rules it has those that found something."""
    from importlib.metadata import version

    codes = sorted({finding.code for finding in run.findings})
    driver = {
        "name": "frrcompile",
        "version": version("frrcompile"),
        "rules": [_rule(code, run.explain(code)) for code in codes],
    }
    marks = fingerprints(run.findings, run.sources)
    results = [_result(finding, codes, mark) for finding, mark in zip(run.findings, marks, strict=True)]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": "frrcompile/lint/"},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(run.failures)],
                "artifacts": [{"location": _location(path)} for path in run.paths],
                "results": results,
            }
        ],
    }


def _rule(code: str, explanation: Explanation | None) -> dict[str, Any]:
    if explanation is None:
        return {"id": code}
    known = {
        "id": code,
        "name": "".join(word.capitalize() for word in explanation.name.split("-")),
        "shortDescription": {"text": explanation.summary},
        "fullDescription": {"text": explanation.summary},
        "help": {"text": explanation.text, "markdown": explanation.text},
        "defaultConfiguration": {"level": _LEVELS[explanation.severity]},
        "properties": {"tags": [explanation.family], "problem.severity": _problem(explanation.severity)},
    }
    return {key: value for key, value in known.items() if value}


def _problem(severity: Severity) -> str:
    """What GitHub shows beside a rule."""
    return "recommendation" if severity is Severity.INFO else severity.value


def _result(finding: Diagnostic, codes: Sequence[str], fingerprint: str) -> dict[str, Any]:
    message = finding.message + (f"\nhelp: {finding.help}" if finding.help else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_place(finding.span)],
        "partialFingerprints": {"frrcompile/v1": fingerprint},
    }
    if finding.labels:
        result["relatedLocations"] = [_related(number, label) for number, label in enumerate(finding.labels)]
    if finding.edit:
        result["fixes"] = [_fix(finding.edit, finding.help or finding.message)]
    return result


def _related(number: int, label: Label) -> dict[str, Any]:
    return {"id": number, **_place(label.span), "message": {"text": label.message}}


def _fix(edit: Edit, description: str) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(edit.span)}
    if edit.replacement:
        replacement["insertedContent"] = {"text": edit.replacement}
    changes = [{"artifactLocation": _location(edit.span.path), "replacements": [replacement]}]
    return {"description": {"text": description}, "artifactChanges": changes}


def _place(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _location(span.path), "region": _region(span)}}


def _location(path: str) -> dict[str, Any]:
    return {"uri": uri(path)}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _invocation(failures: Sequence[str]) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not failures}
    if failures:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": failure}} for failure in failures
        ]
    return invocation
