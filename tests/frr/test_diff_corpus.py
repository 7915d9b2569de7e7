"""The commands of a diff between routers of FRR's own tests: what runs then is what a fresh start of the new file shows."""

from __future__ import annotations

import re

import pytest

from tests.frr.changing import change
from tests.frr.corpus_pairs import Pair, pairs
from tests.frr.installation import Installation

pytestmark = [pytest.mark.frr, pytest.mark.deep]

PARTS = 4
EACH = 3
"""How many parts CI tries, and of how many pairs: each part on one FRR, in turn."""

LONGEST = 15
"""The letters that the name of a Linux interface has at most."""

LARGEST = 4000
"""Lines of two files that are too many: 10.3 and 10.7 take more than 0.1 s for each line that is typed into hundreds of links."""

LIMITS = {
    r"said: % Can not configure the local system as neighbor": "an address that goes is bgpd's own until zebra has told it",
}
"""What no order of commands can do, or what makes no difference, with its reason; what follows from it is forgiven."""


def tried(installation: Installation, pair: Pair) -> list[str] | None:
    """What is wrong after the commands from one to the other; None where this FRR does not take one of the two, or is too slow for them."""
    if pair.old.count("\n") + pair.new.count("\n") > LARGEST:
        return None
    if any(installation.check(text).returncode for text in (pair.old, pair.new)):
        return None
    named = re.findall(r"^ *interface (\S+)", f"{pair.old}\n{pair.new}", re.MULTILINE)
    links = sorted({name for name in named if len(name) <= LONGEST} - {"lo"})
    outcome = change(installation, pair.old, pair.new, links)
    if outcome.refused:
        return None
    known = any(re.fullmatch(limit, symptom) for limit in LIMITS for symptom in outcome.symptoms)
    return [] if known else outcome.symptoms


@pytest.mark.parametrize("part", range(PARTS))
def test_some(installation: Installation, part: int) -> None:
    found = pairs()
    step = len(found) // (PARTS * EACH)
    outcomes = {}
    for pair in found[part * step * EACH :: step // 4]:
        if (wrong := tried(installation, pair)) is not None:
            outcomes[pair.name] = wrong
        if len(outcomes) == EACH:
            break
    assert len(outcomes) == EACH
    assert {name: wrong for name, wrong in outcomes.items() if wrong} == {}


@pytest.mark.long
def test_all(installation: Installation) -> None:
    outcomes = {pair.name: wrong for pair in pairs() if (wrong := tried(installation, pair)) is not None}
    assert len(outcomes) > len(pairs()) // 2
    assert {name: wrong for name, wrong in outcomes.items() if wrong} == {}
