"""Fixtures for tests against real FRR, in every version found on this machine."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest

from tests.frr.installation import Installation, installations
from tests.frr.router import Router

NO_FRR = (
    "NOTHING WAS TRIED AGAINST REAL FRR: none is here (or FRRCOMPILE_FRR names none, or this is not root); "
    "`make test` as root on Debian installs it"
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs each test that names `installation`, itself or through `router`, once per version; the version is its id."""
    if "installation" not in metafunc.fixturenames:
        return
    found = [pytest.param(one, id=one.version, marks=pytest.mark.frr) for one in installations()]
    nothing = pytest.param(None, id="none", marks=[pytest.mark.frr, pytest.mark.skip(reason=NO_FRR)])
    metafunc.parametrize("installation", found or [nothing], indirect=True)


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A deep test is tried on one version in CI, another for each test and case; on the others by `make soak`."""
    versions = installations()
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if not item.get_closest_marker("deep") or item.get_closest_marker("every_version"):
            continue
        if isinstance(parameters.get("installation"), Installation):
            others = {name: value for name, value in parameters.items() if name != "installation"}
            turn = zlib.crc32(f"{item.location[0]} {item.function.__name__} {others}".encode())  # type: ignore[attr-defined]
            if versions[turn % len(versions)] != parameters["installation"]:
                item.add_marker(pytest.mark.long)


@pytest.fixture
def installation(request: pytest.FixtureRequest) -> Installation:
    """One FRR of this machine."""
    found = request.param
    assert isinstance(found, Installation)
    return found


@pytest.fixture
def router(installation: Installation) -> Iterator[Router]:
    """A fresh private FRR with an empty configuration; its logs are shown when the test fails.

    It takes some 0.3 s to start, less than emptying a used one by frr-reload.py would.
    """
    with Router(installation) as running:
        yield running
        print(running.logs())
