"""One text through everything: the rules that are wanted, the text's own suppressions, and the severities of the settings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.facts.releases import Release
from frrcompile.lint import suppress
from frrcompile.lint.catalog import catalog
from frrcompile.lint.engine import lint
from frrcompile.lint.select import Selection
from frrcompile.lint.settings import Settings


class Wish(NamedTuple):
    """Selected rules and severities. With `isolated` the comments of a file suppress nothing."""

    selection: Selection = Selection()
    settings: Settings = Settings()
    isolated: bool = False

    def weigh(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that are wanted, with the severities that the settings give them."""
        return [self._weighed(finding) for finding in findings if self.selection.takes(finding.code)]

    def _weighed(self, finding: Diagnostic) -> Diagnostic:
        severity = self.settings.severity_of(finding.code, finding.severity)
        if severity is finding.severity or refuses(finding):
            return finding
        return finding._replace(severity=severity)


def refuses(finding: Diagnostic) -> bool:
    """Whether the finding is what FRR, or the compiler, refuses its input for: not configurable."""
    return finding.severity is Severity.ERROR and finding.code.startswith(suppress.REFUSALS)


def check(text: str, path: str, release: Release, wish: Wish) -> list[Diagnostic]:
    """What is found in a frr.conf and wanted, in the order of the text. Never raises, whatever the text."""
    run = _run(wish.selection, release)
    findings = lint(text, path, release, None if wish.selection == Selection() else run)
    wanted = [finding for finding in findings if wish.selection.takes(finding.code)]
    if wish.isolated:
        return wish.weigh(wanted)
    return wish.weigh(suppress.apply(text, path, wanted, run, catalog().keys()))


@lru_cache
def _run(selection: Selection, release: Release) -> frozenset[str]:
    """The codes that are looked for."""
    return frozenset(code for code, entry in catalog().items() if selection.takes(code) and entry.applies(release))
