"""The sidecar's log: one line per event on standard error, with the time in UTC, for people or as JSON."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import TextIO

from frrcompile.output import tell
from frrcompile.printable import as_json
from reloader import masking
from reloader.rates import Rates


def now(*, after: float = 0.0) -> str:
    """The time in UTC, `after` seconds from now, to the millisecond: 2026-01-31T03:14:15.926Z."""
    return (datetime.now(UTC) + timedelta(seconds=after)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Log:
    """The events of the sidecar, a line each. Secrets are masked here, and each text is printable and bounded.

    Of lines of one kind that come too fast some are left out; `left_out` of the next one is their number.
    """

    def __init__(self, form: str = "text", stream: TextIO | None = None) -> None:
        """`form` is `text` or `json`."""
        self._json = form == "json"
        self._stream = stream  # standard error, where it is None
        self._rates = Rates()

    def info(self, message: str, **fields: object) -> None:
        """Reports normal operation."""
        self._write("info", message, fields)

    def warn(self, message: str, **fields: object) -> None:
        """Reports a problem that leaves FRR as it should be."""
        self._write("warning", message, fields)

    def error(self, message: str, **fields: object) -> None:
        """Reports a problem that needs an operator."""
        self._write("error", message, fields)

    def _write(self, level: str, message: str, fields: dict[str, object]) -> None:
        left_out = self._rates.take(message)
        if left_out is None:
            return
        if left_out:
            fields = {**fields, "left_out": left_out}
        if self._json:
            text = as_json(
                {"time": now(), "level": level, "message": masking.message(message), **_masked(fields)}, indent=None
            )
        else:
            extra = "".join(f" {name}={_short(value)}" for name, value in _masked(fields).items())
            text = f"{now()} {level:7} {masking.message(message)}{extra and '  [' + extra.strip() + ']'}"
        # Where nobody reads the log any more, the status file still says all.
        with contextlib.suppress(OSError):
            tell(f"{text}\n", stream=self._stream)


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
