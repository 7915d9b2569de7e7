"""Findings for the tests of reports: of each kind one, with everything that services choke on."""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic, Edit, Label, Severity, Span
from frrcompile.report.run import Explanation, Run
from frrcompile.report.sources import Sources

NASTY = "50%, of `a:b`\r\n<&>\"']]>\x00\x1b[31m\u202eé"
"""Line ends, what commands, XML and terminals take for theirs, and what XML cannot write at all."""

TEXT = "hostname r1\n!\nint lo\n neighbor 192.0.2.1 password tops3cret\n é\tx y\n"


def span(line: int, start: int, end: int, path: str = "r 1/a:b,c.conf", end_line: int | None = None) -> Span:
    return Span(path, line, start, end_line or line, end)


FINDINGS = [
    Diagnostic("FRR001", Severity.ERROR, NASTY, span(3, 1, 7), help=NASTY),
    Diagnostic(
        "FRR109",
        Severity.WARNING,
        "`int` is an abbreviation",
        span(3, 1, 4),
        labels=(Label(span(1, 1, 9), "first"), Label(span(9, 1, 1, path="other.conf"), "elsewhere")),
        help="write it out",
        edit=Edit(span(3, 1, 4), "interface"),
    ),
    Diagnostic("FRR220", Severity.INFO, "nothing uses it", span(4, 2, 3, end_line=5)),
    Diagnostic("FRR090", Severity.WARNING, "does nothing", span(2, 1, 2), edit=Edit(span(2, 1, 1, end_line=3), "")),
    Diagnostic("MOD006", Severity.ERROR, "unknown field", span(1, 1, 1, path="node.yaml"), field="router.x"),
]

PATHS = ["r 1/a:b,c.conf", "node.yaml", "clean.conf"]


def explain(code: str) -> Explanation | None:
    if code == "MOD006":
        return Explanation(code, "", Severity.ERROR, "A field.", "A field.", "model")
    if code == "FRR220":
        return None
    return Explanation(code, "some-name", Severity.WARNING, "A summary.", "All.", "family")


def run(findings: list[Diagnostic] | None = None, failures: tuple[str, ...] = ()) -> Run:
    texts = {PATHS[0]: TEXT, "node.yaml": "router:\n", "other.conf": "", "-": TEXT}
    return Run(FINDINGS if findings is None else findings, PATHS, failures, Sources(texts), explain)
