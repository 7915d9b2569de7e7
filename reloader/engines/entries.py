"""Entries of lists, replaced by their numbers: no list is empty on the way, or lets through what neither file does.

frr-reload.py lists a new entry before the `no` of the old one. FRR takes the new one in the old one's place, and that `no`
goes by the number, whatever stands behind it: the new entry would be gone until somebody looks. And FRR does not take an
entry that the list still has under another number, or with `exact-match`. Measured for every kind of list on 8.4.4, 10.3
and 10.7.1; two prefix-list entries may be the same in 10.3 and 10.7.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from frrcompile.facts.policies import beginning
from reloader.residual import Difference

ENTRY = re.compile(
    rf"(?P<no>no )?(?P<list>(?:{beginning(lists_only=True)}) \S+)"
    r" seq (?P<number>\d+) (?P<content>.+?)(?: exact-match)?"
)


def in_place(differences: Iterable[Difference]) -> Iterator[Difference]:
    """The differences without each `no` that a new entry of its number makes needless; what is in a new one's way goes first."""
    entries = {one: ENTRY.fullmatch(one.path[0]) if len(one.path) == 1 else None for one in differences}
    gone: dict[tuple[str, str], list[Difference]] = {}  # two of one number, where bgpd and mgmtd have different ones
    for one, entry in entries.items():
        if entry and entry["no"]:
            gone.setdefault((entry["list"], entry["number"]), []).append(one)
    has = {(entry["list"], entry["content"]): entry["number"] for entry in entries.values() if entry and entry["no"]}
    left = dict(gone)
    first: dict[Difference, Difference] = {}
    for one, entry in entries.items():
        if entry and not entry["no"]:
            in_the_way = left.pop((entry["list"], has.get((entry["list"], entry["content"]), "")), None)
            if in_the_way:
                first[one] = in_the_way[0]
            left.pop((entry["list"], entry["number"]), None)
    needless = {one for key in gone.keys() - left.keys() for one in gone[key]}
    for one in entries:
        if one in first:
            yield Difference("add", first[one].path)
        if one not in needless:
            yield one
