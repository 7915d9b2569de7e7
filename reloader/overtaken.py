"""Why the gate is left before it has judged a file: a newer one has landed, or FRR's daemons are other ones by now.

A large file keeps FRR's programs busy for minutes. Meanwhile FRR may need the last good file.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from reloader import offered
from reloader.daemons import Daemons
from reloader.offered import HeldError

LONG_SECONDS = 10.0  # of a gate: a shorter one is not left
DAEMONS_SECONDS = 2.0  # between two looks at FRR's daemons


class Overtaken:
    """Watches beside the gate. Of two gates in a row it makes the sidecar leave one at most: a file that takes long is
    judged also where a new one lands each minute.
    """

    def __init__(self, path: Path, probe: Callable[[], Daemons]) -> None:
        """`path` is the offered file, `probe` says which daemons answer."""
        self._path = path
        self._probe = probe
        self._key = ""
        self._since: float | None = None
        self._probe_at = 0.0
        self._left = False
        self.was_long = False  # the last gate, so that FRR gets what it lacks before the next one

    def begin(self, key: str) -> None:
        """The gate begins with the file that has this key."""
        self._key = key
        self._since = time.monotonic()

    def end(self, *, left: bool) -> None:
        """The gate has ended, if it was not over before; `left` says that it was left."""
        if self._since is not None:
            self._left = left
            self.was_long = time.monotonic() - self._since > LONG_SECONDS
        self._since = None

    def why(self, found: Daemons) -> str:
        """Why to leave the gate, empty where it goes on; `found` are the daemons at its beginning. Raises OSError."""
        moment = time.monotonic()
        if self._left or self._since is None or moment - self._since < LONG_SECONDS:
            return ""
        if moment >= self._probe_at:
            self._probe_at = moment + DAEMONS_SECONDS
            now = self._probe()
            if now.lives != found.lives and found.up <= now.up:  # before all are back there is nothing to be done
                return "a daemon of FRR's was started anew"
            with contextlib.suppress(HeldError):
                if offered.peek(self._path) != self._key:
                    return "another file has landed"
        return ""
