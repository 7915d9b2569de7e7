"""Two frr.confs, parted by a line `%%`: what differs, what that does, and every format of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

from frrcompile.diff import difference
from frrcompile.diff.commands import commands
from frrcompile.diff.impact import assess
from frrcompile.diff.review import Review
from frrcompile.report import diff_json, diff_markdown, diff_text
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target

RELEASE = (10, 7)
PARTED = "\n%%\n"


def run(data: bytes) -> None:
    old, _, new = data.decode(errors="replace").replace(oracle.SECRET, "").partition(PARTED)
    old, new = (oracle.planted(text.encode()).decode() for text in (old, new))
    for text in (old, new):
        oracle.expect(not difference(text, text, RELEASE), "a file differs from itself", ascii(text[:300]))
    found = difference(old, new, RELEASE)
    list(commands(found, RELEASE))  # these have secrets: FRR is to take them
    review = Review("node-0", "old.conf", "new.conf", assess(found))
    json.loads(said := diff_json.render([review]))
    for shown in (said, diff_markdown.render([review]), diff_text.render([review]), diff_text.stat([review])):
        oracle.output(shown, "diff")


def pairs() -> Iterator[bytes]:
    """Each configuration beside the one after it."""
    yield from (PARTED.encode().join(pair) for pair in pairwise(seeds.confs()))


def words() -> Iterator[str]:
    yield PARTED
    yield from seeds.words()


TARGET = Target(run, pairs, words, size=4096)
