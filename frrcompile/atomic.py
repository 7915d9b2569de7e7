"""Replacing a file so that a reader sees the old one or the new one, and a power cut leaves one of them."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


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
    link to it stays one, and must lead to a file in the folder of the link or below: what is said here is for a new file.
    One that is read-only is not replaced, and neither is a directory, a device or a FIFO. Without `keep` the path itself
    becomes the new file. Every error names `path`.
    """
    try:
        _replace(path, content, mode, owner, keep=keep)
    except OSError as error:  # it may name the new file, which has another name until it is whole
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None


def _replace(path: str | Path, content: str | bytes, mode: int | None, owner: tuple[int, int], *, keep: bool) -> None:
    if keep and Path(path).is_symlink():
        _check_link(path)
    target = Path(os.path.realpath(path)) if keep else Path(path)
    # All that follows is done in the directory that is there now, though its name may come to mean another one.
    directory = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if keep:
            with contextlib.suppress(FileNotFoundError):
                before = os.stat(target.name, dir_fd=directory, follow_symlinks=False)
                if stat.S_ISDIR(before.st_mode):
                    raise OSError(errno.EISDIR, "it is a directory; name a file")
                if not stat.S_ISREG(before.st_mode):
                    raise OSError(errno.EINVAL, "it is no regular file, and was not replaced by one")
                if not before.st_mode & 0o222 or not os.access(target.name, os.W_OK, dir_fd=directory):
                    raise OSError(errno.EACCES, "it is read-only, and was not written")
                mode, owner = before.st_mode & 0o7777, (before.st_uid, before.st_gid)
        beside = f".{target.name}.{os.urandom(6).hex()}"
        descriptor = os.open(beside, _NEW, 0o600, dir_fd=directory)
        try:
            _fill(descriptor, content.encode() if isinstance(content, str) else content, mode, owner)
            os.rename(beside, target.name, src_dir_fd=directory, dst_dir_fd=directory)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside, dir_fd=directory)
            raise
        os.fsync(directory)
    finally:
        os.close(directory)


def _fill(descriptor: int, content: bytes, mode: int | None, owner: tuple[int, int]) -> None:
    """Writes and syncs the new file, and closes it."""
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        # Each by itself: we may give a file to a group of ours, and yet not to another user.
        for user, group in ((-1, owner[1]), (owner[0], -1)):
            with contextlib.suppress(PermissionError):
                os.fchown(descriptor, user, group)
        os.fchmod(descriptor, _new_mode() if mode is None else mode)
        os.fsync(descriptor)


def _check_link(path: str | Path) -> None:
    """Raises OSError where a link leads out of its folder: who made it decides what is overwritten."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(Path(path).parent)):
        raise OSError(errno.ELOOP, "it is a link to a file of another folder; name that file to write it")


def _new_mode() -> int:
    umask = os.umask(0)  # there is no other way to ask for it
    os.umask(umask)
    return 0o666 & ~umask
