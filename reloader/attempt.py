"""One attempt to bring FRR to one offered file: gate, plan, apply, verify, health, and back where that fails."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from reloader import checking, confdir, content, gate, health, hidden, limits, report, space, standing, survey, verify
from reloader.carry import Carried, carry
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.engines import Engine
from reloader.frr import Frr
from reloader.journal import TRIES_LIMIT, Journal
from reloader.linter import Linter
from reloader.log import Log
from reloader.offered import Offered
from reloader.outcome import Outcome, refused
from reloader.sessions import Session
from reloader.space import Space
from reloader.status import Phase, Verdict
from reloader.survey import Survey
from reloader.triggers.signals import Stop
from reloader.verify import Judgement

COMPARED = "compared, the two do not differ."


@dataclass(slots=True)
class Attempt:
    """What an attempt needs beside the file. `tell` gets the phase that begins; `leave` says why to leave the gate."""

    frr: Frr
    engine: Engine
    linter: Linter | None
    stop: Stop
    state: Path
    allow_empty: bool
    journal: Journal
    health: health.Gate
    log: Log
    tell: Callable[[Phase], None] = lambda _phase: None
    leave: Callable[[Daemons], str] = lambda _found: ""
    space: Space = field(init=False)
    _said_of_linter: str = ""

    def __post_init__(self) -> None:
        self.space = Space(self.state)

    def bring(self, offered: Offered, good: Offered | None, *, last_try: bool) -> Outcome | None:
        """Applies the file and judges; None when it was given up, before any change: the sidecar is to end, or `leave`.

        `good` is the last good file: where it is the offered one nothing is applied when FRR has it already, and else
        it is what FRR goes back to. With `last_try` the file is not tried again by itself when it fails, not even for
        a daemon that is missing then: the file may be what ends it. Raises OSError when the state directory cannot be
        written or a program not be started.
        """
        self.tell(Phase.GATE)
        refusal = content.check(offered.data, allow_empty=self.allow_empty, version=lambda: self.frr.probe().version)
        if refusal:
            return refused(refusal)
        known_good = good is not None and offered.digest == good.digest
        with self._private(offered) as private:
            wants_plan = self.engine.needs_plan or known_good
            # What was verified once need not be linted again: a linter that learnt something must not hold it back.
            seen = survey.look(
                self.frr,
                None if known_good else self.linter,
                private,
                offered.data,
                wants_plan=wants_plan,
                leave=self.leave,
            )
            if seen.left:
                self.log.info(f"the gate is left before its verdict: {seen.left}", hash=offered.digest)
                return None
            outcome = self._gate(seen, offered)
            if outcome or self.stop.soon():
                return outcome
            # Nothing to do is no change, whatever the file.
            if seen.plan is not None and seen.plan.clean and (known_good or not seen.plan.to_send):
                return self._nothing_to_do(offered, good, seen)
            if not seen.unlocked:
                return refused(gate.LOCKED, soon=True)
            if seen.plan is not None and seen.plan.trouble:
                return self._no_plan(seen.plan, self.frr.probe(), seen.needed)
            try:
                return self._change(offered, good, private, seen, last_try=last_try)
            finally:
                self.space.release()

    def restore(self, good: Offered) -> Outcome | None:
        """Brings FRR to the last good file again where it runs something else; GOOD, UNCHANGED, or what stood in the way.

        None when it was given up because the sidecar is to end. Raises OSError.
        """
        with self._private(good) as private:
            found = self.frr.probe()
            refusal = gate.check_daemons(gate.needed(good.data), found)
            if refusal:
                return refused(refusal, seen=found)
            plan = verify.plan(self.frr, private)
            if plan.stopped or self.stop.soon():
                return None
            if plan.clean:
                self.journal.done()
                return Outcome(
                    Verdict.UNCHANGED, Phase.VERIFY, "FRR runs the last good file.", seen=found, restored=True
                )
            if plan.trouble:
                return self._no_plan(plan, found, frozenset())
            if not self.frr.drop_candidate(private):
                return refused(gate.LOCKED, soon=True, seen=found)
            self.journal.begin(good.digest, Phase.ROLLBACK, standing.shown(self.frr.texts() or {}))
            self.tell(Phase.ROLLBACK)
            carried = self._carry(private, plan, rollback=True)
            if carried.clean:
                self.journal.done()
                message = "FRR was brought back to the last good file."
                return Outcome(Verdict.GOOD, Phase.ROLLBACK, message, seen=carried.found, restored=True)
            if self.stop.soon():
                return None  # the note stays: the next sidecar goes on with it
            message, line = self._failure(carried, good, last_try=True)
            return Outcome(
                Verdict.FAILED,
                Phase.ROLLBACK,
                f"FRR cannot be brought back to the last good file. {message}",
                line,
                report.residual_lines(carried.judgement),
                seen=carried.found,
            )

    def differs(self, good: Offered) -> Judgement:
        """What FRR runs that is not the last good file, or lacks of it. Changes nothing. Raises OSError."""
        with confdir.private(self.state, good.data, self.frr.pathspace) as private:
            return verify.judge(self.frr, private)

    def _gate(self, seen: Survey, offered: Offered) -> Outcome | None:
        """The first thing that stands in the way."""
        checked = seen.checked
        if checked.stopped:
            return None
        if seen.findings.trouble != self._said_of_linter and not self.stop.soon():
            self._said_of_linter = seen.findings.trouble
            if seen.findings.trouble:
                self.log.warn(f"{seen.findings.trouble}. The file is judged by vtysh alone.")
        refusal = (
            gate.check_syntax(checked, offered.data)
            or gate.check_findings(seen.findings)
            or gate.check_daemons(seen.needed, seen.found)
        )
        return refused(refusal, seen=seen.found) if refusal else None

    def _nothing_to_do(self, offered: Offered, good: Offered | None, seen: Survey) -> Outcome | None:
        """FRR has it already: a sidecar or an FRR that was started anew, or a change that says the same."""
        doing = self.journal.doing
        known_good = good is not None and offered.digest == good.digest
        if doing and doing.hash == offered.digest and doing.sessions and not known_good:
            # An earlier sidecar applied it and ended before the sessions were back.
            return self._healthy(offered, good, frozenset(doing.sessions), seen)
        self.journal.done()
        verdict = Verdict.UNCHANGED if known_good else Verdict.GOOD
        return Outcome(verdict, Phase.VERIFY, f"FRR runs this file already: {COMPARED}", seen=seen.found)

    def _change(
        self, offered: Offered, good: Offered | None, private: Confdir, seen: Survey, *, last_try: bool
    ) -> Outcome | None:
        self.tell(Phase.PLAN)
        before = self.health.before()
        # Without a good file, what FRR has now is what it can go back to.
        known = self._known(good, private, seen)
        room = space.needed(offered.data, known.data if known else b"")
        self.space.hold(room, spare=room)  # one to go back, and one to apply the file
        self.journal.begin(offered.digest, Phase.APPLY, standing.shown(self.frr.texts() or {}))
        if self.journal.doing and self.journal.doing.tries > TRIES_LIMIT:
            message = (
                f"the sidecar ended {TRIES_LIMIT} times while it applied this file, so it is not tried again by itself."
            )
            return self._back(offered, Outcome(Verdict.FAILED, Phase.APPLY, message, seen=seen.found), known, good)
        if self.journal.doing and self.journal.doing.tries > 1 and self.journal.doing.sessions:
            before = frozenset(self.journal.doing.sessions)  # before the first try
        self.journal.at(Phase.APPLY, before)
        try:
            carried = self._carry(private, seen.plan)
        except OSError as error:
            message = f"the sidecar could not do its work: {limits.reason(error)}."
            outcome = Outcome(Verdict.FAILED, Phase.APPLY, message, later=True, seen=seen.found)
            return self._back(offered, outcome, known, good)
        if carried.clean:
            return self._healthy(offered, good, before, seen, known, carried)
        if self.stop.soon():
            return _interrupted(Phase.APPLY if carried.applied.trouble else Phase.VERIFY, carried.found, carried.engine)
        away = gate.check_daemons(seen.needed, carried.found)
        message, line = self._failure(carried, offered, last_try=last_try, needed=seen.needed)
        missing = away.missing if away and not last_try else frozenset()
        failed = not missing and not away and self._failed(carried, private)
        if failed:
            unknown = f"What FRR has now is not known: {failed}."
            message = unknown if carried.judgement.trouble else report.because(failed, message)
        outcome = Outcome(
            Verdict.FAILED,
            Phase.APPLY if carried.applied.trouble else Phase.VERIFY,
            message,
            line,
            report.residual_lines(carried.judgement),
            missing=missing,
            later=bool(failed) and (bool(carried.judgement.trouble) or not last_try),
            seen=carried.found,
            engine=carried.engine,
        )
        # A daemon that died takes its part of any file with it: first it must be back. And where the judge failed, it
        # could not tell whether going back works either.
        if missing or (failed and carried.judgement.trouble):
            return outcome
        return self._back(offered, outcome, known, good)

    def _failed(self, carried: Carried, private: Confdir) -> str:
        """Which program failed while the file was applied, so that what came of it says nothing about the file."""
        if carried.judgement.trouble:
            return carried.judgement.trouble
        if carried.applied.failed:
            return carried.applied.trouble
        # A vtysh that does nothing is as silent as an FRR that loses a line.
        return "" if carried.applied.said else checking.failure_of_vtysh(self.frr, private)

    def _healthy(
        self,
        offered: Offered,
        good: Offered | None,
        before: frozenset[Session],
        seen: Survey,
        known: Offered | None = None,
        carried: Carried | None = None,
    ) -> Outcome | None:
        """The verdict on a file that FRR runs, once its sessions are back."""
        if before:
            self.journal.at(Phase.HEALTH, before)
            self.tell(Phase.HEALTH)
            lost = self.health.lost(before, good.data if good else b"", offered.data, self.stop.soon)
            if lost is None:
                return None  # the note stays: the next sidecar goes on with it
            if lost:
                message = health.sentence(lost, self.health.seconds)
                outcome = Outcome(Verdict.FAILED, Phase.HEALTH, message, seen=seen.found)
                return self._back(offered, outcome, known or good, good)
        self.journal.done()
        found = carried.found if carried else seen.found
        engine = carried.engine if carried else ""
        return Outcome(Verdict.GOOD, Phase.VERIFY, f"FRR runs this file: {COMPARED}", seen=found, engine=engine)

    def _private(self, file: Offered) -> AbstractContextManager[Confdir]:
        """The file in a private directory; behind an unfinished change, with what FRR had before of what it does not say."""
        return confdir.private(self.state, standing.completed(file.data, self.journal.standing), self.frr.pathspace)

    def _back(self, offered: Offered, failed: Outcome, known: Offered | None, good: Offered | None) -> Outcome:
        """Takes the change to the offered file back: applied and verified as any other."""
        if self.stop.soon():
            return _interrupted(failed.phase, failed.seen, failed.engine)
        if known is None:
            return failed
        what = "the last good file" if good is not None else "what it ran before"
        self.space.release()  # this is what it was held for
        with self._private(known) as private:
            self.journal.at(Phase.ROLLBACK)
            self.tell(Phase.ROLLBACK)
            plan = verify.plan(self.frr, private)
            if not plan.trouble and not plan.stopped:
                plan = plan.beside(hidden.undone(offered.data, known.data))
            carried = None
            if plan.to_send:
                self.frr.drop_candidate(private)
                carried = self._carry(private, plan, rollback=True)
                plan = carried.judgement
        seen = carried.found if carried else failed.seen
        if plan.clean:
            self.journal.done()
            message = f"{report.without_advice(failed.message)} It was rolled back: FRR runs {what} again."
            message += "" if failed.later else f" {report.ADVICE}"
            return dataclasses.replace(
                failed, verdict=Verdict.ROLLED_BACK, message=message, seen=seen, restored=good is not None
            )
        if self.stop.soon():
            return _interrupted(Phase.ROLLBACK, seen, failed.engine)
        away = gate.check_daemons(gate.needed(known.data), seen) if seen else None
        why = (
            plan.trouble
            or (away.message.split(". ")[0] if away else "")
            or f"{len(plan.differences)} lines differ from it"
        )
        # A program that fails now says nothing about the file.
        later = failed.later or (bool(plan.trouble) and not away and not failed.missing)
        message = report.without_advice(failed.message) if later else failed.message
        message += f" And FRR cannot be brought back to {what}: {why}."
        return dataclasses.replace(failed, phase=Phase.ROLLBACK, message=message, seen=seen, later=later)

    def _no_plan(self, plan: Judgement, found: Daemons, wanted: frozenset[str]) -> Outcome:
        """What differs is not known, so nothing is changed; it is tried again when FRR or its programs may know better."""
        away = gate.check_daemons(wanted, found)
        missing = away.missing if away else frozenset()
        message = f"What FRR has now is not known: {plan.trouble}. {gate.UNCHANGED}"
        message += " It is tried again when all daemons answer." if missing else ""
        return Outcome(Verdict.REFUSED, Phase.PLAN, message, missing=missing, later=not missing, seen=found)

    def _known(self, good: Offered | None, private: Confdir, seen: Survey) -> Offered | None:
        if good is not None:
            return good
        if seen.empty:
            return Offered.of(b"!\n")
        now = self.frr.running(private)
        return Offered.of(now.output.encode()) if now.ended_well else None

    def _carry(self, private: Confdir, plan: Judgement | None, *, rollback: bool = False) -> Carried:
        def tell(phase: Phase) -> None:
            now = Phase.ROLLBACK if rollback else phase
            self.journal.at(now)  # before anybody is told
            self.tell(now)

        return carry(self.frr, self.engine, private, plan, tell=tell, soon=self.stop.soon, now=self.stop.now)

    def _failure(
        self, carried: Carried, file: Offered, *, last_try: bool, needed: frozenset[str] = frozenset()
    ) -> tuple[str, int | None]:
        away = gate.check_daemons(needed, carried.found)
        return report.failure(
            carried.applied, carried.judgement, file.data.decode("utf-8", errors="replace"), away, last_try=last_try
        )


def _interrupted(phase: Phase, seen: Daemons | None, engine: str) -> Outcome:
    """The sidecar was told to end while FRR was changed: no verdict, since the note makes the next sidecar go on."""
    message = (
        "The sidecar was told to end while it changed FRR, so what FRR has now is not known. The next sidecar compares FRR "
        "with the file, and goes on or rolls back. This says nothing about the file."
    )
    return Outcome(Verdict.FAILED, phase, message, soon=True, seen=seen, engine=engine)
