"""From which release on a change closes a session, and which never does."""

from __future__ import annotations

import pytest

from frrcompile.diff.impact.level import Level
from frrcompile.diff.impact.rules import FAMILY, NEIGHBOR, SINCE, WIDE_SINCE, rule_for, wide_for
from frrcompile.facts.releases import KNOWN, Release


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ("graceful-restart", [one for one in KNOWN if one >= (10, 2)]),
        ("capability dynamic", [one for one in KNOWN if one < (10, 3)]),
        ("local-role customer", [(8, 4), (8, 5), (9, 0)]),
        ("sender-as-path-loop-detection", [one for one in KNOWN if one >= (10, 4)]),
        ("soo 65001:1", list(KNOWN)),
        ("accept-own", list(KNOWN)),
        ("description text", []),
    ],
)
def test_a_change_of_a_neighbor_closes_its_session(line: str, closing: list[Release]) -> None:
    words = tuple(line.split())
    table = FAMILY if words[0] in FAMILY else NEIGHBOR
    rules = {one: rule_for(table, words, one) for one in KNOWN}
    assert [one for one, rule in rules.items() if rule and rule.level is Level.RESET] == closing


def test_a_change_of_graceful_restart_closes_the_sessions_of_an_instance() -> None:
    rules = {one: wide_for(("bgp", "graceful-restart"), one) for one in KNOWN}
    assert [one for one, rule in rules.items() if rule and rule.level is Level.RESET] == [
        *((10, 2), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)),
    ]


def test_what_changed_with_a_release_was_something_before() -> None:
    assert SINCE.keys() <= NEIGHBOR.keys()
    assert all(wide_for(tuple(name.split()), KNOWN[0]) for name in WIDE_SINCE)
