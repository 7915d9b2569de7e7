"""Random models on real FRRs: each loads without an error and is judged clean, and reloads end as a fresh start does.

A bounded number with a fixed seed; `python -m tests.frr.soak` runs as long as it is told.
"""

from __future__ import annotations

import itertools
from contextlib import ExitStack

import pytest

from tests.frr.installation import Installation
from tests.frr.known_limits import unknown
from tests.frr.trial import compiled, pair, start
from tests.models.pairs import examples

pytestmark = [pytest.mark.frr, pytest.mark.deep]

SEED = 20240607
PAIRS = 4
SINGLES = 12


def test_random_models_load_and_are_judged_clean(installation: Installation) -> None:
    tried = 0
    for documents in itertools.islice(examples(SEED), SINGLES):
        conf = compiled(documents[0], installation.version)
        if conf is None:
            continue
        tried += 1
        with ExitStack() as stack:
            assert unknown(start(stack, installation, conf).symptoms, installation.version) == [], conf
    assert tried > SINGLES // 2


def test_reloads_between_random_models_end_as_a_fresh_start(installation: Installation) -> None:
    for documents in itertools.islice(examples(SEED + 1), PAIRS):
        confs = [compiled(document, installation.version) for document in documents]
        if confs[0] is None or confs[1] is None:
            continue
        with ExitStack() as stack:
            assert unknown(pair(stack, installation, confs[0], confs[1]), installation.version) == [], confs
