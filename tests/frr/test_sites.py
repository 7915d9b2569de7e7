"""What the site check says of every route of random sites is what live FRR has. `make soak PART=sites` tries more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.frr.installation import Installation
from tests.frr.sites.soak import Tally, tried

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
