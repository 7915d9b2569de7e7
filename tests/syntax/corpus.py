"""The configurations of FRR's own tests, read in place: nothing of them is copied into this project."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"


def files() -> list[Path]:
    """Every frr.conf of the corpus, in one order. Skips the test where there is none."""
    if not FOLDER.is_dir():
        pytest.skip("the corpus of other projects' configurations is not beside this checkout")
    return sorted(path for path in FOLDER.rglob("*.conf") if path.is_file())


def text(path: Path) -> str:
    """A file as a user's would be read: whatever its bytes are, they come back."""
    return path.read_bytes().decode(errors="surrogateescape")
