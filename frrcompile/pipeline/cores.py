"""One task for many items, over all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_task: Callable[[Any], Any]


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    task: Callable[[Item], Result], items: Sequence[Item], *, workers: int, largest: int = 16
) -> Iterator[Result]:
    """What the task makes of each item, in their order: one after the other, or in as many processes as there are `workers`.

    A process gets at most `largest` items at once. Processes are forked, so that each has what the task needs without
    reading it again; items and results are copied between them. Where the system cannot fork, there is only this process.
    """
    if workers > 1:
        import multiprocessing

        if "fork" in multiprocessing.get_all_start_methods():
            global _task
            _task = task
            chunk = max(1, min(largest, len(items) // (4 * workers)))
            with multiprocessing.get_context("fork").Pool(workers) as pool:
                yield from pool.imap(_run, items, chunksize=chunk)
            return
    yield from map(task, items)


def _run(item: Any) -> Any:
    return _task(item)
