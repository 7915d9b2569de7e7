"""Reading the offered file: its bytes and their hash, or a sentence that says why not.

Others write the directory, so a name in it may lead anywhere. No link is followed out of the directory, and nothing but
a regular file of a bounded size is opened (`beneath`, `frrcompile.regular`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frrcompile import regular
from reloader import beneath
from reloader.limits import shortage

SIZE_LIMIT = regular.LIMIT
HASH_LIMIT = 8 * SIZE_LIMIT  # bytes; a larger file is not read at all, so it has no hash
FRESH_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Offered:
    """The content of the offered file at one moment."""

    data: bytes
    digest: str  # sha256 of the bytes, in hexadecimal

    @classmethod
    def of(cls, data: bytes) -> Offered:
        """What `data` would be if it were offered."""
        return cls(data, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There is no content: `message` says what is wrong and what to do. `digest` is of a file that is only too large."""

    message: str
    digest: str | None = None


class HeldError(Exception):
    """The file cannot be opened for now. The kernel breaks a lease after a while (fs.lease-break-time), and its holder can
    take another one.
    """


def read(path: Path) -> Offered | Unreadable:
    """What `path` offers now. Never blocks and never opens anything but a regular file.

    Raises HeldError, and OSError for want of descriptors or memory only.
    """
    try:
        with _looked_at(path) as handle:
            if _size(handle, path) <= SIZE_LIMIT:
                return Offered.of(regular.content(handle, path, SIZE_LIMIT))
            return _too_large(path, _digest(handle, path))
    except OSError as error:
        return _unreadable(path, error)


def key_of(content: Offered | Unreadable) -> str:
    """What makes two offers the same: the hash, or what is wrong."""
    return content.digest or content.message if isinstance(content, Unreadable) else content.digest


def peek(path: Path) -> str:
    """The `key_of` what `path` offers now, in little memory. Raises as `read` does."""
    try:
        with _looked_at(path) as handle:
            return _digest(handle, path) or _too_large(path, None).message
    except OSError as error:
        return _unreadable(path, error).message


def stamp(path: Path) -> tuple[int, ...]:
    """What changes whenever the file is written or replaced; empty where that cannot be seen.

    A file that was written just now may be written once more within the same tick of the clock.
    """
    found = identity(path)
    return found if found and abs(time.time() - found[3] / 1e9) >= FRESH_SECONDS else ()


def identity(path: Path) -> tuple[int, ...]:
    """Which file is offered, and when it was last written, whatever it says; empty where that cannot be seen.

    Device, inode, bytes, and the times of its content and of its inode in nanoseconds.
    """
    try:
        with _looked_at(path) as handle:
            kind = os.fstat(handle)
    except OSError:
        return ()
    return kind.st_dev, kind.st_ino, kind.st_size, kind.st_mtime_ns, kind.st_ctime_ns


@contextmanager
def _looked_at(path: Path) -> Iterator[int]:
    """An O_PATH descriptor of the file. The directory's own path may be a link, and is resolved anew each time."""
    directory = beneath.directory(path.parent)
    try:
        handle = beneath.look(directory, path.name)
        try:
            _check_names(os.fstat(handle), os.fstat(directory), path)
            yield handle
        finally:
            os.close(handle)
    finally:
        os.close(directory)


def _check_names(kind: os.stat_result, directory: os.stat_result, path: Path) -> None:
    """Refuses a second name (hard link) of a file that the user who made that name may not be able to read.

    The file is taken where its owner is the directory's or root, and where in addition everybody may read it or only
    its owner can make names in the directory.
    """
    if not stat.S_ISREG(kind.st_mode) or kind.st_nlink <= 1:
        return
    owners = (directory.st_uid, 0)
    exclusive = directory.st_uid in (kind.st_uid, 0) and not directory.st_mode & 0o022
    if kind.st_uid not in owners or not (kind.st_mode & stat.S_IROTH or exclusive):
        raise OSError(errno.EMLINK, "it has other names (hard links)", os.fspath(path))


def _size(handle: int, path: Path) -> int:
    """Bytes of the regular file that `handle` names. Raises OSError for anything else."""
    kind = os.fstat(handle)
    regular.check(kind, path, kind.st_size)
    return kind.st_size


def _digest(handle: int, path: Path) -> str | None:
    """Also a file over the size limit has a hash, so that `frr-reloader wait --hash` gets its answer."""
    return regular.digest(handle, path, HASH_LIMIT) if _size(handle, path) <= HASH_LIMIT else None


def _too_large(path: Path, digest: str | None) -> Unreadable:
    limit = SIZE_LIMIT // 1024 // 1024
    return Unreadable(
        f"{path} is larger than {limit} MiB. Publish FRR's configuration there, and nothing else.", digest
    )


def _unreadable(path: Path, error: OSError) -> Unreadable:
    if error.errno == errno.EAGAIN:
        raise HeldError("another process holds a lease on it (fcntl F_SETLEASE), or keeps replacing it") from error
    if shortage(error):
        raise error  # it says nothing about the file
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return Unreadable(f"{path} is a symbolic link to a file that does not exist. Repair the link.")
        return Unreadable(f"{path} does not exist. Put a configuration there; it is taken as soon as it is.")
    if isinstance(error, PermissionError):
        return Unreadable(
            f"{path} cannot be read: permission denied for user id {os.geteuid()}. "
            "Make the file, and the directories above it, readable for the sidecar's user."
        )
    advice = {
        errno.EXDEV: " Put the file itself into the watched directory, or watch the directory that has it.",
        errno.EMLINK: " Publish a copy of the file, not a hard link to it.",
        errno.EISDIR: " Put the configuration there as a file.",
        errno.EINVAL: " Put the configuration there as a file.",
    }
    return Unreadable(f"{path} cannot be read: {error.strerror or error}.{advice.get(error.errno or 0, '')}")
