"""The last good configuration, kept in the state directory so that a restarted sidecar knows it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from frrcompile import atomic
from reloader import offered
from reloader.offered import Offered


class History:
    """One file, `good.conf`: readable by the sidecar's user only, since it has what FRR has, passwords included."""

    def __init__(self, state: Path) -> None:
        """Reads what an earlier life of the sidecar left in the state directory; an unreadable one counts as none."""
        self._path = state / "good.conf"
        found = offered.read(self._path)
        self.good: Offered | None = found if isinstance(found, Offered) else None
        for left in state.glob(".good.conf.*"):  # of a sidecar that was killed in mid-write
            with contextlib.suppress(OSError):
                left.unlink()

    @property
    def good_hash(self) -> str | None:
        """The sha256 of the last good file's bytes."""
        return self.good.digest if self.good else None

    def keep(self, good: Offered) -> None:
        """Makes `good` the last good configuration. Raises OSError, and still knows it in memory."""
        known = self.good
        self.good = good
        if known != good:
            atomic.replace(self._path, good.data, mode=0o600)
