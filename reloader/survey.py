"""Everything that only looks at a file, at the same time: vtysh's check, the linter, and what differs in FRR.

Each waits for other programs most of the time, and the gate says what it thinks when all have answered. What can no
longer change the answer is ended: a file with a line that FRR does not know needs no plan.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from threading import Event
from typing import NamedTuple

from reloader import checking, daemons, gate, running, verify
from reloader.checking import Checked
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.frr import Frr
from reloader.linter import Findings, Linter
from reloader.together import Together
from reloader.verify import Judgement

LOOK_SECONDS = 0.5  # between two looks whether to leave


class Survey(NamedTuple):
    """What was seen. `plan` is None where FRR is empty or was not asked; `unlocked`: no other session configures.

    `left` is why it was left before all had answered, empty where it was not.
    """

    found: Daemons
    empty: bool
    checked: Checked
    findings: Findings
    plan: Judgement | None
    unlocked: bool
    needed: frozenset[str]
    left: str = ""


def look(
    frr: Frr,
    linter: Linter | None,
    confdir: Confdir,
    data: bytes,
    *,
    wants_plan: bool,
    leave: Callable[[Daemons], str] = lambda _found: "",
) -> Survey:
    """Looks at the file in `confdir`, whose content is `data`, and at FRR. Changes nothing. Raises OSError.

    `wants_plan`: what differs is wanted where FRR has anything at all. `leave` says why to end at once, empty where not;
    it gets the daemons at the beginning.
    """
    findings = plan = unlocked = None
    empty, left = False, ""
    wrong, refused, away = Event(), Event(), Event()  # by vtysh; by the linter; before any answer

    def check() -> Checked:
        checked = checking.check(dataclasses.replace(frr, stop=lambda: frr.stop() or away.is_set()), confdir, data)
        if checked != Checked():
            wrong.set()
        return checked

    def lint(linter: Linter, version: str | None) -> Findings:
        findings = linter.look(confdir, version, lambda: frr.stop() or away.is_set() or wrong.is_set())
        if gate.check_findings(findings):
            refused.set()
        return findings

    def decided() -> bool:
        return frr.stop() or away.is_set() or wrong.is_set() or refused.is_set()

    with Together() as together:
        checked = together.submit(check)  # it needs no daemon
        found = frr.probe()
        if linter is not None:
            findings = together.submit(lint, linter, found.version)
        if found.up - {daemons.OVERSEER} and not found.hung:
            empty = running.is_empty(frr.texts())
            if wants_plan and not empty:
                plan = together.submit(verify.plan, dataclasses.replace(frr, stop=decided), confdir)
            unlocked = together.submit(frr.drop_candidate, confdir)
        needed = together.submit(gate.needed, data, decided)
        while not together.done(LOOK_SECONDS):
            left = left or leave(found)
            if left:
                away.set()
    return Survey(
        found,
        empty,
        checked.result(),
        findings.result() if findings else Findings(),
        plan.result() if plan else None,
        unlocked.result() if unlocked else True,
        needed.result(),
        left,
    )
