"""Findings as JUnit's XML, which most CI systems show as tests: a suite for each input, a failed test for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.printable import printable
from frrcompile.report.run import Run
from frrcompile.report.text import render as render_text

# What XML 1.0 (section 2.2) has no way to write, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(run: Run) -> str:
    """The report. An input without findings is one passed test; a hint passes, too, and says what it is."""
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in run.paths}
    for finding in run.findings:
        by_path.setdefault(finding.span.path, []).append(finding)
    failed = sum(finding.severity is not Severity.INFO for finding in run.findings)
    tests = sum(len(findings) or 1 for findings in by_path.values()) + len(run.failures)
    totals = f'tests="{tests}" failures="{failed}" errors="{len(run.failures)}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="frrcompile lint" {totals}>']
    for path, findings in by_path.items():
        lines += _suite(path, findings, run)
    if run.failures:
        lines += _unread(run.failures)
    text = _UNWRITABLE.sub("", "\n".join([*lines, "</testsuites>"])) + "\n"
    return text.replace("##", "#&#35;")  # which XML reads as it was; a CI system sees no command of its own in it


def _suite(path: str, findings: Sequence[Diagnostic], run: Run) -> Iterator[str]:
    failed = sum(finding.severity is not Severity.INFO for finding in findings)
    name = quoteattr(printable(path))
    yield f'  <testsuite name={name} tests="{len(findings) or 1}" failures="{failed}" errors="0">'
    if not findings:
        yield f'    <testcase name="lint" classname={name} file={name}/>'
    for finding in findings:
        span = finding.span
        title = quoteattr(f"{finding.code} in line {span.line}, column {span.column}")
        text = escape(render_text([finding], run.sources))
        yield f'    <testcase name={title} classname={name} file={name} line="{span.line}">'
        if finding.severity is Severity.INFO:
            yield f"      <system-out>{text}</system-out>"
        else:
            said = f"type={quoteattr(finding.severity.value)} message={quoteattr(printable(finding.message))}"
            yield f"      <failure {said}>{text}</failure>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _unread(failures: Sequence[str]) -> Iterator[str]:
    count = len(failures)
    yield f'  <testsuite name="unreadable" tests="{count}" failures="0" errors="{count}">'
    for failure in failures:
        said = quoteattr(printable(failure))
        yield f'    <testcase name={said} classname="unreadable"><error message={said}/></testcase>'
    yield "  </testsuite>"
