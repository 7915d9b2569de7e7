"""Replacing a file so that a reader sees the old one or the new one, and a power cut leaves one of them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace(path: Path, data: bytes, *, mode: int, owner: tuple[int, int] = (-1, -1)) -> None:
    """Makes `data` the content of `path`: written beside it, synced, renamed over it. Raises OSError.

    `owner` is (user id, group id), -1 for "leave it"; where we may not give the file away it stays ours.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            for user, group in ((-1, owner[1]), (owner[0], -1)):
                with contextlib.suppress(PermissionError):
                    os.fchown(file.fileno(), user, group)
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
