"""What must survive the sidecar itself: a change that has begun, the file that was rolled back, the last good file's hash.

A sidecar that finds an unfinished change does not know what FRR has: it compares, and goes on or rolls back. A journal
that cannot be read says as much: nothing is known, FRR is compared with what is offered and with the last good file.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from frrcompile import atomic
from reloader import own
from reloader.sessions import Session
from reloader.status import Last, last_from, last_to

NAME = "journal.json"
HASH = re.compile(r"[0-9a-f]{64}")
TRIES_LIMIT = 3  # of a file during which the sidecar ended: it may be what ends it


@dataclass(frozen=True, slots=True)
class Doing:
    """A change that has begun: the file's hash, where it is, how often it was begun, and what must be up after it.

    `standing` is what FRR had before it of what a file need not say (reloader.standing).
    """

    hash: str
    phase: str
    tries: int = 1
    sessions: tuple[Session, ...] = ()
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """A file that is looked at, before FRR is changed, and how many sidecars ended while they did so, this one included."""

    hash: str
    tries: int = 1


@dataclass(slots=True)
class Journal:
    """The notes, on disk and here. A disk that is full makes `begin` raise OSError, before anything was changed.

    `good` is the sha256 of the last good file, None where no file was good yet. `damage` says that an earlier sidecar's notes
    cannot be read, and is empty otherwise.
    """

    path: Path
    doing: Doing | None = None
    looking: Looking | None = None
    rolled_back: Last | None = None
    good: str | None = None
    trouble: str = field(default="", compare=False)
    damage: str = field(default="", compare=False)

    @classmethod
    def open(cls, state: Path) -> Journal:
        """Reads what an earlier life left. Never raises."""
        journal = cls(state / NAME)
        try:
            journal._read(own.read(journal.path))
        except FileNotFoundError:
            pass
        except OSError as error:
            journal._damaged(error.strerror or str(error), aside=own.is_damaged(error))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            journal._damaged("it is not a journal of frr-reloader", aside=True)
        for left in state.glob(f".{NAME}.*"):  # of a sidecar that was killed in mid-write
            with contextlib.suppress(OSError):
                left.unlink()
        return journal

    def _read(self, data: bytes) -> None:
        content: dict[str, Any] = json.loads(data)
        doing, looking, rolled_back = content["doing"], content.get("looking"), content["rolled_back"]
        if doing:
            sessions = tuple(Session(*map(str, one)) for one in doing["sessions"])
            standing = tuple(map(str, doing.get("standing", ())))
            doing = Doing(str(doing["hash"]), str(doing["phase"]), int(doing["tries"]), sessions, standing)
        if looking:
            looking = Looking(str(looking["hash"]), int(looking["tries"]))
        rolled_back = last_from(rolled_back) if rolled_back else None
        good = content.get("good")
        if good is not None and not HASH.fullmatch(good):
            raise ValueError("not a sha256")
        self.good = good
        self.doing, self.looking, self.rolled_back = doing or None, looking or None, rolled_back

    def _damaged(self, why: str, *, aside: bool) -> None:
        """`aside`: what is in the journal's place is moved away, since the next note must go there."""
        self.damage = f"{self.path} cannot be read: {why}"
        if aside:
            with contextlib.suppress(OSError):
                self.path.rename(self.path.with_name(f"{NAME}.damaged"))

    def look(self, digest: str) -> bool:
        """Notes that a file is looked at; False where TRIES_LIMIT sidecars ended during this file, so that it is not.

        A full disk does not stop it.
        """
        before = self.looking.tries if self.looking and self.looking.hash == digest else 0
        applied = self.doing.tries if self.doing and self.doing.hash == digest else 0
        if before and before + applied >= TRIES_LIMIT:
            return False
        self.looking = Looking(digest, before + 1)
        self._try_to_write()
        return True

    def looked(self) -> None:
        """The look has ended and the sidecar has not."""
        if self.looking is not None:
            self.looking = None
            self._try_to_write()

    def forget(self) -> None:
        """A file that ended the sidecar may be tried once more."""
        if self.looking is not None:
            self.looked()

    @property
    def standing(self) -> tuple[str, ...]:
        """What FRR had before an unfinished change, of what a file need not say; empty where there is none."""
        return self.doing.standing if self.doing else ()

    def begin(self, digest: str, phase: str, standing: tuple[str, ...] = ()) -> None:
        """Notes that FRR is about to be changed, and has `standing` now, which counts where no change is unfinished.

        Raises OSError: without the note nothing may be changed.
        """
        before = self.doing if self.doing and self.doing.hash == digest else None
        looks = self.looking.tries if self.looking and self.looking.hash == digest else 1
        kept = self.doing, self.looking
        tries = (before.tries if before else 0) + looks
        self.doing = Doing(digest, phase, tries, before.sessions if before else (), self.standing or standing)
        self.looking = None
        try:
            self._write()
        except OSError:
            self.doing, self.looking = kept
            raise

    def at(self, phase: str, sessions: Iterable[Session] = ()) -> None:
        """Notes how far it is. A full disk does not stop it."""
        if self.doing is not None:
            kept = tuple(sorted(sessions)) or self.doing.sessions
            self.doing = replace(self.doing, phase=phase, sessions=kept)
            self._try_to_write()

    def failed(self) -> None:
        """The sidecar saw the change fail: it did not end in it, and yet what FRR has is not known."""
        if self.doing is not None:
            self.doing = replace(self.doing, tries=0)
            self._try_to_write()

    def done(self) -> None:
        """FRR has a file that was verified, and nothing else."""
        if self.doing is not None:
            self.doing = None
            self._try_to_write()

    def remember(self, rolled_back: Last | None) -> None:
        """The file that was rolled back and is not to be tried by itself again; None when there is none."""
        if self.rolled_back != rolled_back:
            self.rolled_back = rolled_back
            self._try_to_write()

    def keep(self, digest: str) -> None:
        """Notes the last good file. Raises OSError, and then has the one before."""
        before, self.good = self.good, digest
        try:
            self._write()
        except OSError:
            self.good = before
            raise

    def _try_to_write(self) -> None:
        try:
            self._write()
        except OSError as error:
            self.trouble = f"{self.path} cannot be written: {error.strerror or error}"

    def _write(self) -> None:
        content = {
            "doing": self.doing and asdict(self.doing),
            "looking": self.looking and asdict(self.looking),
            "rolled_back": self.rolled_back and last_to(self.rolled_back),
            "good": self.good,
        }
        atomic.replace(self.path, json.dumps(content).encode(), mode=0o600)
        self.trouble = ""
