"""Everything that only looks at a file, at the same time: vtysh's check, the linter, and what differs in FRR.

Each waits for other programs most of the time, and the gate says what it thinks when all have answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from reloader import daemons, gate, running, verify
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.frr import Frr
from reloader.linter import Findings, Linter
from reloader.process import Finished
from reloader.verify import Judgement

NOTHING_FOUND = Findings()


@dataclass(slots=True)
class Survey:
    """What was seen. `plan` is None where FRR is empty or nobody could be asked; `unlocked`: nobody else configures."""

    found: Daemons
    empty: bool = False
    checked: Finished | None = None
    findings: Findings = NOTHING_FOUND
    plan: Judgement | None = None
    unlocked: bool = True
    needed: frozenset[str] = frozenset()


def look(frr: Frr, linter: Linter | None, confdir: Confdir, data: bytes, *, wants_plan: bool) -> Survey:
    """Looks at the file in `confdir`, whose content is `data`, and at FRR. Changes nothing. Raises OSError.

    `wants_plan`: what differs is wanted where FRR has anything at all.
    """
    survey = Survey(frr.probe())
    alive = bool(survey.found.up - {daemons.OVERSEER}) and not survey.found.hung
    survey.empty = alive and running.is_empty(frr.texts())
    works: list[Callable[[], None]] = []

    def check() -> None:
        survey.checked = frr.check(confdir)

    def lint() -> None:
        assert linter is not None
        survey.findings = linter.look(confdir, survey.found.version, frr.stop)

    def plan() -> None:
        survey.plan = verify.plan(frr, confdir)

    def unlock() -> None:
        survey.unlocked = frr.drop_candidate(confdir)

    if linter is not None:
        works.append(lint)  # the longest, so it begins first
    if alive and wants_plan and not survey.empty:
        works.append(plan)
    works.append(check)
    if alive:
        works.append(unlock)

    def need() -> None:
        survey.needed = gate.needed(data)

    _all(works, need)
    return survey


def _all(works: list[Callable[[], None]], here: Callable[[], None]) -> None:
    """Runs each of `works` in a thread and `here` in this one; the first error of any is raised when all have ended."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    guarded(here)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
