"""What must survive the sidecar itself: a change that has begun, and the file that was rolled back.

A sidecar that finds a change that nobody finished does not know what FRR has: it compares, and goes on or rolls back.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from frrcompile import atomic
from reloader.sessions import Session
from reloader.status import Last, last_from, last_to

NAME = "journal.json"
TRIES_LIMIT = 3  # of a file during which the sidecar ended: it may be what ends it


@dataclass(frozen=True, slots=True)
class Doing:
    """A change that has begun: the file's hash, where it is, how often it was begun, and what must be up after it."""

    hash: str
    phase: str
    tries: int = 1
    sessions: tuple[Session, ...] = ()


@dataclass(slots=True)
class Journal:
    """The notes, on disk and here. A disk that is full makes `begin` raise OSError, before anything was changed."""

    path: Path
    doing: Doing | None = None
    rolled_back: Last | None = None
    trouble: str = field(default="", compare=False)

    @classmethod
    def open(cls, state: Path) -> Journal:
        """Reads what an earlier life left; what cannot be read counts as nothing."""
        journal = cls(state / NAME)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            content: dict[str, Any] = json.loads(journal.path.read_bytes())
            if content["doing"]:
                doing = content["doing"]
                sessions = tuple(Session(*one) for one in doing["sessions"])
                journal.doing = Doing(str(doing["hash"]), str(doing["phase"]), int(doing["tries"]), sessions)
            journal.rolled_back = content["rolled_back"] and last_from(content["rolled_back"])
        for left in state.glob(f".{NAME}.*"):  # of a sidecar that was killed in mid-write
            with contextlib.suppress(OSError):
                left.unlink()
        return journal

    def begin(self, digest: str, phase: str) -> None:
        """Notes that FRR is about to be changed. Raises OSError: without the note nothing may be changed."""
        before = self.doing if self.doing and self.doing.hash == digest else None
        self.doing = Doing(digest, phase, before.tries + 1 if before else 1, before.sessions if before else ())
        self._write()

    def at(self, phase: str, sessions: Iterable[Session] = ()) -> None:
        """Notes how far it is. A full disk does not stop it."""
        if self.doing is not None:
            kept = tuple(sorted(sessions)) or self.doing.sessions
            self.doing = Doing(self.doing.hash, phase, self.doing.tries, kept)
            self._try_to_write()

    def failed(self) -> None:
        """The sidecar saw the change fail: it did not end in it, and yet nobody knows what FRR has."""
        if self.doing is not None:
            self.doing = Doing(self.doing.hash, self.doing.phase, 0, self.doing.sessions)
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

    def _try_to_write(self) -> None:
        try:
            self._write()
        except OSError as error:
            self.trouble = f"{self.path} cannot be written: {error.strerror or error}"

    def _write(self) -> None:
        content = {
            "doing": self.doing and asdict(self.doing),
            "rolled_back": self.rolled_back and last_to(self.rolled_back),
        }
        atomic.replace(self.path, json.dumps(content).encode(), mode=0o600)
        self.trouble = ""
