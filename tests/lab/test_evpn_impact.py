"""What a diff says of VNIs and VRFs is what happens to their routes: the kinds that CI tries, all by `make soak`."""

from __future__ import annotations

import pytest

from tests.frr.installation import Installation
from tests.lab.evpn import KINDS
from tests.lab.evpn_impact import measure

# On one FRR in CI, in turn, as tests/frr/conftest.py has it for what is deep.
pytestmark = [pytest.mark.lab, pytest.mark.deep]


def test_what_is_said_happens(installation: Installation) -> None:
    results = measure(installation, [kind for kind in KINDS if kind.sample])
    assert [one for one in results if not one.true] == []
    assert {bool(one.gone) for one in results} == {True, False}
