"""The boot file: what FRR reads when it starts. Written after a verified reload only, and only where we are asked to."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from frrcompile import atomic, regular
from reloader.status import Boot

MODE = 0o640  # FRR's own mode for its configuration (configure --enable-configfile-mask)


def kind(offered: Path, boot_file: Path | None, config_dir: Path, pathspace: str | None) -> Boot:
    """What FRR boots from. `config_dir` is FRR's own configuration directory (its `frr.conf` is only compared)."""
    if boot_file is not None:
        return Boot.OWN
    booted = config_dir / (pathspace or "") / "frr.conf"
    return Boot.SHARED if os.path.realpath(offered) == os.path.realpath(booted) else Boot.NONE


def write(path: Path, data: bytes) -> bool:
    """Makes `data` what FRR boots; returns whether that was a change. Raises OSError.

    The mode and the owner of a file that is there are kept, where root, the sidecar or the directory's owner owns it.
    A new one is readable for FRR: it gets the owner and the group of the directory that it is in, as far as we may give
    it away. A link is not followed but replaced, as others may write the directory.
    """
    directory = path.parent.stat()
    mode, owner = MODE, (directory.st_uid, directory.st_gid)
    try:
        handle = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        handle = -1
    if handle >= 0:
        try:
            before = os.fstat(handle)
            if _is_kept(before, directory):
                mode, owner = before.st_mode & 0o777, (before.st_uid, before.st_gid)
                if _content(handle, path) == data:
                    return False
        finally:
            os.close(handle)
    atomic.replace(path, data, mode=mode, owner=owner)
    return True


def _is_kept(before: os.stat_result, directory: os.stat_result) -> bool:
    """Whether the file that is there is a boot file at all, and its owner may say who reads it."""
    return stat.S_ISREG(before.st_mode) and before.st_uid in (0, os.geteuid(), directory.st_uid)


def _content(handle: int, path: Path) -> bytes | None:
    """None for a file that we may not read, or that is too large: we may still be able to replace it."""
    try:
        return regular.content(handle, path)
    except OSError:
        return None
