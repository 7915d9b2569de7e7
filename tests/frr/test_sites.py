"""What the site check says of every route of random sites is what live FRR has. `make soak PART=sites` tries more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.frr.installation import Installation
from tests.frr.sites.met import SITES as MET
from tests.frr.sites.soak import Tally, judged, tried

pytestmark = [pytest.mark.frr, pytest.mark.deep]

SITES = 24
JOBS = 4
"""Sites at a time: they wait for timers most of the time."""


def test_every_route_is_where_the_site_check_says(installation: Installation) -> None:
    tally = Tally()
    with ThreadPoolExecutor(JOBS) as pool:
        for one in pool.map(lambda number: tried(installation, number), range(SITES)):
            tally.add(one)
    assert tally.wrong == {}
    assert tally.sites > SITES * 0.8
    assert tally.losing >= 0.3 * tally.sites, tally
    assert tally.unknown <= 0.05 * tally.routes, tally


@pytest.mark.parametrize("name", MET)
def test_what_was_met_once_is_as_predicted(name: str, installation: Installation) -> None:
    found = judged(installation, 0, MET[name])
    assert found
    assert found.wrong == []
    assert found.unknown < found.routes / 2
