"""One attempt to bring FRR to one offered file: gate, apply, verify, in this order and never two at a time."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reloader import confdir, gate, report, verify
from reloader.confdir import Confdir
from reloader.engines import Applied, Engine
from reloader.frr import Frr
from reloader.gate import Refusal
from reloader.offered import Offered
from reloader.process import Ending
from reloader.status import Phase, Verdict
from reloader.triggers.signals import Stop
from reloader.verify import Judgement


class Retry(Enum):
    """When a file that did not become good is tried again, other than when it changes or somebody asks."""

    NEVER = "never"
    WHEN_FRR_CHANGES = "when daemons come or go"
    SOON = "at the next look"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the file."""

    verdict: Verdict
    phase: Phase
    message: str
    line: int | None = None
    residual: tuple[str, ...] = ()
    retry: Retry = Retry.NEVER


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt needs beside the file."""

    frr: Frr
    engine: Engine
    stop: Stop
    state: Path
    allow_empty: bool

    def bring(self, offered: Offered, *, known_good: bool) -> Outcome | None:
        """Applies the file and judges; None when it was given up, before any change, because the sidecar is to end.

        A file that is `known_good` is compared first, and nothing is applied when FRR has it already: that is a
        restarted sidecar, or an FRR that came back with its boot file. Raises OSError when the state directory cannot
        be written or a program not be started.
        """
        refusal = gate.check_text(offered.data, allow_empty=self.allow_empty)
        if refusal:
            return _refused(refusal)
        with confdir.private(self.state, offered.data, self.frr.pathspace) as private:
            checked = self.frr.check(private)
            if checked.ending is Ending.STOPPED:
                return None
            refusal = gate.check_syntax(checked, offered.data, self.frr.step_timeout)
            refusal = refusal or gate.check_daemons(offered.data, self.frr.probe())
            if refusal:
                return _refused(refusal)
            if known_good:
                judgement = verify.judge(self.frr, private)
                if judgement.clean:
                    return Outcome(Verdict.UNCHANGED, Phase.VERIFY, "FRR has this file already, as a comparison shows.")
            if self.stop.soon():
                return None
            applied = self.engine.apply(private, self.stop.now)
            if applied.locked:
                return _refused(gate.LOCKED, Retry.SOON)
            return self._verified(offered, private, applied)

    def _verified(self, offered: Offered, private: Confdir, applied: Applied) -> Outcome:
        # From here on FRR may have been changed, so that even a sidecar that is to end takes the time to judge.
        frr = dataclasses.replace(self.frr, stop=self.stop.now)
        found = frr.probe()
        away = gate.check_daemons(offered.data, found)
        # A daemon that hangs would hang the judge as well.
        hung = Judgement(trouble=f"{', '.join(sorted(found.hung))} does not answer") if found.hung else None
        judgement = hung or verify.judge(frr, private)
        if judgement.clean:
            return Outcome(Verdict.GOOD, Phase.VERIFY, "FRR has this file, as a comparison shows.")
        text = offered.data.decode("utf-8")
        message, line = report.failure(applied, judgement, text, away)
        return Outcome(
            Verdict.FAILED,
            Phase.APPLY if applied.trouble else Phase.VERIFY,
            message,
            line,
            tuple(str(difference) for difference in judgement.differences),
            Retry.WHEN_FRR_CHANGES if away else Retry.NEVER,
        )


def _refused(refusal: Refusal, retry: Retry | None = None) -> Outcome:
    if retry is None:
        retry = Retry.WHEN_FRR_CHANGES if refusal.waits else Retry.NEVER
    return Outcome(Verdict.REFUSED, Phase.GATE, refusal.message, refusal.line, retry=retry)
