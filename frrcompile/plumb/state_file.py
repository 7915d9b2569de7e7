"""The state file of an owner: what a teardown puts back, and what an `apply` that waits for confirmation goes back to.

It is written before the first change, for root alone, whole or not at all. A checksum tells a damaged one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from frrcompile import atomic, regular
from frrcompile.plumb import before as before_values
from frrcompile.plumb import state as state_values
from frrcompile.plumb.before import Before
from frrcompile.plumb.netns import Identity
from frrcompile.plumb.state import NOTHING, Desired

DIRECTORY = Path("/var/lib/frrcompile/plumb")
"""Where state files are by default."""

_SCHEMA = 1
_LARGEST = 64 << 20


class StateError(Exception):
    """The state file cannot be read: one sentence."""


class Pending(NamedTuple):
    """An `apply` that undoes itself: whose undoing it is (`token`), within how many seconds, and what it goes back to."""

    token: str
    seconds: int
    previous: Desired


class Saved(NamedTuple):
    """All that is kept for an owner.

    `desired` is what was applied last, `netns` the router's namespace and `found` the words that it was found with. `note`
    is what happened last without a person.
    """

    before: Before = Before()
    desired: Desired = NOTHING
    netns: Identity = Identity(0, 0)
    found: tuple[str, ...] = ()
    pending: Pending | None = None
    note: str = ""


def path_of(directory: Path, owner: str) -> Path:
    """The state file of an owner."""
    return directory / f"{owner}.json"


def load(directory: Path, owner: str) -> Saved:
    """What is kept; an empty state where there is no file. Raises StateError where it is damaged, OSError where unreadable."""
    path = path_of(directory, owner)
    try:
        content = regular.read(path, _LARGEST)
    except FileNotFoundError:
        return Saved()
    try:
        document = json.loads(content)
        text = document["state"]
        if document["schema"] != _SCHEMA or hashlib.sha256(text.encode()).hexdigest() != document["sha256"]:
            raise StateError(f"{path}: the state file is damaged, or of another release")
        found = _value(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StateError(f"{path}: the state file is damaged") from None
    if not isinstance(found, Saved):
        raise StateError(f"{path}: the state file is damaged")
    return found


def store(directory: Path, owner: str, saved: Saved) -> None:
    """Writes the state file where it says something else, and removes it where there is nothing to keep. Raises OSError."""
    path = path_of(directory, owner)
    if saved == Saved():
        path.unlink(missing_ok=True)
        return
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(_plain(saved), separators=(",", ":"))
    document = {"schema": _SCHEMA, "sha256": hashlib.sha256(text.encode()).hexdigest(), "state": text}
    content = json.dumps(document) + "\n"
    if not _holds(path, content.encode()):
        atomic.replace(path, content, mode=0o600)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_mode & 0o777 == 0o600 and regular.read(path, _LARGEST) == content
    except OSError:
        return False


def _plain(value: object) -> Any:
    fields: tuple[str, ...] | None = getattr(value, "_fields", None)
    if fields is not None:
        return {"": type(value).__name__, **{name: _plain(getattr(value, name)) for name in fields if name != "at"}}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return {"": "frozenset", "of": [_plain(one) for one in sorted(value)]}
    if isinstance(value, dict):
        return {"": "dict", "of": [[_plain(key), _plain(one)] for key, one in value.items()]}
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain.pop("")
    if name == "frozenset":
        return frozenset(_value(one) for one in plain["of"])
    if name == "dict":
        return {_value(key): _value(one) for key, one in plain["of"]}
    return _CLASSES[name](**{key: _value(one) for key, one in plain.items()})


_CLASSES: dict[str, Any] = {
    one.__name__: one
    for module in (before_values, state_values)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, tuple) and one.__module__ == module.__name__
} | {one.__name__: one for one in (Saved, Pending, Identity)}
