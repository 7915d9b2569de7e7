"""The sidecar's log: one line per event on standard error, with the time in UTC, for people or as JSON."""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TextIO

from reloader import masking


def now(*, after: float = 0.0) -> str:
    """The time in UTC, `after` seconds from now, to the millisecond: 2026-01-31T03:14:15.926Z."""
    return (datetime.now(UTC) + timedelta(seconds=after)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Log:
    """Where the sidecar says what it does. Secrets of FRR's password lines are masked here, once for all."""

    def __init__(self, form: str = "text", stream: TextIO | None = None) -> None:
        """`form` is `text` or `json`."""
        self._json = form == "json"
        self._stream = stream or sys.stderr

    def info(self, message: str, **fields: object) -> None:
        """What goes as it should."""
        self._write("info", message, fields)

    def warn(self, message: str, **fields: object) -> None:
        """What somebody should know, though FRR is as it should be."""
        self._write("warning", message, fields)

    def error(self, message: str, **fields: object) -> None:
        """What somebody must see to."""
        self._write("error", message, fields)

    def _write(self, level: str, message: str, fields: dict[str, object]) -> None:
        if self._json:
            text = json.dumps({"time": now(), "level": level, "message": masking.message(message), **_masked(fields)})
        else:
            extra = "".join(f" {name}={_short(value)}" for name, value in _masked(fields).items())
            text = f"{now()} {level:7} {masking.message(message)}{extra and '  [' + extra.strip() + ']'}"
        # Where nobody reads the log any more, the status file still says all.
        with contextlib.suppress(OSError):
            print(text, file=self._stream, flush=True)


def _masked(fields: dict[str, object]) -> dict[str, object]:
    return {
        name: masking.message(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if value is not None
    }


def _short(value: object) -> str:
    """A hash in twelve digits, as people compare them."""
    text = str(value)
    return text[:12] if len(text) == 64 and set(text) <= set("0123456789abcdef") else text
