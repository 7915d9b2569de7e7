"""A dozen landings with kills on each version; `make soak PART=kills` has 150."""

from __future__ import annotations

import pytest

from tests.frr.installation import Installation
from tests.frr.sidecar_kills import run

pytestmark = [pytest.mark.frr, pytest.mark.deep, pytest.mark.every_version]
LANDINGS = 12
SEED = 11


def test_landings_with_kills_lose_nothing_and_never_lie(installation: Installation) -> None:
    assert run(installation, LANDINGS, SEED) == []
