"""What a lab is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.lab import plan

if TYPE_CHECKING:
    from tests.lab.sites.members import Member


def nothing(_members: Sequence[Member]) -> list[plan.Step]:
    """No steps."""
    return []


@dataclass(frozen=True, slots=True)
class Scenario:
    """Models, and what is special about them. Each node of each model is a machine.

    `addresses` has what a NIC without addresses in the model has before, by node and NIC. `vnis` are the VNIs that packets
    must cross, `releases` the FRR releases that the scenario is for, None: all. Findings of the compiler fail the scenario,
    but for those with the codes `codes`. `default_route`: the leaves announce one.
    `before` are steps before `plumb apply`, `after` those at the end.
    """

    models: tuple[str, ...]
    vnis: frozenset[int]
    addresses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    releases: tuple[str, ...] | None = None
    codes: frozenset[str] = frozenset()
    default_route: bool = False
    before: Callable[[Sequence[Member]], list[plan.Step]] = nothing
    after: Callable[[Sequence[Member]], list[plan.Step]] = nothing
