"""The status file: what the sidecar knows, as JSON that is replaced atomically. Its words are a contract (schema 1)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from frrcompile import atomic
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
    """What FRR boots from: our own file, the offered file itself, or something we do not write."""

    OWN = "own"
    SHARED = "shared"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Last:
    """The last verdict. `line` counts from 1 in the offered file; times are UTC."""

    hash: str | None
    verdict: Verdict
    phase: Phase
    message: str
    line: int | None
    started: str
    finished: str
    engine: str
    residual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frr:
    """What is known about FRR: its version, and each daemon `up` or `down`."""

    version: str | None = None
    daemons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """The whole file."""

    state: State
    boot_file: Boot
    good_hash: str | None = None
    offered_hash: str | None = None
    last: Last | None = None
    frr: Frr = field(default_factory=Frr)

    def to_json(self) -> str:
        """The file's text; secrets are masked here, once for all."""
        last = None
        if self.last is not None:
            last = {name: getattr(self.last, name) for name in Last.__dataclass_fields__}
            last["message"] = masking.message(self.last.message)
            last["residual"] = [masking.message(line) for line in self.last.residual]
        content = {
            "schema": SCHEMA,
            "state": self.state,
            "good_hash": self.good_hash,
            "offered_hash": self.offered_hash,
            "boot_file": self.boot_file,
            "last": last,
            "frr": {"version": self.frr.version, "daemons": self.frr.daemons},
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def write(self, path: Path) -> None:
        """Replaces `path`. Raises OSError."""
        atomic.replace(path, self.to_json().encode(), mode=0o644)


def read(path: Path) -> Status:
    """The status in `path`. Raises OSError, and ValueError with a sentence when it is not one of ours."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        if content["schema"] != SCHEMA:
            raise ValueError(f"{path} has schema {content['schema']}; this program reads schema {SCHEMA}")
        last = content["last"]
        return Status(
            state=State(content["state"]),
            boot_file=Boot(content["boot_file"]),
            good_hash=content["good_hash"],
            offered_hash=content["offered_hash"],
            last=last and _last(last),
            frr=Frr(content["frr"]["version"], dict(content["frr"]["daemons"])),
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is not a status file of frr-reloader") from error


def _last(content: dict[str, Any]) -> Last:
    known = {name: content[name] for name in Last.__dataclass_fields__}
    known["verdict"], known["phase"] = Verdict(known["verdict"]), Phase(known["phase"])
    known["residual"] = tuple(known["residual"])
    return Last(**known)
