"""What a diff says of sessions is what happens to them: the kinds that CI tries (`python -m tests.frr.impact` tries all)."""

from __future__ import annotations

import pytest

from tests.frr.impact import measure
from tests.frr.impact_kinds import KINDS
from tests.frr.installation import Installation

UNTOUCHED = "nothing, to compare with"

pytestmark = [pytest.mark.frr, pytest.mark.deep]


def test_a_reset_is_said_where_there_is_one_and_only_there(installation: Installation) -> None:
    # A session that nothing was done to goes down only where the machine is too busy for keepalives: nothing was measured.
    for _ in range(3):
        results = measure(installation, sample=True)
        if not any(one.reset for one in results if one.kind == UNTOUCHED):
            break
    assert [one for one in results if not one.true] == []
    assert {one.kind for one in results} == {kind.name for kind in KINDS if kind.sample}
    assert {one.reset for one in results} == {True, False}
    assert {one.kind for one in results if one.fewer} == {"route-map in, that denies", "route-map out, that denies"}
