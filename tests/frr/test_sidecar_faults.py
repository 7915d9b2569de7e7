"""Faults around the sidecar: each scene on one FRR version, in turn; the soak plays all of them on all."""

from __future__ import annotations

import pytest

from tests.frr.conftest import NO_FRR
from tests.frr.installation import installations
from tests.frr.router import Router
from tests.frr.sidecar_faults import NEEDS, SCENES

pytestmark = [pytest.mark.frr, pytest.mark.deep]


# Of a fault that may come at any step, CI tries the worst one.
TRIED = [
    pytest.param(name, marks=[pytest.mark.long] if name.endswith((" at check", " at compare")) else [])
    for name in SCENES
]


@pytest.mark.parametrize("name", TRIED)
def test_scene(name: str) -> None:
    versions = installations()
    if not versions:
        pytest.skip(NO_FRR)
    if not NEEDS.get(name, True):
        pytest.skip("libfaketime is not here (Debian: apt-get install libfaketime)")
    with Router(versions[list(SCENES).index(name) % len(versions)]) as router:
        print(f"FRR {router.installation.version}")
        SCENES[name](router)
