"""A fuzz target: a function that takes foreign bytes and raises where the code breaks its word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "targets"


class Target(NamedTuple):
    """One parser.

    `run` raises on a finding: an exception that is not documented, or `oracle.BrokenError`. `seeds` are inputs that the parser
    takes, `words` what its inputs consist of, `size` the longest input in bytes that is tried.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Iterable[str]] = tuple
    size: int = 8192


def names() -> list[str]:
    """The targets that there are: the modules in `targets/`."""
    return sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


def load(name: str) -> Target:
    """The target of a name. Raises ImportError."""
    target = import_module(f"tests.fuzz.targets.{name}").TARGET
    assert isinstance(target, Target)
    return target
