"""The engines: each has its own way to bring FRR to a file. The judge of all of them is reloader.verify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reloader.confdir import Confdir
from reloader.verify import Judgement

ROUNDS_LIMIT = 4  # of engines over one file


@dataclass(frozen=True, slots=True)
class Applied:
    """How applying ended. `trouble` is why it did not run to its end, empty when it did: that is no verdict.

    `failed`: a program failed, which says nothing about the file. `said` are FRR's own words about lines that it refused.
    `locked`: nothing was done, because another session configures FRR. `lost`: lines were lost because two of FRR's own
    processes met at that lock. `stopped`: it was ended because the sidecar is to end.
    """

    said: tuple[str, ...] = ()
    trouble: str = ""
    failed: bool = False
    locked: bool = False
    lost: bool = False
    stopped: bool = False

    def then(self, later: Applied) -> Applied:
        """This one and the one after it, together."""
        return Applied(
            tuple(dict.fromkeys((*self.said, *later.said))),
            self.trouble or later.trouble,
            failed=self.failed or later.failed,
            locked=self.locked or later.locked,
            lost=self.lost or later.lost,
            stopped=self.stopped or later.stopped,
        )


@dataclass(frozen=True, slots=True)
class Round:
    """One engine's work on a file, and what the judge said before and after it."""

    before: Judgement
    applied: Applied
    after: Judgement


class Engine(Protocol):
    """One way to apply a file."""

    name: str
    needs_plan: bool  # whether it wants to know what differs before it starts

    def apply(self, confdir: Confdir, plan: Judgement | None, stop: Callable[[], bool]) -> Applied:
        """Applies the file in `confdir`; ended when `stop()` says so. Raises OSError when it cannot be started.

        `plan` is what differs now; None where FRR has no configuration at all.
        """
        ...

    def next(self, done: Round) -> Engine | None:
        """Which engine may take away what still differs after this one's round; None where none would."""
        ...
