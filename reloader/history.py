"""Good configurations, kept in the state directory: the last one is what FRR is rolled back to.

Readable by the sidecar's user only, since they have what FRR has, passwords included.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from frrcompile import atomic, regular
from reloader import own
from reloader.journal import Journal
from reloader.offered import SIZE_LIMIT, Offered

NAME = "good.conf"
FOLDER = "history"
KEPT = 10  # earlier good files
COPY = re.compile(r"[0-9]{8}-[0-9a-f]{12}\.conf")
UNKNOWN = "The last good file is not known: FRR keeps what it has until a file is good"


class History:
    """`good.conf`, and a copy of it and of each good file before it as `history/NUMBER-HASH.conf`.

    A file is believed only where it has the hash that the journal has of the last good one. Where `good.conf` has another,
    its copy is taken, or the boot file. `damage` says what is wrong with `good.conf`, and is empty where nothing is.
    `lost`: there was a last good file, and no file has its hash.
    """

    def __init__(self, state: Path, journal: Journal, boot_file: Path | None = None, kept: int = KEPT) -> None:
        """Reads what an earlier life of the sidecar left in the state directory. Never raises."""
        self._path = state / NAME
        self._folder = state / FOLDER
        self._boot_file = boot_file
        self._journal = journal
        self._kept = kept
        self.good: Offered | None = None
        self.damage = ""
        self.lost = False
        for left in (*state.glob(f".{NAME}.*"), *self._folder.glob(".*")):  # of a sidecar that was killed in mid-write
            with contextlib.suppress(OSError):
                left.unlink()
        self._open()

    @property
    def good_hash(self) -> str | None:
        """The sha256 of the last good file's bytes."""
        return self.good.digest if self.good else None

    @property
    def copies(self) -> list[Path]:
        """The good files, oldest first; the last one is a copy of `good.conf`."""
        return sorted(path for path in self._folder.glob("*.conf") if COPY.fullmatch(path.name))

    def keep(self, good: Offered) -> str:
        """Makes `good` the last good configuration; returns what was wrong with the file of the one before, else "".

        The copy is written first and the hash second, so that one of the two files has the journal's hash at any moment.
        Raises OSError, and still knows the file in memory.
        """
        self.good, self.lost = good, False
        damage = self._check()
        if self._copy() != good:
            self._add_copy(good)
        if damage or self._journal.good != good.digest:
            self._journal.keep(good.digest)
            atomic.replace(self._path, good.data, mode=0o600)
        self.damage = ""
        return damage

    def _open(self) -> None:
        """Finds the last good file by its hash."""
        self.damage = self._check()
        digest = self._journal.good
        found = self._own(self._path) if not self.damage else None
        if digest is None:
            self.good, self.lost = found, bool(self.damage)
        else:
            self.good = next((one for one in (found, *self._spares()) if one and one.digest == digest), None)
            self.lost = self.good is None
        if self.damage:
            self.damage += ". " + (UNKNOWN if self.lost else "The last good file is taken from its copy")

    def _check(self) -> str:
        """What is wrong with `good.conf`, which is moved aside then; empty where it is what the journal says."""
        try:
            data = own.read(self._path, SIZE_LIMIT)
        except FileNotFoundError:
            return f"{self._path} is missing" if self._journal.good else ""
        except OSError as error:
            aside = own.is_damaged(error)
            return f"{self._path} cannot be read: {error.strerror or error}{self._aside() if aside else ''}"
        found = Offered.of(data)
        if found.digest == self._journal.good or self._is_earlier(found):
            return ""
        return f"{self._path} was changed: it does not have the hash of the last good file{self._aside()}"

    def _is_earlier(self, found: Offered) -> bool:
        """Whether it is a good file that the sidecar kept: it ended before it wrote the next one, or lost the journal."""
        return any(self._own(path) == found for path in self.copies if path.name[9:21] == found.digest[:12])

    def _aside(self) -> str:
        """Moves `good.conf` away, as the next one must go there; says where it is."""
        aside = self._path.with_name(f"{NAME}.damaged")
        try:
            self._path.rename(aside)
        except OSError:
            return ""
        return f", and is {aside.name} now"

    def _spares(self) -> Iterator[Offered | None]:
        yield from map(self._own, reversed(self.copies))
        if self._boot_file is not None:
            with contextlib.suppress(OSError):
                yield Offered.of(regular.read(self._boot_file, SIZE_LIMIT))

    def _copy(self) -> Offered | None:
        copies = self.copies
        return self._own(copies[-1]) if copies else None

    @staticmethod
    def _own(path: Path) -> Offered | None:
        """A file in the state directory; None where it cannot be read, or others can have written it."""
        try:
            return Offered.of(own.read(path, SIZE_LIMIT))
        except OSError:
            return None

    def _add_copy(self, good: Offered) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        copies = self.copies
        number = int(copies[-1].name[:8]) + 1 if copies else 1
        for path in copies[: max(0, len(copies) - self._kept)]:
            with contextlib.suppress(OSError):
                path.unlink()
        atomic.replace(self._folder / f"{number:08}-{good.digest[:12]}.conf", good.data, mode=0o600)
