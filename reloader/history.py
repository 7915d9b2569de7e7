"""Good configurations, kept in the state directory: the last one is what FRR is rolled back to.

Readable by the sidecar's user only, since they have what FRR has, passwords included.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from frrcompile import atomic
from reloader import own
from reloader.offered import SIZE_LIMIT, Offered

NAME = "good.conf"
FOLDER = "history"
KEPT = 10  # earlier good files
EARLIER = re.compile(r"[0-9]{8}-[0-9a-f]{12}\.conf")


class History:
    """`good.conf`, and the good files before it as `history/NUMBER-HASH.conf`.

    `damage` says that the last good file of an earlier sidecar cannot be read, and is empty otherwise.
    """

    def __init__(self, state: Path, kept: int = KEPT) -> None:
        """Reads what an earlier life of the sidecar left in the state directory; an unreadable one counts as none."""
        self._path = state / NAME
        self._folder = state / FOLDER
        self._kept = kept
        self.good: Offered | None = None
        self.damage = ""
        try:
            self.good = Offered.of(own.read(self._path, SIZE_LIMIT))
        except FileNotFoundError:
            pass
        except OSError as error:
            self.damage = f"{self._path} cannot be read: {error.strerror or error}"
            if own.is_damaged(error):  # the next good file must go there
                with contextlib.suppress(OSError):
                    self._path.rename(self._path.with_name(f"{NAME}.damaged"))
        self._stored = self.good
        for left in (*state.glob(f".{NAME}.*"), *self._folder.glob(".*")):  # of a sidecar that was killed in mid-write
            with contextlib.suppress(OSError):
                left.unlink()

    @property
    def good_hash(self) -> str | None:
        """The sha256 of the last good file's bytes."""
        return self.good.digest if self.good else None

    @property
    def earlier(self) -> list[Path]:
        """The good files before the last one, oldest first."""
        return sorted(path for path in self._folder.glob("*.conf") if EARLIER.fullmatch(path.name))

    def keep(self, good: Offered) -> None:
        """Makes `good` the last good configuration. Raises OSError, and still knows it in memory."""
        self.good = good
        known = self._stored
        if known == good:
            return
        try:
            if known is not None:
                self._file_away(known)
        finally:
            atomic.replace(self._path, good.data, mode=0o600)
            self._stored = good

    def _file_away(self, known: Offered) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        earlier = self.earlier
        number = int(earlier[-1].name[:8]) + 1 if earlier else 1
        for path in earlier[: max(0, len(earlier) + 1 - self._kept)]:
            with contextlib.suppress(OSError):
                path.unlink()
        atomic.replace(self._folder / f"{number:08}-{known.digest[:12]}.conf", known.data, mode=0o600)
