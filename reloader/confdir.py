"""A private configuration directory for FRR's tools: the offered file, exactly as it was hashed, and nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PREFIX = "look-"
_LEFT: set[Path] = set()
# vtysh complains about a missing vtysh.conf, and 10.3 as user frr even fails then; frr-reload.py refuses to work where
# this line is negated.
VTYSH_CONF = "service integrated-vtysh-config\n"


@dataclass(frozen=True, slots=True)
class Confdir:
    """A directory that only we may read; `file` is its frr.conf."""

    path: Path

    @property
    def file(self) -> Path:
        """The copy of the offered file."""
        return self.path / "frr.conf"


@contextmanager
def private(state: Path, data: bytes, pathspace: str | None) -> Iterator[Confdir]:
    """Makes a private directory below `state` for one look, and removes it afterwards. Raises OSError."""
    sweep_left()
    path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=state))
    try:
        confdir = Confdir(path)
        for place in {path, path / (pathspace or "")}:
            place.mkdir(mode=0o700, exist_ok=True)
            (place / "vtysh.conf").write_text(VTYSH_CONF)
        handle = os.open(confdir.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data or b"!\n")  # frr-reload.py refuses a file of no bytes
        yield confdir
    finally:
        remove(path)


def remove(path: Path) -> None:
    """Removes a directory; without file descriptors or memory for that, `sweep_left` does so later. Never raises."""
    with contextlib.suppress(OSError, MemoryError):
        shutil.rmtree(path)
    if path.exists():
        _LEFT.add(path)
    else:
        _LEFT.discard(path)


def sweep_left() -> None:
    """Removes what could not be removed before."""
    for path in tuple(_LEFT):
        remove(path)


def sweep(state: Path) -> None:
    """Removes what a sidecar that was killed has left below `state`."""
    for path in state.glob(f"{PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)
