"""Everything that only looks at a file, at the same time: vtysh's check, the linter, and what differs in FRR.

Each waits for other programs most of the time, and the gate says what it thinks when all have answered.
"""

from __future__ import annotations

from typing import NamedTuple

from reloader import checking, daemons, gate, running, verify
from reloader.checking import Checked
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.frr import Frr
from reloader.linter import Findings, Linter
from reloader.together import Together
from reloader.verify import Judgement


class Survey(NamedTuple):
    """What was seen. `plan` is None where FRR is empty or nobody could be asked; `unlocked`: nobody else configures."""

    found: Daemons
    empty: bool
    checked: Checked
    findings: Findings
    plan: Judgement | None
    unlocked: bool
    needed: frozenset[str]


def look(frr: Frr, linter: Linter | None, confdir: Confdir, data: bytes, *, wants_plan: bool) -> Survey:
    """Looks at the file in `confdir`, whose content is `data`, and at FRR. Changes nothing. Raises OSError.

    `wants_plan`: what differs is wanted where FRR has anything at all.
    """
    findings = plan = unlocked = None
    empty = False
    with Together() as together:
        checked = together.submit(checking.check, frr, confdir, data)  # it needs no daemon
        found = frr.probe()
        if linter is not None:
            findings = together.submit(linter.look, confdir, found.version, frr.stop)
        if found.up - {daemons.OVERSEER} and not found.hung:
            empty = running.is_empty(frr.texts())
            if wants_plan and not empty:
                plan = together.submit(verify.plan, frr, confdir)
            unlocked = together.submit(frr.drop_candidate, confdir)
        needed = gate.needed(data)
    return Survey(
        found,
        empty,
        checked.result(),
        findings.result() if findings else Findings(),
        plan.result() if plan else None,
        unlocked.result() if unlocked else True,
        needed,
    )
