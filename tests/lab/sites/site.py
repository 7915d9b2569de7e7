"""A scenario for one version of FRR, with all that the lab has of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.lab.sites.endpoints import Endpoint, Flow, endpoints, flows
from tests.lab.sites.members import Member, members
from tests.lab.sites.scenario import Scenario
from tests.lab.sites.wiring import Leaf, leaves


@dataclass(frozen=True, slots=True)
class Site:
    """The machines, the leaves that their models expect, what stands behind the machines, and what must reach what."""

    scenario: Scenario
    version: str
    members: tuple[Member, ...]
    leaves: tuple[Leaf, ...]
    endpoints: tuple[Endpoint, ...]
    flows: tuple[Flow, ...]


def site(scenario: Scenario, version: str) -> Site:
    """Compiles the scenario's models. Raises AssertionError where the compiler refuses one, or finds what is not expected."""
    found = members(scenario, version)
    ends = endpoints(found)
    return Site(scenario, version, found, leaves(scenario, found), ends, tuple(flows(ends)))
