"""Faults around the sidecar: each scene on one FRR version, in turn; the soak plays all of them on all."""

from __future__ import annotations

import pytest

from tests.frr.conftest import NO_FRR
from tests.frr.installation import installations
from tests.frr.router import Router
from tests.frr.sidecar_faults import NEEDS, SCENES

pytestmark = [pytest.mark.frr, pytest.mark.deep]


# Of a fault that may come at any step, CI tries the worst ones.
IN_CI = {
    "the sidecar is killed": ("apply", "rollback", "health"),
    "the sidecar is ended": ("verify", "rollback"),
    "the sidecar is asked": ("rollback",),
}


def _is_long(name: str) -> bool:
    what, at, phase = name.rpartition(" at ")
    return bool(at) and phase not in IN_CI.get(what, ("apply",))


TRIED = [pytest.param(name, marks=[pytest.mark.long] if _is_long(name) else []) for name in SCENES]


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
