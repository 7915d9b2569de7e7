"""What a report is about: one run of the linter over its inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.report.sources import Sources

HOME = "https://github.com/frrcompile/frrcompile"
"""Where the project's pages are, for the links that reports have."""


class Explanation(NamedTuple):
    """What a code means, in general. `page` is its documentation's path in the project, with the place on the page."""

    code: str
    name: str
    severity: Severity
    summary: str
    text: str
    page: str
    family: str = ""

    @property
    def link(self) -> str:
        """The address of its page."""
        return f"{HOME}/blob/main/{self.page}"


class Run(NamedTuple):
    """The findings in their order, without secrets; the inputs that were looked at, and why others were not.

    `explain` knows what a code means; None for a code that nobody knows.
    """

    findings: Sequence[Diagnostic]
    paths: Sequence[str] = ()
    failures: Sequence[str] = ()
    sources: Sources = Sources()
    explain: Callable[[str], Explanation | None] = lambda _: None
