"""The sidecar itself: one loop, which looks, decides, tries and writes down what came of it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time

from reloader import boot, confdir, gate, heap, limits, offered, settle, states
from reloader.attempt import Attempt
from reloader.board import Board, Request
from reloader.daemons import OVERSEER, Daemons
from reloader.decide import FAILURES_LIMIT, Do, Memory, decide, restore, state
from reloader.drift import Watchman
from reloader.ground import Ground
from reloader.history import History
from reloader.journal import TRIES_LIMIT
from reloader.log import Log, now
from reloader.offered import HeldError, Offered, Unreadable, key_of
from reloader.outcome import Outcome, Retry
from reloader.overtaken import Overtaken
from reloader.publisher import Publisher
from reloader.settings import Settings
from reloader.status import GOOD, Boot, Frr, Last, Phase, State, Status, Verdict
from reloader.triggers.hints import Hint, Hints
from reloader.triggers.watch import Watch

SOON_SECONDS = 1.0  # between two looks while FRR is coming up
PAUSE_SECONDS = 0.1  # how soon a request to stop is noticed while nothing can be done
RESTORE_SECONDS = 30.0  # between two tries to bring FRR back to the last good file; doubled up to the next
RESTORE_LIMIT_SECONDS = 600.0
SHORT_SECONDS, SHORT_LIMIT_SECONDS = 0.5, 10.0  # after a look that was not possible; doubled up to the second
RETRY_SECONDS, RETRY_LIMIT_SECONDS = 1.0, 120.0  # after a program failed; doubled up to the second
ONCE_SECONDS = 60.0  # how long --once waits for a file that keeps changing, and for what is short
READ_SECONDS = 60.0  # the file is read at least so often, though nothing says that it changed


class Machine:
    """Brings FRR to what is offered, for as long as it runs."""

    def __init__(
        self,
        settings: Settings,
        attempt: Attempt,
        history: History,
        ground: Ground,
        hints: Hints,
        watch: Watch,
        publisher: Publisher,
        log: Log,
    ) -> None:
        self._settings = settings
        self._attempt = attempt
        self._history = history
        self._ground = ground
        self._hints = hints
        self._watch = watch
        self._publisher = publisher
        self._log = log
        self._memory = Memory()
        self._daemons: Daemons | None = None  # at the look before
        self._degraded = False
        self._unkept = False  # the last good file could not be written
        self._soon = False
        self._restore_at, self._restore_pause = 0.0, RESTORE_SECONDS
        self._retry_at, self._retry_pause = 0.0, RETRY_SECONDS
        self._read_at = 0.0
        self._content: Offered | Unreadable = _NOTHING
        self._unread_since: float | None = None  # from when on the file could not be read, or changed without a rest
        self._unread_from = ""  # the same as a time in UTC
        self._stamp: tuple[int, ...] = ()
        self._told: tuple[int, ...] = ()  # the file, as it was when the last verdict was given
        self._phase_since = 0.0
        self._began = time.monotonic()
        self._short = False  # the last look was not possible
        self._short_pause = SHORT_SECONDS
        self._drift = Watchman(attempt, settings.drift_check)
        kind = boot.kind(settings.offered, settings.boot_file, settings.config_dir, settings.pathspace)
        self._status = Status(
            State.WAITING, kind, good_hash=history.good_hash, pid=os.getpid(), damage=history.damage or None
        )
        self.board = Board(hints, self._status)
        attempt.tell = self._enter
        self._overtaken = Overtaken(settings.offered, attempt.frr.probe)
        attempt.leave = self._overtaken.why
        rolled_back = attempt.journal.rolled_back
        if rolled_back is not None and rolled_back.hash is not None:
            # A restart of the sidecar does not try it again.
            self._memory = Memory(rolled_back.hash, rolled_back.verdict)
            self._status = dataclasses.replace(self._status, last=rolled_back, offered_hash=rolled_back.hash)
        self._publish(self._status)  # in place of what an earlier sidecar wrote

    def run(self) -> int:
        """Looks until it is told to stop; with `--once`, once. Returns the exit code."""
        hints: frozenset[Hint] = frozenset({Hint.EVENT})
        requests: list[Request] = []
        while not self._attempt.stop.soon():
            requests += self.board.take() if Hint.ASKED in hints else []
            possible = self._look_if_possible(hints)
            asked: frozenset[Hint] = frozenset()
            if self._status.waiting_for is None:
                for request in requests:
                    request.answer(self._status)
                requests = []
            else:
                asked = hints & {Hint.ASKED}  # is answered by a look that sees the file
            if self._settings.once and self._is_done():
                break
            if possible:
                hints = asked | self._hints.wait(self._until_next_look())
            else:
                hints |= self._pause()
        stop = self._attempt.stop
        if stop.by:
            self._log.info(f"{stop.by}: the sidecar ends; FRR goes on with what it has")
        for request in (*requests, *self.board.take()):
            request.answer(self._status)
        if not self._settings.once:
            return 0
        if self._short or self._status.last is None or self._status.last.next_try:
            return 2  # it could not look
        return 0 if self._status.last.verdict in GOOD else 1

    def _look_if_possible(self, hints: frozenset[Hint]) -> bool:
        """One look; False where the sidecar lacks file descriptors, memory, threads, processes or its directory for it.

        Then nothing is known that was not known before, so there is no verdict, and the same look is tried again.
        """
        try:
            if gone := self._restore_ground():
                self._cannot_work(gone)
                return False
            self._look(hints)
            if self._short:
                self._log.info("the sidecar can work again")
                confdir.sweep_left()
            trouble = self._publisher.trouble or None
            if self._short or self._status.trouble != trouble:
                self._short = False
                self._publish(dataclasses.replace(self._status, state=self._state(self._daemons), trouble=trouble))
        except (OSError, MemoryError, RuntimeError) as error:
            trouble = limits.shortage(error)
            if not trouble:
                raise
            self._cannot_work(trouble)
            return False
        self._short_pause = SHORT_SECONDS
        return True

    def _cannot_work(self, trouble: str) -> None:
        """Says why no look is possible now."""
        self._short = True
        with contextlib.suppress(MemoryError):  # said after the next look
            if self._status.trouble != trouble:
                self._log.error(f"{trouble}: the sidecar cannot work, and tries again until it can")
            self._publish(dataclasses.replace(self._status, state=State.DEGRADED, phase=None, trouble=trouble))

    def _restore_ground(self) -> str:
        """Makes the state directory anew where it is gone; returns why that is not possible, as a sentence without its full stop."""
        state = self._settings.state
        try:
            if self._ground.restore():
                self._log.warn(f"--state {state} was removed or replaced; the sidecar made it anew")
                self._unkept = self._history.good is not None
        except OSError as error:
            if limits.shortage(error):
                raise
            return f"--state {state} is gone, or cannot be written, and could not be made anew: {error.strerror}"
        return ""

    def _pause(self) -> frozenset[Hint]:
        """Waits after a look that was not possible, longer each time; returns the hints that came meanwhile."""
        end = time.monotonic() + self._short_pause
        was_there = self._ground.is_there
        self._short_pause = min(SHORT_LIMIT_SECONDS, 2 * self._short_pause)
        while not self._attempt.stop.soon() and time.monotonic() < end:
            time.sleep(PAUSE_SECONDS)  # and not at each of the hints, which may be many
            if self._ground.is_there and not was_there:
                break
        return self._hints.wait(0.0)

    def _until_next_look(self) -> float:
        """Seconds."""
        if self._memory.retry is Retry.LATER:
            return min(self._settings.poll, max(0.0, self._retry_at - time.monotonic()))
        soon = self._soon or self._unread_since is not None
        return min(SOON_SECONDS, self._settings.poll) if soon else self._settings.poll

    def _look(self, hints: frozenset[Hint]) -> None:
        """One look, and what follows from it."""
        self.board.beat()
        self.board.metrics.look()
        if not self._settings.once:
            self._watch.refresh()
        read = self._read(hints)
        # After the reading, which waits for the last of several writes.
        touched = offered.identity(self._settings.offered)
        if touched == self._told:
            hints -= {Hint.EVENT}  # something else in the directory changed
        found = self._attempt.frr.probe()
        due = time.monotonic() >= self._restore_at
        if Hint.ASKED in hints and self._drift.status.lines:
            self._memory = dataclasses.replace(self._memory, trusted=None)  # FRR has something else, as we know
        if Hint.ASKED in hints:
            self._attempt.journal.forget()
        content = read or self._content
        if read is None:  # it does not come to rest: FRR is brought back to the last good file where that is due
            todo = restore(found, self._daemons, self._memory, self._history.good_hash, due)
        else:
            retry_due = time.monotonic() >= self._retry_at
            todo = decide(
                *(content, found, self._daemons, self._memory, self._history.good_hash, hints),
                due=due,
                retry_due=retry_due,
            )
        if todo is Do.ATTEMPT and self._overtaken.was_long:  # meanwhile FRR must have the last good file
            first = restore(found, self._daemons, self._memory, self._history.good_hash, due)
            todo = todo if first is Do.NOTHING else first
        self._tell_daemons(found)
        self._soon = todo is Do.WAIT or self._memory.retry is not Retry.NEVER
        if todo is Do.ATTEMPT:
            self._try(content, found)
        elif todo is Do.RESTORE:
            self._restore(found)
        elif todo is Do.UNCHANGED:
            moment = now()
            self._conclude(content, Outcome(Verdict.UNCHANGED, Phase.GATE, self._since_compared()), moment, found)
        elif todo is Do.NOTHING:
            self._look_for_drift(found)
        if todo in (Do.ATTEMPT, Do.UNCHANGED) and read is not None:
            self._told = touched
        if todo in (Do.ATTEMPT, Do.RESTORE):
            heap.trim()
        if self._unread_since is None and self._status.waiting_for is not None:
            self._publish(dataclasses.replace(self._status, waiting_for=None))
        if self._unkept and todo is Do.NOTHING:
            self._keep_again()

    def _since_compared(self) -> str:
        """What is known of FRR while nothing is run: when it was compared with the last good file."""
        drift = self._drift.status
        found = f"then it differed in {len(drift.lines)} lines (drift)" if drift.lines else "then it had the file"
        return (
            f"FRR was last compared with this file at {drift.checked}: {found}, and no daemon was started anew since. "
            "Nothing was compared now, so a line that was typed since then is not known."
        )

    def _read(self, hints: frozenset[Hint]) -> Offered | Unreadable | None:
        """What is offered now, None where it does not come to rest or cannot be opened."""
        try:
            content = self._read_at_rest(hints)
        except HeldError as error:
            self._cannot_read(f"{self._settings.offered} to be readable: {error}")
            return None
        if content is None:
            self._hints.put(Hint.EVENT)  # the next look comes at once
            if not self._attempt.stop.soon():
                self._cannot_read(f"{self._settings.offered} to come to rest: it keeps changing")
            return None
        self._unread_since = None
        return content

    def _read_at_rest(self, hints: frozenset[Hint]) -> Offered | Unreadable | None:
        """What is offered now, None where it does not come to rest. Raises HeldError.

        Without a hint, and when it is what it was, one look at the file's times is enough.
        """
        path = self._settings.offered
        stamp = offered.stamp(path)
        if not hints and self._unread_since is None:
            if stamp and stamp == self._stamp and time.monotonic() < self._read_at:
                return self._content
            same = offered.read(path)
            if key_of(same) == self._memory.key:
                self._seen(same, stamp)
                return self._content
        quiet = settle.WATCHED_SECONDS if Hint.EVENT in hints and self._watch.alive else settle.QUIET_SECONDS
        content = settle.read(path, self._hints, lambda: self._watch.in_writing, self._attempt.stop.soon, quiet)
        if content is None:
            return None
        self._seen(content, stamp)  # from before the reading: what changed since is seen at the next look
        return self._content

    def _cannot_read(self, waiting_for: str) -> None:
        """Notes for the status what the sidecar waits for."""
        if self._unread_since is None:
            self._unread_since, self._unread_from = time.monotonic(), now()
        waiting_for = f"{waiting_for} (since {self._unread_from})"
        if waiting_for != self._status.waiting_for:
            self._log.info(f"the sidecar waits for {waiting_for}. FRR keeps what it has.")
            self._publish(dataclasses.replace(self._status, waiting_for=waiting_for))

    def _is_done(self) -> bool:
        """With --once: whether nothing is left that may still come to an end in time."""
        if self._short:
            return time.monotonic() >= self._began + ONCE_SECONDS
        return not self._restore_is_due() and not self._may_be_read()

    def _may_be_read(self) -> bool:
        """With --once: whether the file may still be readable in time."""
        return self._unread_since is not None and time.monotonic() < self._unread_since + ONCE_SECONDS

    def _seen(self, content: Offered | Unreadable, stamp: tuple[int, ...]) -> None:
        if content != self._history.good:
            self._content = content
        elif self._history.good is not None:
            self._content = self._history.good  # the same bytes need no room twice
        self._stamp, self._read_at = stamp, time.monotonic() + READ_SECONDS

    def _try(self, content: Offered | Unreadable, found: Daemons) -> None:
        """One attempt, from the status `reloading` to its verdict."""
        started = now()
        digest = content.digest
        journal = self._attempt.journal
        if isinstance(content, Unreadable):
            keeps = "Nothing was changed in FRR, which keeps what it has."
            outcome: Outcome | None = Outcome(Verdict.REFUSED, Phase.GATE, f"{content.message} {keeps}")
        elif not journal.look(content.digest):
            outcome = Outcome(Verdict.REFUSED, Phase.GATE, ENDED)
        else:
            if self._memory.key != digest or self._memory.retry is not Retry.SOON:
                self._log.info(f"{self._settings.offered} is looked at", hash=digest)
            self._begin(digest)
            before = self._attempt.journal.doing
            try:
                failures = self._memory.failures if self._memory.key == digest else 0
                self._overtaken.begin(content.digest)
                outcome = self._attempt.bring(content, self._history.good, last_try=failures + 1 >= FAILURES_LIMIT)
            except (OSError, MemoryError, RuntimeError) as error:
                outcome = self._no_work(error, changed=self._attempt.journal.doing is not before)
            finally:
                journal.looked()
            self._end_phase()
        self._overtaken.end(left=outcome is None)
        if outcome is None:  # given up before any change
            self._hints.put(Hint.EVENT)
            self._publish(dataclasses.replace(self._status, state=self._state(found), phase=None))
        else:
            self._conclude(content, outcome, started, outcome.seen or found)

    def _no_work(self, error: OSError | MemoryError | RuntimeError, *, changed: bool) -> Outcome:
        """The state directory is full, a program is gone, or something is short; `changed`: FRR may have been changed.

        Raises `error` where it says nothing about the file.
        """
        trouble = limits.shortage(error)
        if (not isinstance(error, OSError | MemoryError) and not trouble) or (trouble and not changed):
            raise error
        message = f"the sidecar could not do its work: {limits.reason(error)}."
        if not trouble:
            message += " Look at --state and FRR's programs."
        if not changed:
            return Outcome(Verdict.REFUSED, Phase.GATE, f"{message} {gate.UNCHANGED}", later=True)
        return Outcome(Verdict.FAILED, Phase.APPLY, f"{message} What FRR has now is not known.", later=True)

    def _restore(self, found: Daemons) -> None:
        """Brings FRR back to the last good file, though another one is offered. The verdict on that one stays."""
        good = self._history.good
        assert good is not None
        self._log.info("FRR may run something else than the last good file, which is compared", hash=good.digest)
        self._begin(self._status.offered_hash)
        before = self._attempt.journal.doing
        try:
            outcome = self._attempt.restore(good)
        except (OSError, MemoryError, RuntimeError) as error:
            outcome = self._no_work(error, changed=self._attempt.journal.doing is not before)
        self._end_phase()
        if outcome is None:
            self._publish(dataclasses.replace(self._status, state=self._state(found), phase=None))
            return
        seen = outcome.seen or found
        if outcome.verdict in GOOD:
            self._memory = dataclasses.replace(self._memory, trusted=seen.lives, restored_in=None, seen=seen)
            self._degraded, self._restore_pause = False, RESTORE_SECONDS
            self._drift.verified()
        else:
            self._attempt.journal.failed()
            self._put_off(seen)
        self.board.metrics.restore(outcome.verdict)
        say = self._log.info if outcome.verdict in GOOD else self._log.error
        say(outcome.told(degraded=self._degraded), hash=good.digest)
        self._publish(dataclasses.replace(self._status, state=self._state(seen), phase=None, frr=_frr(seen)))

    def _put_off(self, seen: Daemons) -> None:
        """FRR could not be brought back: again after a while, or when its daemons are other ones."""
        self._degraded = True
        self._memory = dataclasses.replace(self._memory, trusted=None, restored_in=seen)
        self._restore_at = time.monotonic() + self._restore_pause
        self._restore_pause = min(RESTORE_LIMIT_SECONDS, 2 * self._restore_pause)

    def _restore_is_due(self) -> bool:
        """With --once: whether FRR may run something else than the last good file, and can be brought back now."""
        memory, found = self._memory, self._daemons
        if self._history.good is None or found is None or memory.restored_in is not None or memory.verdict in GOOD:
            return False
        possible = found.up - {OVERSEER} and not found.hung
        return memory.trusted is None and bool(possible) and not memory.missing and memory.retry is Retry.NEVER

    def _conclude(self, content: Offered | Unreadable, outcome: Outcome, started: str, found: Daemons) -> None:
        """Remembers the outcome, keeps what is good, and says it."""
        message = outcome.told(degraded=self._degraded)
        journal = self._attempt.journal
        trusted, failures = self._memory.trusted, self._memory.failures if self._memory.key == key_of(content) else 0
        if isinstance(content, Offered) and outcome.verdict in GOOD:
            self._degraded, trusted, failures = False, found.lives, 0
            message += self._keep(content)
        elif outcome.verdict is Verdict.ROLLED_BACK:
            self._degraded, trusted = False, found.lives if outcome.restored else None
            failures += outcome.later
        elif outcome.verdict is Verdict.FAILED:
            self._degraded, trusted, failures = True, None, failures + 1
            journal.failed()
        next_try = self._next_try(key_of(content), outcome)
        if outcome.later:
            message += f" This says nothing about the file. The next try is in {self._retry_pause:g} s."
        restored_in = found if outcome.verdict is Verdict.FAILED and outcome.phase is Phase.ROLLBACK else None
        self._memory = Memory(
            key_of(content), outcome.verdict, outcome.retry, outcome.missing, failures, found, trusted
        )
        if restored_in is not None:
            self._put_off(restored_in)
        elif outcome.verdict in GOOD:
            self._restore_pause = RESTORE_SECONDS
        self._soon = outcome.retry is not Retry.NEVER or (trusted is None and self._history.good is not None)
        digest = content.digest
        last = Last(
            hash=digest,
            verdict=outcome.verdict,
            phase=outcome.phase,
            message=message,
            line=outcome.line,
            started=started,
            finished=now(),
            engine=outcome.engine or self._attempt.engine.name,
            residual=outcome.residual,
            next_try=next_try,
        )
        journal.remember(last if outcome.verdict is Verdict.ROLLED_BACK and not outcome.later else None)
        if (outcome.verdict in GOOD and outcome.phase is not Phase.GATE) or outcome.restored:
            self._drift.verified()
        said_before = self._status.last is not None and self._status.last.message == message
        if not (said_before and outcome.retry is Retry.SOON):
            self.board.metrics.verdict(outcome.verdict)
        good_since = self._status.good_since
        if self._status.good_hash != self._history.good_hash or (outcome.verdict in GOOD and good_since is None):
            good_since = last.finished
        self._publish(
            dataclasses.replace(
                self._offer(digest),
                state=self._state(found),
                phase=None,
                good_hash=self._history.good_hash,
                good_since=good_since,
                damage=self._history.damage or None,
                last=last,
                frr=_frr(found),
                drift=self._drift.status,
            )
        )
        if said_before and outcome.retry is Retry.SOON:
            return
        say = {Verdict.REFUSED: self._log.warn, Verdict.FAILED: self._log.error, Verdict.ROLLED_BACK: self._log.error}
        for text in (f"{outcome.verdict}: {message}", *(f"differs: {line}" for line in outcome.residual)):
            say.get(outcome.verdict, self._log.info)(text, hash=digest)

    def _next_try(self, key: str, outcome: Outcome) -> str | None:
        """When the file is tried again; the pause grows as long as programs fail at the same file."""
        if outcome.retry is Retry.SOON:
            return now()
        if outcome.retry is not Retry.LATER:
            return None
        again = self._memory.key == key and self._memory.retry is Retry.LATER
        self._retry_pause = min(RETRY_LIMIT_SECONDS, 2 * self._retry_pause) if again else RETRY_SECONDS
        self._retry_at = time.monotonic() + self._retry_pause
        return now(after=self._retry_pause)

    def _keep(self, content: Offered) -> str:
        """Keeps the file as the last good one and as the boot file; returns a sentence where that fails."""
        trouble = self._store(content)
        if not trouble:
            return ""
        trouble = f"But it cannot be kept for the next start: {trouble}. The sidecar tries that again."
        self._log.error(trouble)
        return f" {trouble}"

    def _keep_again(self) -> None:
        """Keeps the last good file where that failed before."""
        good = self._history.good
        if good is not None and not self._store(good):
            self._log.info("the last good file is kept for the next start now", hash=good.digest)
            self._publish(dataclasses.replace(self._status, damage=self._history.damage or None))

    def _store(self, content: Offered) -> str:
        """Writes both files; returns why that failed."""
        boot_file = self._settings.boot_file
        troubles = []
        try:
            if damage := self._history.keep(content):
                self._log.error(f"{damage}. The last good file was written again.", hash=content.digest)
        except OSError as error:
            troubles.append(limits.reason(error))
        if boot_file is not None:
            kind = Boot.OWN
            try:
                if boot.write(boot_file, content.data):
                    self._log.info(f"{boot_file} is what FRR boots from now", hash=content.digest)
            except OSError as error:
                troubles.append(limits.reason(error))
                kind = Boot.STALE
            self._status = dataclasses.replace(self._status, boot_file=kind)
        self._unkept = bool(troubles)
        return "; ".join(troubles)

    def _look_for_drift(self, found: Daemons) -> None:
        """Whether FRR still runs the last good file, every few minutes and only while there is nothing else to do."""
        good = self._history.good
        if good is None or self._memory.trusted != found.lives or not self._drift.is_due():
            return
        before = self._drift.status.lines
        try:
            status = self._drift.look(good)
        except OSError as error:
            if limits.shortage(error):
                raise
            self._log.error(f"whether FRR drifted cannot be seen: {limits.reason(error)}")
            return
        if status.lines and status.lines != before:
            self._log.warn(
                f"FRR runs something else than the last good file in {len(status.lines)} lines", hash=good.digest
            )
            for line in status.lines:
                self._log.warn(f"drift: {line}")
        elif before and not status.lines:
            self._log.info("FRR runs the last good file again", hash=good.digest)
        self._publish(dataclasses.replace(self._status, drift=status))
        if status.lines and self._settings.drift_repair:
            self._restore(found)
            self._publish(dataclasses.replace(self._status, drift=self._drift.status))

    def _state(self, found: Daemons | None) -> State:
        if found is None or self._memory.verdict is None:
            return State.WAITING  # nobody has looked yet, so nothing may be called well
        unsure = self._history.lost or (self._history.good is not None and self._memory.trusted is None)
        return state(found, self._memory, degraded=self._degraded or unsure)

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

    def _offer(self, digest: str | None) -> Status:
        """The status with this file as the offered one."""
        since = self._status.offered_since if self._status.offered_hash == digest else None
        return dataclasses.replace(self._status, offered_hash=digest, offered_since=since or now())

    def _begin(self, digest: str | None) -> None:
        self._phase_since = time.monotonic()
        self._publish(dataclasses.replace(self._offer(digest), state=State.RELOADING, phase=Phase.GATE))

    def _enter(self, phase: Phase) -> None:
        """The attempt is in another phase now."""
        self.board.beat()
        if phase is not Phase.GATE:
            self._overtaken.end(left=False)
        if phase is not self._status.phase:
            self._end_phase()
            self._publish(dataclasses.replace(self._status, phase=phase))

    def _end_phase(self) -> None:
        moment = time.monotonic()
        if self._status.phase is not None:
            self.board.metrics.phase(self._status.phase, moment - self._phase_since)
        self._phase_since = moment

    def _publish(self, status: Status) -> None:
        if not states.allows(self._status, status):
            self._log.error(f"{states.UNEXPECTED}: {states.named(self._status)} -> {states.named(status)}")
        self._status = status
        self.board.put_up(status)
        self._publisher.put(status)


_NOTHING = Unreadable("nothing was read yet")
ENDED = (
    f"the sidecar ended {TRIES_LIMIT} times while it looked at this file, so the file is not tried again by itself. "
    f"{gate.UNCHANGED} Publish another file, or ask for one more try (SIGHUP, or POST /reload)."
)


def _frr(found: Daemons) -> Frr:
    return Frr(found.version, {daemon.name: "up" if daemon.up else "down" for daemon in found.known})
