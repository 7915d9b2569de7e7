"""Findings as GitLab's Code Quality report, for its merge requests."""

from __future__ import annotations

from frrcompile.diagnostics import Severity
from frrcompile.printable import as_json
from frrcompile.report.places import fingerprints, in_repository
from frrcompile.report.run import Run

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run) -> str:
    """The report as JSON."""
    pairs = zip(run.findings, fingerprints(run.findings, run.sources), strict=True)
    report = [
        {
            "description": f"{finding.code}: {finding.message}",
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": in_repository(finding.span.path),
                "lines": {"begin": finding.span.line, "end": finding.span.end_line},
            },
        }
        for finding, fingerprint in pairs
    ]
    return as_json(report) + "\n"
