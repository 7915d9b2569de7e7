"""Each rule's own documentation is its test: Bad makes it find something, Good does not."""

from __future__ import annotations

import pytest

from frrcompile.lint.configuration import Configuration
from frrcompile.lint.engine import lint
from frrcompile.lint.registry import Rule
from frrcompile.lint.rules import rules

RELEASE = (10, 7)

SAMPLES = [text for one in rules().values() for text in (one.page.bad, one.page.good)]

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


@pytest.mark.parametrize("one", [one for one in rules().values() if one.keywords], ids=lambda one: one.code)
def test_without_its_keywords_it_finds_nothing(one: Rule) -> None:
    """The engine does not run it on such a file: here it runs nevertheless."""
    for text in SAMPLES:
        config = Configuration(text, "-", release(one))
        assert config.may_have(one.keywords) or not list(one.check(config)), text


def test_a_rule_with_keywords_finds_them_shortened() -> None:
    text = "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 shutd\nexit\n"
    assert [finding.code for finding in lint(text, "-", RELEASE, {"FRR407"})] == ["FRR407"]


@every_rule
def test_its_page_says_all(one: Rule) -> None:
    assert one.page.summary.endswith(".")
    assert one.page.what
    assert one.page.why
