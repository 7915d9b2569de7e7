"""Each rule's own documentation is its test: Bad makes it find something, Good does not."""

from __future__ import annotations

import pytest

from frrcompile.lint.engine import lint
from frrcompile.lint.registry import Rule
from frrcompile.lint.rules import rules

RELEASE = (10, 7)

every_rule = pytest.mark.parametrize("one", rules().values(), ids=lambda one: f"{one.code}-{one.name}")


def release(one: Rule) -> tuple[int, int]:
    """The newest release that the rule is for."""
    first, end = one.releases
    return RELEASE if one.applies(RELEASE) else max(first, (end[0], end[1] - 1))


@every_rule
def test_bad_is_found(one: Rule) -> None:
    assert [finding.code for finding in lint(one.page.bad, "bad", release(one), {one.code})]


@every_rule
def test_good_is_not(one: Rule) -> None:
    assert lint(one.page.good, "good", release(one), {one.code}) == []


@every_rule
def test_its_page_says_all(one: Rule) -> None:
    assert one.page.summary.endswith(".")
    assert one.page.what
    assert one.page.why
