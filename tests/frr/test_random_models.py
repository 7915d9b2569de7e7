"""Random models on real FRRs: each loads without an error and is judged clean, and reloads end as a fresh start does.

A bounded number with a fixed seed; `python -m tests.frr.soak` runs as long as it is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import strategies as st

from tests.frr.installation import Installation
from tests.frr.known_limits import unknown
from tests.frr.trial import compiled, trial, vrfs
from tests.models.pairs import examples, pairs

pytestmark = [pytest.mark.frr, pytest.mark.deep]

SEED = 20240607
PAIRS = 4
SINGLES = 12

few = st.sampled_from((0, 1, 2, 3))


def valid(drawn: Iterator[list[dict[str, object]]], version: str, number: int, skipped: int = 3) -> Iterator[list[str]]:
    """So many pairs that compile; a test fails that finds too many that do not, and so tries little."""
    while number:
        confs = [conf for document in next(drawn) if (conf := compiled(document, version)) is not None]
        if len(confs) == 2:
            number -= 1
            yield confs
        else:
            skipped -= 1
            assert skipped >= 0, "the compiler refuses models that should be valid"


def test_random_models_load_and_are_judged_clean(installation: Installation) -> None:
    version = installation.version
    for first, second in valid(examples(SEED, pairs(few)), version, SINGLES // 2):
        for conf in (first, second):
            assert unknown(trial(installation, conf).symptoms, version) == [], conf


def test_reloads_between_random_models_end_as_a_fresh_start(installation: Installation) -> None:
    for confs in valid(examples(SEED + 1, pairs(few)), installation.version, PAIRS):
        assert unknown(trial(installation, *confs).symptoms, installation.version) == [], confs


def test_reloads_between_models_of_fifty_vrfs(installation: Installation) -> None:
    drawn = itertools.islice(examples(SEED + 2, pairs(st.just(50))), 1)
    for documents in drawn:
        for document in documents:
            for vrf in document["vrfs"].values():
                vrf.pop("nodes", None)  # all of them on the node, and none without a line
                vrf.setdefault("networks", ["10.9.0.0/24"])
        first, second = next(valid(iter([documents]), installation.version, 1, 0))
        assert vrfs(first) == vrfs(second) == 50
        assert unknown(trial(installation, first, second).symptoms, installation.version) == []
