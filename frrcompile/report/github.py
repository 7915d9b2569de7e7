"""Findings as GitHub's workflow commands, which its runner turns into annotations of the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.printable import harmless, printable
from frrcompile.report.places import in_repository
from frrcompile.report.run import Run

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run) -> str:
    """A command on a line for each finding, and one for each input that could not be read."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    for failure in run.failures:
        yield f"::error title=frrcompile::{_data(printable(failure))}"
    for finding in run.findings:
        explanation = run.explain(finding.code)
        title = f"{finding.code} {explanation.name}" if explanation and explanation.name else finding.code
        properties = ",".join(f"{name}={_property(value)}" for name, value in _place(finding).items())
        yield f"::{_COMMANDS[finding.severity]} {properties},title={_property(title)}::{_data(_message(finding))}"


def _place(finding: Diagnostic) -> dict[str, str]:
    """Where it is; GitHub takes columns only of a place within one line."""
    span = finding.span
    place = {"file": in_repository(span.path), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        place |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return place


def _message(finding: Diagnostic) -> str:
    labels = (_label(label, finding.span.path) for label in finding.labels)
    help_ = [f"help: {finding.help}"] if finding.help else []
    return "\n".join(printable(line) for line in (finding.message, *labels, *help_))


def _label(label: Label, path: str) -> str:
    place = f"line {label.span.line}" if label.span.path == path else str(label.span)
    return f"{label.message}: {place}"


def _data(text: str) -> str:
    """As the runner's own toolkit escapes a command's message."""
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The same of a property. A command in a file's name is made harmless for other CI systems; GitHub then does not find the file."""
    escaped = harmless(printable(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C")
