"""The sidecar's own files. Where others can write their directory, a name there may be a link, a FIFO or another user's file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from frrcompile import regular

TRIES_LIMIT = 10  # to get a file of our own where others put something in its place
_LOCK = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_LOOK = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC


def is_ours(kind: os.stat_result, users: Collection[int] = ()) -> bool:
    """Whether only root, the process's own user and `users` (user ids) can have written it."""
    return kind.st_uid in (0, os.geteuid(), *users) and not kind.st_mode & 0o022


def is_closed(kind: os.stat_result) -> bool:
    """Whether no user but root and our own can rename or remove our files in a directory."""
    return kind.st_uid in (0, os.geteuid()) and bool(not kind.st_mode & 0o022 or kind.st_mode & stat.S_ISVTX)


def read(path: Path, limit: int = regular.LIMIT) -> bytes:
    """The content of a regular file that is ours, and no link to one. Raises OSError."""
    with looked_at(path, limit=limit) as handle:
        return regular.content(handle, path, limit)


@contextmanager
def looked_at(path: Path, users: Collection[int] = (), limit: int = regular.LIMIT) -> Iterator[int]:
    """An O_PATH descriptor of a regular file that only root, our own user and `users` can have written.

    Raises OSError for anything else, a link included.
    """
    handle = os.open(path, _LOOK)
    try:
        kind = os.fstat(handle)
        regular.check(kind, path, limit)
        if not is_ours(kind, users):
            owner = f"its owner has user id {kind.st_uid}, its mode is {kind.st_mode & 0o7777:04o}"
            raise OSError(errno.EPERM, f"other users can write it ({owner})", os.fspath(path))
        yield handle
    finally:
        os.close(handle)


def is_damaged(error: OSError) -> bool:
    """Whether what `read` met is no file of ours; otherwise reading it may succeed later."""
    return error.errno in (errno.EINVAL, errno.EISDIR, errno.EFBIG, errno.EPERM)


def write(path: Path, text: str) -> None:
    """Makes `text` the content of a small file of ours in a directory of ours; not synced. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def to_lock(path: Path, mode: int) -> int:
    """A descriptor of a file that exists to be locked; it is made where it is missing. Raises OSError.

    What others put in its place is removed. A directory is not: the error says so.
    """
    for _ in range(TRIES_LIMIT):
        try:
            kind = path.lstat()
        except FileNotFoundError:
            try:
                return os.open(path, _LOCK | os.O_CREAT | os.O_EXCL, mode)
            except FileExistsError:
                continue
        if stat.S_ISDIR(kind.st_mode):
            raise OSError(errno.EISDIR, "it is a directory, not a lock file", os.fspath(path))
        # A file that others can open may be locked by them, for as long as they like.
        safe = kind.st_uid == os.geteuid() and kind.st_nlink == 1 and not kind.st_mode & 0o777 & ~mode
        if stat.S_ISREG(kind.st_mode) and safe:
            try:
                handle = os.open(path, _LOCK)
            except FileNotFoundError:
                continue
            if os.path.samestat(os.fstat(handle), kind):
                return handle
            os.close(handle)
        else:
            path.unlink(missing_ok=True)
    raise OSError(errno.EBUSY, "others replace it again and again", os.fspath(path))
