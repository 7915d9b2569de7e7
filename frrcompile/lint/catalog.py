"""Every finding that there can be in a frr.conf, with its documentation: the rules', and those of the passes around them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release
from frrcompile.lint import suppress
from frrcompile.lint.registry import Page, read_page, rules
from frrcompile.lint.release import tables
from frrcompile.lint.select import Selection

SUPPRESSIONS = "suppressions"
"""The family of what is found about suppressions themselves."""


class Entry(NamedTuple):
    """What is known of a code: its name, how bad its findings are by default, and the docstring that documents it.

    `releases` are the first release of FRR that it is for, and the first that it is no longer for.
    """

    code: str
    name: str
    severity: Severity
    family: str
    docstring: str | None
    releases: tuple[Release, Release] = (BEFORE_ALL, AFTER_ALL)

    @property
    def page(self) -> Page:
        """Its documentation. Raises ValueError where the docstring lacks a part, which a test excludes."""
        return read_page(f"{self.code} {self.name}", self.docstring)

    @property
    def fixable(self) -> bool:
        """Whether `--fix` repairs what it finds: whether it would repair its own bad example."""
        return any(finding.edit is not None for finding in self.findings(self.page.bad, "-"))

    def findings(self, text: str, path: str) -> list[Diagnostic]:
        """What it finds in a text, by the newest FRR with a command table that it is for."""
        from frrcompile.lint.checking import Wish, check

        release = max((one for one in tables() if self.applies(one)), default=self.releases[0])
        # A suppression is one of other findings: those must be looked for, too.
        wanted = Selection(("FRR",) if self.family == SUPPRESSIONS else (self.code,))
        return [finding for finding in check(text, path, release, Wish(wanted)) if finding.code == self.code]

    def applies(self, release: Release) -> bool:
        """Whether it is for this release of FRR."""
        first, end = self.releases
        return first <= release < end


PASSES = (
    Entry(suppress.UNUSED, "unused-suppression", Severity.WARNING, SUPPRESSIONS, suppress.unused.__doc__),
    Entry(suppress.INVALID, "invalid-suppression", Severity.WARNING, SUPPRESSIONS, suppress.invalid.__doc__),
)
"""What is found by passes that see more than a rule does."""


@lru_cache(maxsize=1)
def catalog() -> Mapping[str, Entry]:
    """Every entry by its code, in the order of the codes."""
    from_rules = [
        Entry(one.code, one.name, one.severity, one.family, one.check.__doc__, one.releases) for one in rules().values()
    ]
    return {entry.code: entry for entry in sorted((*PASSES, *from_rules), key=lambda entry: entry.code)}
