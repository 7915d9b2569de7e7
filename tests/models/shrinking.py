"""A smaller counterexample, by leaving parts out: with a real FRR each try takes a second, so it is bounded."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.models.scalars import Data

Step = str | int


def shrink(data: Data, still: Callable[[Data], bool], seconds: float) -> Data:
    """`data` without what `still` does not need to be true, after at most `seconds`."""
    deadline = time.monotonic() + seconds
    smaller = True
    while smaller and time.monotonic() < deadline:
        smaller = False
        # The largest parts come first: a path's prefix is before the path.
        for path in sorted(_paths(data), key=len):
            if time.monotonic() > deadline:
                break
            without = _without(data, path)
            if without is not None and still(without):
                data, smaller = without, True
    return data


def _paths(value: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    entries: Sequence[tuple[Step, Any]] = ()
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))[::-1]
    for key, below in entries:
        yield (*at, key)
        yield from _paths(below, (*at, key))


def _without(data: Data, path: tuple[Step, ...]) -> Data | None:
    whole = copy.deepcopy(data)
    holder: Any = whole
    try:
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return whole
