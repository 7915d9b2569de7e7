"""A dozen random models in a row through the sidecar, on each version; the soak goes 300 steps."""

from __future__ import annotations

import warnings

import pytest
from hypothesis.errors import NonInteractiveExampleWarning

from tests.frr.installation import Installation
from tests.frr.known_limits import unknown
from tests.frr.sidecar_walk import walk

pytestmark = [pytest.mark.frr, pytest.mark.deep, pytest.mark.every_version]
STEPS = 12  # on each version


def test_a_random_walk_ends_where_a_fresh_start_does(installation: Installation) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        found = None
        for found in walk(installation, 7, STEPS):
            print(found)
    assert found is not None
    assert unknown([symptom.partition(": ")[2] for symptom in found.symptoms], installation.version) == []
    assert len(found.not_good) <= 1, found.not_good
