"""One attempt to bring FRR to one offered file: gate, apply, verify, in this order and never two at a time."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reloader import confdir, gate, report, verify
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.engines import Applied, Engine
from reloader.frr import Frr
from reloader.gate import Refusal
from reloader.offered import Offered
from reloader.process import Ending
from reloader.status import Phase, Verdict
from reloader.triggers.signals import Stop
from reloader.verify import Judgement

COMPARED = "compared, the two do not differ."


class Retry(Enum):
    """When a file that did not become good is tried again, other than when it changes or somebody asks."""

    NEVER = "never"
    WHEN_BACK = "when the missing daemons answer"
    SOON = "at the next look"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the file.

    `seen` is how FRR's daemons were when that was decided, None where nobody asked them.
    """

    verdict: Verdict
    phase: Phase
    message: str
    line: int | None = None
    residual: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    soon: bool = False  # try again at the next look
    seen: Daemons | None = None

    @property
    def retry(self) -> Retry:
        """When it is tried again."""
        return Retry.SOON if self.soon else Retry.WHEN_BACK if self.missing else Retry.NEVER


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt needs beside the file."""

    frr: Frr
    engine: Engine
    stop: Stop
    state: Path
    allow_empty: bool

    def bring(self, offered: Offered, *, known_good: bool, last_try: bool) -> Outcome | None:
        """Applies the file and judges; None when it was given up, before any change, because the sidecar is to end.

        A file that is `known_good` is compared first, and nothing is applied when FRR has it already: that is a
        restarted sidecar, or an FRR that came back with its boot file. With `last_try` it is not tried again by
        itself when it fails, not even for a daemon that is missing then: the file may be what ends it. Raises
        OSError when the state directory cannot be written or a program not be started.
        """
        refusal = gate.check_text(offered.data, allow_empty=self.allow_empty)
        if refusal:
            return _refused(refusal)
        with confdir.private(self.state, offered.data, self.frr.pathspace) as private:
            checked = self.frr.check(private)
            if checked.ending is Ending.STOPPED:
                return None
            refusal = gate.check_syntax(checked, offered.data, self.frr.step_timeout)
            if refusal:
                return _refused(refusal)
            found = self.frr.probe()
            refusal = gate.check_daemons(offered.data, found)
            if refusal:
                return _refused(refusal, seen=found)
            if known_good and verify.judge(self.frr, private).clean:
                return Outcome(Verdict.UNCHANGED, Phase.VERIFY, f"FRR runs this file already: {COMPARED}", seen=found)
            if self.stop.soon():
                return None
            applied = self.engine.apply(private, self.stop.now)
            if applied.locked:
                return _refused(gate.LOCKED, soon=True)
            return self._verified(offered, private, applied, last_try)

    def _verified(self, offered: Offered, private: Confdir, applied: Applied, last_try: bool) -> Outcome:
        # From here on FRR may have been changed, so that even a sidecar that is to end takes the time to judge.
        frr = dataclasses.replace(self.frr, stop=self.stop.now)
        found = frr.probe()
        away = gate.check_daemons(offered.data, found)
        # A daemon that hangs would hang the judge as well.
        hung = Judgement(trouble=f"{', '.join(sorted(found.hung))} does not answer") if found.hung else None
        judgement = hung or verify.judge(frr, private)
        if not self.stop.soon() and self.engine.worth_repeating(judgement.differences):
            again = self.engine.apply(private, self.stop.now)
            applied = dataclasses.replace(again, said=tuple(dict.fromkeys((*applied.said, *again.said))))
            judgement = verify.judge(frr, private)
        if judgement.clean:
            return Outcome(Verdict.GOOD, Phase.VERIFY, f"FRR runs this file: {COMPARED}", seen=found)
        message, line = report.failure(applied, judgement, offered.data.decode("utf-8"), away, last_try=last_try)
        return Outcome(
            Verdict.FAILED,
            Phase.APPLY if applied.trouble else Phase.VERIFY,
            message,
            line,
            report.residual_lines(judgement),
            missing=away.missing if away and not last_try else frozenset(),
            seen=found,
        )


def _refused(refusal: Refusal, *, soon: bool = False, seen: Daemons | None = None) -> Outcome:
    return Outcome(
        Verdict.REFUSED, Phase.GATE, refusal.message, refusal.line, missing=refusal.missing, soon=soon, seen=seen
    )
