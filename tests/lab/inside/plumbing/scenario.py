"""The scenarios by their names: a scenario is a function with assertions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

LONG = "interrupted_everywhere"
"""The one that takes minutes."""

SCENARIOS: dict[str, Callable[[Path], None]] = {}


def scenario(function: Callable[[Path], None]) -> Callable[[Path], None]:
    SCENARIOS[function.__name__] = function
    return function
