"""Everything that only looks at a file, at the same time: vtysh's check, the linter, and what differs in FRR.

Each waits for other programs most of the time, and the gate says what it thinks when all have answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

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
    survey = Survey(Daemons(()))
    with _Together() as together:

        def check() -> None:
            survey.checked = frr.check(confdir)

        def lint() -> None:
            assert linter is not None
            survey.findings = linter.look(confdir, survey.found.version, frr.stop)

        def plan() -> None:
            survey.plan = verify.plan(frr, confdir)

        def unlock() -> None:
            survey.unlocked = frr.drop_candidate(confdir)

        together.start(check)  # it needs no daemon
        survey.found = frr.probe()
        if linter is not None:
            together.start(lint)
        if survey.found.up - {daemons.OVERSEER} and not survey.found.hung:
            survey.empty = running.is_empty(frr.texts())
            if wants_plan and not survey.empty:
                together.start(plan)
            together.start(unlock)
        survey.needed = gate.needed(data)
    return survey


class _Together:
    """Threads that have all ended when the block ends; the first error of any is raised then."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self._errors: list[Exception] = []

    def start(self, work: Callable[[], None]) -> None:
        """Runs `work` beside the block."""

        def guarded() -> None:
            try:
                work()
            except Exception as error:
                self._errors.append(error)

        self._threads.append(threading.Thread(target=guarded, daemon=True))
        self._threads[-1].start()

    def __enter__(self) -> _Together:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for thread in self._threads:
            thread.join()
        if error is None and self._errors:
            raise self._errors[0]
