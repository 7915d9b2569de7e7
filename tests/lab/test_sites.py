"""Every scenario of lab.sites: what the model says is made by `plumb apply`, and packets go where they must."""

from __future__ import annotations

import dataclasses
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.frr.installation import Installation, installations
from tests.lab import machine
from tests.lab.machine import Report
from tests.lab.sites.scenario import Scenario
from tests.lab.sites.scenarios import SCENARIOS
from tests.lab.sites.seen import problems
from tests.lab.sites.site import Site, site
from tests.lab.sites.steps import steps

pytestmark = pytest.mark.lab

AT_A_TIME = 3
"""Labs wait for timers most of the time."""


def installation_for(name: str, scenario: Scenario, found: tuple[Installation, ...]) -> Installation | None:
    """The FRR that a scenario is tried on: always the same one of those that it is for."""
    able = [one for one in found if scenario.is_for(one.version)]
    return able[zlib.crc32(name.encode()) % len(able)] if able else None


class Labs:
    """The labs of all scenarios, run a few at a time."""

    def __init__(self, names: list[str], files: Path) -> None:
        self._pool = ThreadPoolExecutor(AT_A_TIME)
        self._files = files
        self._runs: dict[str, Future[tuple[Site, Report]]] = {}
        for name in names:
            self._begun(name)

    def __getitem__(self, name: str) -> tuple[Site, Report]:
        return self._begun(name).result()

    def _begun(self, name: str) -> Future[tuple[Site, Report]]:
        if name not in self._runs:
            self._runs[name] = self._pool.submit(self._run, name)
        return self._runs[name]

    def _run(self, name: str) -> tuple[Site, Report]:
        installation = installation_for(name, SCENARIOS[name], installations())
        if installation is None:
            pytest.skip("no FRR here that the scenario is for")
        made = site(SCENARIOS[name], installation.version)
        files = self._files / name.replace(" ", "")
        files.mkdir()
        return made, machine.run(steps(made), files, [installation])


@pytest.fixture(scope="module")
def labs(request: pytest.FixtureRequest, lab_files: Path) -> Labs:
    wanted = [
        str(item.callspec.params["name"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and "labs" in item.fixturenames and hasattr(item, "callspec")
    ]
    return Labs(list(dict.fromkeys(wanted)), lab_files)


@pytest.mark.parametrize("name", SCENARIOS)
def test_packets_go_through_the_right_vni(name: str, labs: Labs) -> None:
    """Each ping of the plan came back without loss, or the lab had ended there."""
    made, report = labs[name]
    assert {flow.vni for flow in made.flows if flow.vni} == SCENARIOS[name].vnis
    assert made.flows
    assert problems(made, report) == []


def test_another_vni_is_noticed(labs: Labs) -> None:
    """The same packets are wrong for a flow through another VNI."""
    made, report = labs["README"]
    other = [dataclasses.replace(flow, vni=101) for flow in made.flows]
    assert problems(dataclasses.replace(made, flows=tuple(other)), report) != []
