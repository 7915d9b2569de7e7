"""The commands that take a running FRR from the old configuration to the new one, in an order without a bad moment.

Definitions come before their uses and go after them; a definition that stays is changed in place. A VNI leaves its VRF
before the VRF's instance goes, and joins it after the instance is there.
"""

from __future__ import annotations

from frrcompile.diff.changes import Difference
from frrcompile.diff.commands import bgp, definitions, rest
from frrcompile.diff.commands.plan import Plan, written
from frrcompile.facts.releases import Release

__all__ = ["WAIT", "commands"]

WAIT = "! wait until FRR has let go of the L3VNI: some seconds"
"""Stands where bgpd needs a moment: from 10.0 on it takes an L3VNI away in its own time, and ends no instance before."""


def commands(difference: Difference, release: Release) -> list[str]:
    """The lines to type into vtysh's configuration mode, in order; none where there is no difference."""
    plan = Plan(difference, release)
    definitions.make(plan)
    instances = bgp.Instances(plan)
    if rest.leave_vnis(plan, instances.rebuilt):
        plan.say((), tuple(WAIT.split()))
    instances.end()
    rest.change(plan)
    instances.change()
    rest.join_vnis(plan, instances.rebuilt)
    definitions.end(plan)
    rest.end(plan)
    return list(written(plan))
