"""The table of settings of one value: it names commands of FRR, and tells which setting a line is about."""

from __future__ import annotations

import re

import pytest

from frrcompile.diff import difference
from frrcompile.facts.pattern import Pattern
from frrcompile.facts.releases import NEWEST, OLDEST
from frrcompile.facts.settings import STATED, TRIED
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import document
from frrcompile.syntax.settings import settings, tried
from tests.facts.blocks import within


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("neighbor x route-map m in", "neighbor x route-map in"),
        ("neighbor x timers 3 9", "neighbor x timers"),
        ("neighbor x timers connect 9", "neighbor x timers connect"),
        ("neighbor x weight", "neighbor x weight"),
        ("network 10.0.0.0/8 route-map m", "network 10.0.0.0/8"),
        ("ip router-id 192.0.2.1", "ip router-id"),
        ("ip router-id 192.0.2.1 vrf red", "ip router-id vrf red"),
        ("match ip address prefix-list p", "match ip address prefix-list"),
        ("match ip address a", "match ip address"),
        ("set metric 5", "set metric"),
        ("label vpn export auto", "label vpn export"),
        ("label vpn export allocation-mode per-vrf", "label vpn export allocation-mode"),
        ("bgp bestpath compare-routerid", None),
        ("neighbor x activate", None),
    ],
)
def test_what_says_which_setting_a_line_is_about(line: str, key: str | None) -> None:
    assert settings().key(line.split()) == (tuple(key.split()) if key else None)


def test_a_setting_that_was_tried_belongs_to_its_node() -> None:
    assert tried("bgp").key(["bgp", "router-id", "192.0.2.1"])
    assert tried("bgp-ipv4").key(["bgp", "router-id", "192.0.2.1"]) is None
    assert tried("nowhere").key(["bgp", "router-id", "192.0.2.1"]) is None


@pytest.mark.parametrize(
    ("node", "one", "other"),
    [
        ("config", "ip nht bgp route-map m", "no ip nht resolve-via-default"),
        ("config", "ip router-id 192.0.2.1", "ip router-id 192.0.2.2 vrf red"),
        ("bgp-ipv4", "label vpn export auto", "label vpn export allocation-mode per-nexthop"),
    ],
)
def test_one_of_two_settings_is_taken_away(node: str, one: str, other: str) -> None:
    found = difference(within(node, one, other), within(node, other), (10, 7))
    assert [(change.kind, change.entry.text) for change in found.changes] == [("removed", one)]


def _words(node: str) -> set[str]:
    """The words of the commands of a node, in the oldest or the newest release, and of the headers that stand in it."""
    entries = document()["nodes"]
    releases = (OLDEST, NEWEST)
    commands = [table(release).commands(one["frr"]) for one in entries if one["node"] == node for release in releases]
    headers = [one["header"] for one in entries if one.get("parent") == node]
    return set(re.findall(r"[\w-]+", str((commands, headers))))


def test_the_table_names_commands_that_some_release_has() -> None:
    known = {entry["node"]: _words(entry["node"]) for entry in document()["nodes"]}
    rows = [*((nodes.split(), written) for nodes, written in TRIED), *((known.keys(), one) for one in STATED)]
    unknown = {
        (written, word)
        for nodes, written in rows
        for choice in Pattern.parse(written).words
        for word in choice or ()
        if not any(word in known[node] for node in nodes)
    }
    assert unknown == set()
