"""What a lab is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lab import plan

if TYPE_CHECKING:
    from tests.lab.sites.site import Site


def model(name: str) -> str:
    """A model of the lab's own, by the name of its file in models/."""
    return (Path(__file__).parent / "models" / f"{name}.yaml").read_text()


def nothing(_site: Site) -> list[plan.Step]:
    """No steps."""
    return []


@dataclass(frozen=True, slots=True)
class Scenario:
    """Models, and what is special about them. Each node of each model is a machine.

    `vnis` are the VNIs that packets must cross. `addresses` has what a NIC without addresses in the model has before, by
    node and NIC; without it the lab chooses one in the leaf's subnet. `releases` are the FRR releases that the scenario is
    for, None: all. A finding of the compiler fails the scenario, unless its code is one of `codes`. `default_route`: the
    leaves announce one. `bfd_interval` is that of the leaves in milliseconds; BFD uses the longer interval of both sides.
    A machine with two busy cores is late by some tenths of a second.
    `before` are the steps before `plumb apply`, `after` those at the end.
    """

    models: tuple[str, ...]
    vnis: frozenset[int]
    addresses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    releases: tuple[str, ...] | None = None
    codes: frozenset[str] = frozenset()
    default_route: bool = False
    bfd_interval: int = 1000
    before: Callable[[Site], list[plan.Step]] = nothing
    after: Callable[[Site], list[plan.Step]] = nothing

    def is_for(self, version: str) -> bool:
        """Whether the scenario is for a version of FRR."""
        return self.releases is None or version.startswith(self.releases)
