"""What the site check says of every route of random sites is what live FRR has. `make soak PART=sites` tries more."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.frr.installation import Installation
from tests.frr.sites.soak import FOUND, Tally, tried

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


def test_sites_that_were_not_as_predicted_once(installation: Installation) -> None:
    numbers = json.loads(FOUND.read_text())
    with ThreadPoolExecutor(JOBS) as pool:
        found = [one for one in pool.map(lambda number: tried(installation, number), numbers) if one]
    assert {one.number: one.wrong for one in found if one.wrong} == {}
