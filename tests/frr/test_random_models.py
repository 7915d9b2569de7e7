"""Random models on real FRRs: each loads without an error and is judged clean, and reloads end as a fresh start does.

A bounded number with a fixed seed; `python -m tests.frr.soak` runs as long as it is told.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import strategies as st

from tests.frr.installation import Installation
from tests.frr.known_limits import unknown
from tests.frr.trial import compiled, trial, vrfs
from tests.models.mutations import mutated
from tests.models.pairs import examples, pairs
from tests.models.scalars import Data
from tests.models.strategies import sites

pytestmark = [pytest.mark.frr, pytest.mark.deep]

SEED = 20240607
PAIRS = 4
SINGLES = 12
WRONG = 12
WRONG_DRAWN = 300

few = st.sampled_from((0, 1, 2, 3))


def confs(documents: list[Data], version: str) -> list[str]:
    """Both models' texts: a model that is refused is a failure, as it is valid by construction."""
    made = [conf for document in documents if (conf := compiled(document, version))]
    assert len(made) == len(documents), "the compiler refuses a valid model"
    return made


@pytest.mark.every_version
def test_random_models_load_and_are_judged_clean(installation: Installation) -> None:
    version = installation.version
    for documents in itertools.islice(examples(SEED, pairs(few, version)), SINGLES // 2):
        for conf in confs(documents, version):
            assert unknown(trial(installation, conf).symptoms, version) == [], conf


@pytest.mark.every_version
def test_reloads_between_random_models_end_as_a_fresh_start(installation: Installation) -> None:
    version = installation.version
    for documents in itertools.islice(examples(SEED + 1, pairs(few, version)), PAIRS):
        made = confs(documents, version)
        assert unknown(trial(installation, *made).symptoms, version) == [], made


def test_reloads_between_models_of_fifty_vrfs(installation: Installation) -> None:
    version = installation.version
    documents = next(examples(SEED + 2, pairs(st.just(50), version)))
    for document in documents:
        for vrf in document["vrfs"].values():
            vrf.pop("nodes", None)  # all of them on the node, and none without a line
            vrf.setdefault("networks", ["10.9.0.0/24"])
    made = confs(documents, version)
    assert list(map(vrfs, made)) == [50, 50]
    assert made[0] != made[1]
    assert unknown(trial(installation, *made).symptoms, version) == []


def test_what_compiles_of_wrong_models_is_good(installation: Installation) -> None:
    """Most mutations of a valid model are refused; of the others FRR must take every line. Raw lines and debug words
    are left out: they are FRR's own words, which the compiler does not judge.
    """
    version = installation.version
    tried = 0
    for document in itertools.islice(examples(SEED + 3, mutated(worded(version))), WRONG_DRAWN):
        conf = compiled(document, version)
        if conf is None:
            continue
        tried += 1
        assert unknown(trial(installation, conf).symptoms, version) == [], conf
        if tried == WRONG:
            return
    pytest.fail(f"only {tried} of {WRONG_DRAWN} wrong models compile")


def worded(version: str) -> st.SearchStrategy[Data]:
    """Valid models without FRR's own words."""

    def without(site: Data) -> Data:
        site.pop("raw", None)
        site.get("frr", {}).pop("debug", None)
        return site

    return sites(few, version=version).map(without)
