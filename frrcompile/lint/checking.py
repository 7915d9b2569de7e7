"""One text through everything: the rules that are wanted, the text's own suppressions, and the severities of the settings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.documented import Entry
from frrcompile.facts.releases import Release
from frrcompile.lint import suppress
from frrcompile.lint.catalog import catalog
from frrcompile.lint.engine import MOST, lint
from frrcompile.lint.select import Selection
from frrcompile.lint.settings import Settings


class Wish(NamedTuple):
    """Selected rules and severities. With `isolated` the comments of a file suppress nothing.

    With `errors` only what is an error after the settings counts. `most` findings of a rule are kept, all with None. `asked`
    is what the command line selects, where settings say otherwise: they hide nothing of it that FRR refuses.
    """

    selection: Selection = Selection()
    settings: Settings = Settings()
    isolated: bool = False
    errors: bool = False
    most: int | None = MOST
    asked: Selection | None = None

    def takes(self, code: str, severity: Severity) -> bool:
        """Whether findings of this code and severity, as they are without settings, are wanted."""
        if self.selection.takes(code):
            return True
        return self.asked is not None and is_refusal(code, severity) and self.asked.takes(code)

    def weigh(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that are wanted, with the severities that the settings give them."""
        takes = cache(self.takes)  # many findings are of one code
        weighed = (self._weighed(finding) for finding in findings if takes(finding.code, finding.severity))
        return [finding for finding in weighed if finding.severity is Severity.ERROR or not self.errors]

    def looks_for(self, entry: Entry) -> bool:
        """Whether any finding of the entry is wanted."""
        severity = self.settings.severity_of(entry.code, entry.severity)
        error = severity is Severity.ERROR or is_refusal(entry.code, entry.severity)
        return self.takes(entry.code, entry.severity) and (error or not self.errors)

    def _weighed(self, finding: Diagnostic) -> Diagnostic:
        severity = self.settings.severity_of(finding.code, finding.severity)
        if severity is finding.severity or refuses(finding):
            return finding
        return finding._replace(severity=severity)


def refuses(finding: Diagnostic) -> bool:
    """Whether the finding is what FRR, or the compiler, refuses its input for: not configurable."""
    return is_refusal(finding.code, finding.severity)


def is_refusal(code: str, severity: Severity) -> bool:
    """The same of a code at a severity."""
    return severity is Severity.ERROR and code.startswith(suppress.REFUSALS)


def check(text: str, path: str, release: Release, wish: Wish) -> list[Diagnostic]:
    """What is found in a frr.conf and wanted, in the order of the text. Never raises, whatever the text."""
    run = _run(wish, release) if wish.errors else _selected(wish.selection, wish.asked, release)
    everything = wish.selection == Selection() and not wish.errors
    findings = lint(text, path, release, None if everything else run, most=wish.most)
    takes = cache(wish.takes)
    wanted = [finding for finding in findings if takes(finding.code, finding.severity)]
    if wish.isolated:
        return wish.weigh(wanted)
    return wish.weigh(suppress.apply(text, path, wanted, run, catalog().keys()))


def _run(wish: Wish, release: Release) -> frozenset[str]:
    """The codes that are looked for."""
    return frozenset(code for code, entry in catalog().items() if entry.applies(release) and wish.looks_for(entry))


@lru_cache
def _selected(selection: Selection, asked: Selection | None, release: Release) -> frozenset[str]:
    """The codes that are selected, whatever their severity."""
    return _run(Wish(selection, asked=asked), release)
