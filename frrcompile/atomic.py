"""Replacing a file so that a reader sees the old one or the new one, and a power cut leaves one of them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace(
    path: str | Path,
    content: str | bytes,
    *,
    mode: int | None = None,
    owner: tuple[int, int] = (-1, -1),
    keep: bool = False,
) -> None:
    """Makes `content` the content of `path`: written beside it, synced, renamed over it. Raises OSError.

    `mode` is what the umask leaves of 0666 where it is not given. `owner` is (user id, group id), -1 for our own; where
    we may not give the file away it stays ours. With `keep` a file that is there keeps its mode and its owner, and a
    link to it stays one: what is said here is for a new file. Without it the path itself becomes the new file.
    """
    target = Path(os.path.realpath(path)) if keep else Path(path)
    if keep:
        with contextlib.suppress(FileNotFoundError):
            before = target.stat()
            mode, owner = before.st_mode & 0o7777, (before.st_uid, before.st_gid)
    descriptor, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            # Each by itself: we may give a file to a group of ours, but to nobody else.
            for user, group in ((-1, owner[1]), (owner[0], -1)):
                with contextlib.suppress(PermissionError):
                    os.fchown(descriptor, user, group)
            os.fchmod(descriptor, _new_mode() if mode is None else mode)
            os.fsync(descriptor)
        Path(beside).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
    directory = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _new_mode() -> int:
    umask = os.umask(0)  # there is no other way to ask for it
    os.umask(umask)
    return 0o666 & ~umask
