"""Rules: small functions with a code, and the documentation that their docstrings hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from frrcompile.diagnostics import Edit, Label, Severity, Span
from frrcompile.documented import Page, read_page
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release
from frrcompile.lint.configuration import Command, Configuration


class Problem(NamedTuple):
    """What a rule found; the engine adds the code and the severity.

    `at` is a command, whose whole text is marked, or a span. The other fields are those of a `Diagnostic`.
    """

    at: Command | Span
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""
    edit: Edit | None = None


Check = Callable[[Configuration], Iterator[Problem]]


class Rule(NamedTuple):
    """One rule: its code, its name in words with hyphens, how bad its findings are, and the function that finds them.

    `releases` are the first release of FRR it is for, and the first that it is no longer for. `keywords` are words of
    commands: it finds nothing in a file without any of them, and is not run there. Empty for a rule that runs on every file.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    releases: tuple[Release, Release] = (BEFORE_ALL, AFTER_ALL)
    keywords: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The module or folder of `rules/` that it stands in: `sessions`."""
        return self.check.__module__.split(".rules.", 1)[-1].split(".")[0]

    def applies(self, release: Release) -> bool:
        """Whether it is for this release of FRR."""
        first, end = self.releases
        return first <= release < end

    @property
    def page(self) -> Page:
        """Its documentation. Raises ValueError where the docstring lacks a part, which a test excludes."""
        return read_page(f"{self.code} {self.name}", self.check.__doc__)


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    since: Release = BEFORE_ALL,
    until: Release = AFTER_ALL,
    keywords: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Makes a rule of the function that it decorates, for FRR from the release `since` up to, without, `until`."""

    def register(check: Check) -> Check:
        registered.append(Rule(code, name, severity, check, (since, until), keywords))
        return check

    return register


registered: list[Rule] = []
"""The rules of the modules that are imported; `frrcompile.lint.rules.rules` imports all."""
