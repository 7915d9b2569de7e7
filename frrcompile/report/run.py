"""What a report is about: one run of the linter over its inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.report.sources import Sources


class Explanation(NamedTuple):
    """What a code means, in general."""

    code: str
    name: str
    severity: Severity
    summary: str
    text: str
    family: str = ""


class Run(NamedTuple):
    """The findings in their order, without secrets; the inputs that were looked at, and why others were not.

    `explain` knows what a code means; None for an unknown code.
    """

    findings: Sequence[Diagnostic]
    paths: Sequence[str] = ()
    failures: Sequence[str] = ()
    sources: Sources = Sources()
    explain: Callable[[str], Explanation | None] = lambda _: None
