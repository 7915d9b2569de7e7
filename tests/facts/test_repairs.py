"""The linter and the comparison say the same of a line: what `lint --fix` writes instead is no difference to `diff`."""

from __future__ import annotations

import pytest

from frrcompile.diff import difference
from frrcompile.facts.releases import Release
from frrcompile.lint.engine import lint
from frrcompile.lint.fix import apply
from frrcompile.lint.registry import Rule
from frrcompile.lint.rules import rules

RELEASES: tuple[Release, ...] = ((8, 4), (10, 3), (10, 7))

MEANT = {
    "FRR103": "FRR reads the line as another one, and the repair writes the one that was meant",
    "FRR104": "the same",
    "FRR110": "the same: FRR takes the comment for words",
    "FRR159": "the same: FRR cuts the text",
    "FRR160": "FRR refuses the line, and takes the repaired one",
    "FRR412": "FRR uses other timers than the line says: the repair names those",
}
"""Rules whose repair is another configuration to FRR."""


def repaired(one: Rule, text: str, release: Release) -> str:
    edits = [finding.edit for finding in lint(text, "f", release, {one.code}) if finding.edit]
    return apply(text, edits)[0]


FIXABLE = [
    (one, release)
    for release in RELEASES
    for one in rules().values()
    if one.applies(release) and repaired(one, one.page.bad, release) != one.page.bad
]


@pytest.mark.parametrize(("one", "release"), FIXABLE, ids=lambda one: getattr(one, "code", str(one)))
def test_a_repair_is_no_difference(one: Rule, release: Release) -> None:
    bad = one.page.bad
    found = difference(bad, repaired(one, bad, release), release)
    changes = [(change.kind, change.entry.text) for change in found.changes]
    assert bool(changes) == (one.code in MEANT), changes


def test_every_rule_of_the_reload_family_is_looked_at() -> None:
    """Rules without a repair are listed, so that one that loses its repair is seen."""
    fixable = {one.code for one, _ in FIXABLE}
    without = {one.code for one in rules().values() if one.family == "reload"} - fixable
    assert without == {"FRR602", "FRR606", "FRR624", "FRR625", "FRR626", "FRR627", "FRR640"}
