"""All inputs, one after the other or a process per core, in their order; with progress on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from frrcompile import output
from frrcompile.cli.inputs import Input
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.file import Outcome
from frrcompile.lint.release import tables
from frrcompile.pipeline.cores import cores, spread

WORTH_A_PROCESS = 1.0
"""Seconds of work, of all inputs together, from which on more processes are faster than one: each has its start."""

SECONDS_A_FILE = 0.003
SECONDS_A_BYTE = 1e-6

QUIET_SECONDS = 2.0
STEP_SECONDS = 0.2

Task = Callable[[Input], Outcome]


def outcomes(inputs: Sequence[Input], task: Task) -> Iterator[Outcome]:
    """What came of each input, in their order."""
    return _told(_done(inputs, task), len(inputs))


def _done(inputs: Sequence[Input], task: Task) -> Iterator[Outcome]:
    workers = min(cores(), len(inputs))
    work = sum(SECONDS_A_FILE + SECONDS_A_BYTE * one.size for one in inputs)
    if workers < 2 or work < WORTH_A_PROCESS:
        return map(task, inputs)
    check("", "-", tables()[-1], Wish())  # what every process needs is loaded before they divide
    return spread(task, inputs, workers=workers)


def _told(results: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Passes the results on; on a terminal, and when it takes a while, counts them in a line that is wiped at the end."""
    shown = False
    next_time = time.monotonic() + QUIET_SECONDS
    told = total > 1 and output.is_terminal(on_stderr=True)
    for count, result in enumerate(results, 1):
        if told and time.monotonic() >= next_time:
            output.progress(f"{count} of {total} inputs linted")
            next_time = time.monotonic() + STEP_SECONDS
            shown = True
        yield result
    if shown:
        output.progress("")
