"""The status file: what the sidecar knows, as JSON that is replaced atomically. Its words are a contract (schema 1)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from frrcompile import atomic, regular
from frrcompile.printable import as_json
from reloader import masking

SCHEMA = 1


class State(StrEnum):
    """What the sidecar is at."""

    WAITING = "waiting-for-frr"
    IDLE = "idle"
    RELOADING = "reloading"
    DEGRADED = "degraded"  # FRR runs something else than any file that was verified


class Verdict(StrEnum):
    """What became of one offered file."""

    GOOD = "good"
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # nothing was changed in FRR
    ROLLED_BACK = "rolled-back"
    FAILED = "failed"  # FRR has a part of it


GOOD = frozenset({Verdict.GOOD, Verdict.UNCHANGED})


class Phase(StrEnum):
    """Where it ended."""

    GATE = "gate"
    PLAN = "plan"
    APPLY = "apply"
    VERIFY = "verify"
    HEALTH = "health"
    ROLLBACK = "rollback"


class Boot(StrEnum):
    """What FRR boots from: our own file, an older one of ours that could not be replaced, the offered file, or another."""

    OWN = "own"
    STALE = "stale"
    SHARED = "shared"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Last:
    """The last verdict. `line` counts from 1 in the offered file; times are UTC.

    `next_try` is when the file is tried again, where the verdict says nothing about the file since a program failed or
    another session has locked FRR's configuration; None where it is the last word.
    """

    hash: str | None
    verdict: Verdict
    phase: Phase
    message: str
    line: int | None
    started: str
    finished: str
    engine: str
    residual: tuple[str, ...] = ()
    next_try: str | None = None


@dataclass(frozen=True, slots=True)
class Frr:
    """What is known about FRR: its version, and each daemon `up` or `down`."""

    version: str | None = None
    daemons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """Whether FRR still runs the last good file: when that was looked at, and in which lines it does not."""

    checked: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The whole file. `phase` is how far a reload is; `good_since` and `offered_since` are when they became so.

    `trouble` is why the sidecar cannot look now, such as too few file descriptors; None while it can.
    `waiting_for` says why what is offered now cannot be read yet: until then the rest is about the file before.
    `damage` says that the last good file was changed in the state directory, until another file is good.
    """

    state: State
    boot_file: Boot
    good_hash: str | None = None
    offered_hash: str | None = None
    last: Last | None = None
    frr: Frr = field(default_factory=Frr)
    phase: Phase | None = None
    good_since: str | None = None
    offered_since: str | None = None
    drift: Drift = field(default_factory=Drift)
    pid: int | None = None
    trouble: str | None = None
    waiting_for: str | None = None
    damage: str | None = None

    def to_json(self) -> str:
        """The file's text. Secrets are masked here, and each text is printable and bounded."""
        content = {
            "schema": SCHEMA,
            "state": self.state,
            "phase": self.phase,
            "good_hash": self.good_hash,
            "good_since": self.good_since,
            "offered_hash": self.offered_hash,
            "offered_since": self.offered_since,
            "boot_file": self.boot_file,
            "last": self.last and last_to(self.last),
            "frr": {"version": self.frr.version, "daemons": self.frr.daemons},
            "drift": {"checked": self.drift.checked, "lines": [masking.line(line) for line in self.drift.lines]},
            "pid": self.pid,
            "trouble": self.trouble and masking.message(self.trouble),
            "waiting_for": self.waiting_for and masking.message(self.waiting_for),
            "damage": self.damage and masking.message(self.damage),
        }
        return as_json(content) + "\n"

    def write(self, path: Path) -> None:
        """Replaces `path`. Raises OSError."""
        atomic.replace(path, self.to_json().encode(), mode=0o644)


def read(path: Path) -> Status:
    """The status in `path`, whichever user wrote it. Raises OSError, and what `parse` raises."""
    return parse(regular.read(path), path)


def parse(data: bytes, path: Path) -> Status:
    """The status that a file says; `path` is for errors. Raises ValueError with a sentence where it says none."""
    try:
        content: dict[str, Any] = json.loads(data)
        schema = content["schema"]
        if schema == SCHEMA:
            return _from(content)
        if type(schema) is not int:
            raise TypeError
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"{path} is not a status file of frr-reloader") from error
    raise ValueError(f"{path} has schema {str(schema)[:20]}; this program reads schema {SCHEMA}")


def _from(content: dict[str, Any]) -> Status:
    """A status out of JSON. Raises KeyError, TypeError, AttributeError or ValueError where it is none."""
    drift = content.get("drift") or {}
    daemons: dict[str, Any] = content["frr"]["daemons"]
    return Status(
        state=State(content["state"]),
        boot_file=Boot(content["boot_file"]),
        good_hash=_text(content["good_hash"]),
        offered_hash=_text(content["offered_hash"]),
        last=last_from(content["last"]) if content["last"] else None,
        frr=Frr(_text(content["frr"]["version"]), {name: _said(how) for name, how in daemons.items()}),
        phase=Phase(content["phase"]) if content.get("phase") else None,
        good_since=_text(content.get("good_since")),
        offered_since=_text(content.get("offered_since")),
        drift=Drift(_text(drift.get("checked")), tuple(map(_said, drift.get("lines", ())))),
        pid=_number(content.get("pid")),
        trouble=_text(content.get("trouble")),
        waiting_for=_text(content.get("waiting_for")),
        damage=_text(content.get("damage")),
    )


def last_to(last: Last) -> dict[str, Any]:
    """A verdict as JSON has it, secrets masked."""
    content = {name: getattr(last, name) for name in Last.__dataclass_fields__}
    content["message"] = masking.message(last.message)
    content["residual"] = [masking.line(line) for line in last.residual]
    return content


def last_from(content: dict[str, Any]) -> Last:
    """A verdict out of JSON. Raises KeyError, TypeError or ValueError where it is none."""
    return Last(
        hash=_text(content["hash"]),
        verdict=Verdict(content["verdict"]),
        phase=Phase(content["phase"]),
        message=_said(content["message"]),
        line=_number(content["line"]),
        started=_said(content["started"]),
        finished=_said(content["finished"]),
        engine=_said(content["engine"]),
        residual=tuple(map(_said, content["residual"])),
        next_try=_text(content.get("next_try")),  # which older sidecars do not write
    )


def _said(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {type(value).__name__}")
    return value


def _text(value: object) -> str | None:
    return None if value is None else _said(value)


def _number(value: object) -> int | None:
    if value is None or type(value) is int:
        return value
    raise TypeError(f"not a number: {type(value).__name__}")
