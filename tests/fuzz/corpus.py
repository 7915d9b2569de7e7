"""Where inputs come from: a target's seeds, and what earlier runs found worth keeping, outside the checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.frr.installation import cache
from tests.fuzz.target import Target

WORD_LIMIT = 64  # bytes that libFuzzer takes


def folder(name: str) -> Path:
    """The corpus of a target: `${FRRCOMPILE_CACHE:-~/.cache/frrcompile}/fuzz/TARGET`."""
    path = cache().parent / "fuzz" / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def plant(name: str, target: Target) -> Path:
    """The corpus of a target, with its seeds in it."""
    place = folder(name)
    for seed in target.seeds():
        path = place / hashlib.sha1(seed, usedforsecurity=False).hexdigest()  # as libFuzzer names its files
        if not path.exists():
            path.write_bytes(seed[: target.size])
    return place


def inputs(name: str, target: Target) -> Iterator[bytes]:
    """All that the corpus has, the shortest first."""
    for path in sorted(plant(name, target).iterdir(), key=lambda path: path.stat().st_size):
        yield path.read_bytes()


def dictionary(target: Target) -> str:
    """The target's words as a libFuzzer dictionary."""
    words = (word.encode() for word in dict.fromkeys(target.words()))
    quoted = ("".join(rf"\x{byte:02x}" for byte in word) for word in words if 0 < len(word) < WORD_LIMIT)
    return "".join(f'"{word}"\n' for word in quoted)
