"""The sidecar itself: one loop, which looks, decides, tries and writes down what came of it."""

from __future__ import annotations

import dataclasses

from reloader import boot, offered, settle
from reloader.attempt import Attempt, Outcome, Retry
from reloader.daemons import Daemons
from reloader.decide import FAILURES_LIMIT, Do, Memory, decide, key_of, state
from reloader.history import History
from reloader.log import Log, now
from reloader.offered import Offered, Unreadable
from reloader.settings import Settings
from reloader.status import GOOD, Frr, Last, Phase, State, Status, Verdict
from reloader.triggers.hints import Hint, Hints
from reloader.triggers.watch import Watch

SOON_SECONDS = 1.0  # between two looks while FRR is coming up


class Machine:
    """Brings FRR to what is offered, for as long as it runs."""

    def __init__(
        self, settings: Settings, attempt: Attempt, history: History, hints: Hints, watch: Watch, log: Log
    ) -> None:
        self._settings = settings
        self._attempt = attempt
        self._history = history
        self._hints = hints
        self._watch = watch
        self._log = log
        self._memory = Memory()
        self._daemons: Daemons | None = None  # at the look before
        self._degraded = False
        self._soon = False
        kind = boot.kind(settings.offered, settings.boot_file, settings.config_dir, settings.pathspace)
        self._status = Status(State.IDLE, kind, good_hash=history.good_hash)

    def run(self) -> int:
        """Looks until it is told to stop; with `--once`, once. Returns the exit code."""
        hints: frozenset[Hint] = frozenset({Hint.EVENT})
        while not self._attempt.stop.soon():
            self._look(hints)
            if self._settings.once:
                break
            hints = self._hints.wait(min(SOON_SECONDS, self._settings.poll) if self._soon else self._settings.poll)
        stop = self._attempt.stop
        if stop.by:
            self._log.info(f"{stop.by}: the sidecar ends; FRR goes on with what it has")
        if not self._settings.once:
            return 0
        if self._status.last is None:
            return 2
        return 0 if self._status.last.verdict in GOOD else 1

    def _look(self, hints: frozenset[Hint]) -> None:
        """One look, and what follows from it."""
        if not self._settings.once:
            self._watch.refresh()
        content = self._read(hints)
        found = self._attempt.frr.probe()
        todo = decide(content, found, self._daemons, self._memory, self._history.good_hash, hints)
        self._tell_daemons(found)
        self._soon = todo is Do.WAIT or self._memory.retry is not Retry.NEVER
        if todo is Do.ATTEMPT:
            self._try(content, found)
        elif todo is Do.UNCHANGED:
            moment = now()
            self._conclude(
                content,
                Outcome(Verdict.UNCHANGED, Phase.GATE, "FRR runs this file already: nothing was run."),
                moment,
                found,
            )

    def _read(self, hints: frozenset[Hint]) -> Offered | Unreadable:
        """What is offered now; without a hint, and when it is what it was, one read is enough."""
        if not hints:
            content = offered.read(self._settings.offered)
            if key_of(content) == self._memory.key:
                return content
        return settle.read(self._settings.offered, self._hints, lambda: self._watch.in_writing, self._attempt.stop.soon)

    def _try(self, content: Offered | Unreadable, found: Daemons) -> None:
        """One attempt, from the status `reloading` to its verdict."""
        started = now()
        digest = content.digest if isinstance(content, Offered) else None
        if isinstance(content, Unreadable):
            keeps = "Nothing was changed in FRR, which keeps what it has."
            outcome: Outcome | None = Outcome(Verdict.REFUSED, Phase.GATE, f"{content.message} {keeps}")
        else:
            self._log.info(f"{self._settings.offered} is looked at", hash=digest)
            self._publish(dataclasses.replace(self._status, state=State.RELOADING, offered_hash=digest))
            try:
                failures = self._memory.failures if self._memory.key == digest else 0
                outcome = self._attempt.bring(
                    content,
                    known_good=digest == self._history.good_hash,
                    last_try=failures + 1 >= FAILURES_LIMIT,
                )
            except OSError as error:
                # The state directory is full, or a program is gone. Whether FRR was changed is not known.
                message = f"the sidecar could not do its work: {error}. Look at --state and FRR's programs."
                outcome = Outcome(Verdict.FAILED, Phase.APPLY, message, soon=True)
        if outcome is None:  # given up, because the sidecar is to end
            self._publish(dataclasses.replace(self._status, state=self._state(found)))
        else:
            self._conclude(content, outcome, started, outcome.seen or found)

    def _conclude(self, content: Offered | Unreadable, outcome: Outcome, started: str, found: Daemons) -> None:
        """Remembers the outcome, keeps what is good, and says it."""
        message = outcome.message
        trusted, failures = self._memory.trusted, self._memory.failures if self._memory.key == key_of(content) else 0
        if isinstance(content, Offered) and outcome.verdict in GOOD:
            self._degraded, trusted, failures = False, found.lives, 0
            message += self._keep(content)
        elif outcome.verdict is Verdict.FAILED:
            self._degraded, trusted, failures = True, None, failures + 1
            if self._history.good:
                message += f" The last good file is {self._settings.state / 'good.conf'}."
        self._memory = Memory(
            key_of(content), outcome.verdict, outcome.retry, outcome.missing, failures, found, trusted
        )
        self._soon = outcome.retry is not Retry.NEVER
        digest = content.digest if isinstance(content, Offered) else None
        last = Last(
            hash=digest,
            verdict=outcome.verdict,
            phase=outcome.phase,
            message=message,
            line=outcome.line,
            started=started,
            finished=now(),
            engine=self._attempt.engine.name,
            residual=outcome.residual,
        )
        said_before = self._status.last is not None and self._status.last.message == message
        self._publish(
            dataclasses.replace(
                self._status,
                state=self._state(found),
                good_hash=self._history.good_hash,
                offered_hash=digest,
                last=last,
                frr=_frr(found),
            )
        )
        if said_before and outcome.retry is Retry.SOON:
            return
        say = {Verdict.REFUSED: self._log.warn, Verdict.FAILED: self._log.error}.get(outcome.verdict, self._log.info)
        say(f"{outcome.verdict}: {message}", hash=digest)
        for difference in outcome.residual:
            say(f"differs: {difference}")

    def _keep(self, content: Offered) -> str:
        """Keeps the file as the last good one and as the boot file; returns a sentence where that fails."""
        boot_file = self._settings.boot_file
        try:
            self._history.keep(content)
            if boot_file is not None and boot.write(boot_file, content.data):
                self._log.info(f"{boot_file} is what FRR boots from now", hash=content.digest)
        except OSError as error:
            trouble = f"But it could not be kept for the next start: {error}."
            self._log.error(trouble)
            return f" {trouble}"
        return ""

    def _state(self, found: Daemons) -> State:
        return state(found, self._memory, degraded=self._degraded)

    def _tell_daemons(self, found: Daemons) -> None:
        """Says which daemons came or went since the look before."""
        before, self._daemons = self._daemons, found
        if before == found:
            return
        if before is not None:
            for name in sorted(before.up - found.up):
                self._log.warn(f"{name} {found.trouble(name)}")
            for name, life in found.lives:
                if (name, life) not in before.lives:
                    self._log.info(f"{name} answers{' again, started anew' if name in before.up else ''}")
        self._publish(dataclasses.replace(self._status, state=self._state(found), frr=_frr(found)))

    def _publish(self, status: Status) -> None:
        self._status = status
        try:
            status.write(self._settings.status)
        except OSError as error:  # the disk is full, perhaps: FRR comes first
            self._log.error(f"cannot write the status file {self._settings.status}: {error}")


def _frr(found: Daemons) -> Frr:
    return Frr(found.version, {daemon.name: "up" if daemon.up else "down" for daemon in found.known})
