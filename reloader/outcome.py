"""What became of one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reloader.daemons import Daemons
from reloader.gate import STILL_DEGRADED, UNCHANGED, Refusal
from reloader.status import Phase, Verdict


class Retry(Enum):
    """When a file that did not become good is tried again, other than when it changes or somebody asks."""

    NEVER = "never"
    WHEN_BACK = "when the missing daemons answer"
    SOON = "at the next look"
    LATER = "after a pause that grows"  # a program failed, which says nothing about the file


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the file.

    `seen` is how FRR's daemons were when that was decided, None where nobody asked them. `restored`: FRR runs the last
    good file again, and that was compared. `engine` is the one that worked last.
    """

    verdict: Verdict
    phase: Phase
    message: str
    line: int | None = None
    residual: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    soon: bool = False  # try again at the next look
    later: bool = False  # a program failed: try again after a pause
    seen: Daemons | None = None
    restored: bool = False
    engine: str = ""

    @property
    def retry(self) -> Retry:
        """When it is tried again."""
        if self.later:
            return Retry.LATER
        return Retry.SOON if self.soon else Retry.WHEN_BACK if self.missing else Retry.NEVER

    def told(self, *, degraded: bool) -> str:
        """The message, which says what FRR has where this look changed nothing in a `degraded` FRR."""
        left = degraded and self.verdict is Verdict.REFUSED
        return self.message.replace(UNCHANGED, STILL_DEGRADED) if left else self.message


def refused(refusal: Refusal, *, soon: bool = False, seen: Daemons | None = None) -> Outcome:
    """The gate's no."""
    return Outcome(
        Verdict.REFUSED,
        Phase.GATE,
        refusal.message,
        refusal.line,
        missing=refusal.missing,
        soon=soon,
        later=refusal.failed,
        seen=seen,
    )
