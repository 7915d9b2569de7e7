"""The boot file: what FRR reads when it starts. Written after a verified reload only, and only where we are asked to."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from frrcompile import atomic
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

    An existing file's mode and owner are kept. A new one is readable for FRR: it gets the owner and the group of the
    directory that it is in, as far as we may give it away.
    """
    # One that is not ours to read is perhaps still ours to replace.
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if path.read_bytes() == data:
            return False
    directory = path.parent.stat()
    atomic.replace(path, data, mode=MODE, owner=(directory.st_uid, directory.st_gid), keep=True)
    return True
