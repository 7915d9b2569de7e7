"""A directory in memory for targets that read files; it goes when the process ends."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

MEMORY = Path("/dev/shm")


@lru_cache(maxsize=1)
def scratch() -> Path:
    """The directory of this process."""
    path = Path(tempfile.mkdtemp(prefix="fuzz-", dir=MEMORY if MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path
