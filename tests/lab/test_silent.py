"""What a silent host loses, and what keeps it: the facts of docs/plumbing.md, in every FRR there is."""

from __future__ import annotations

import re

import pytest

from tests.frr.installation import Installation
from tests.lab import machine, silent
from tests.lab.conftest import Background
from tests.lab.machine import Report

pytestmark = pytest.mark.lab

LABS: dict[str, Background] = {}


@pytest.fixture
def report(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The lab of one FRR. Each of its steps has an outcome that is expected; another one ends it with a LabError."""
    if installation.version not in LABS:
        files = tmp_path_factory.mktemp("silent")
        steps = silent.steps(installation.version)
        LABS[installation.version] = Background(lambda: machine.run(steps, files, [installation]))
    return LABS[installation.version].report()


def test_the_route_goes_with_the_mac_address_while_the_neighbor_stays(report: Report) -> None:
    assert report["quiet: forgotten, aged"].ok
    assert re.search(r"^10\.110\.0\.1 .*STALE", report["neighbors, aged"].text, re.MULTILINE)
    assert not report["quiet: ping, aged"].ok


def test_a_managed_neighbor_and_a_host_that_is_routed_stay(report: Report) -> None:
    assert re.search(r"^10\.110\.0\.2 .*managed", report["neighbors, aged"].text, re.MULTILINE)
    assert report["managed: ping, after ageing"].ok
    assert report["routed: ping, after ageing"].ok


def test_the_subnets_route_brings_a_host_back(report: Report) -> None:
    assert report["quiet: ping, by the subnet"].ok
    assert report["quiet: known, after the ping"].ok


def test_a_collected_neighbor_takes_its_route_and_leaves_the_mac_address(report: Report) -> None:
    assert report["kept: forgotten, collected"].ok
    told = report["MACs after collecting"].text
    assert "[10.120.0.1]" not in told
    assert report["managed: known, after collecting"].ok


def test_a_managed_neighbor_that_dies_is_withdrawn_and_comes_back_by_itself(report: Report) -> None:
    assert report["managed: forgotten, down"].ok
    assert report["managed: known, up again"].ok
