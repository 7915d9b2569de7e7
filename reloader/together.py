"""Running functions at the same time, in threads that are started once, at the beginning.

They are not started when they are needed: where memory is short, a new thread may end before it tells that it runs, and
`threading.Thread.start` then waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from threading import Barrier
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

THREADS = 4  # as many as look at a file at the same time, beside the loop
P = ParamSpec("P")
T = TypeVar("T")


@cache
def start() -> ThreadPoolExecutor:
    """The threads, all running. Raises RuntimeError where they cannot be started."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="together")
    all_run = Barrier(THREADS + 1)
    try:
        for _ in range(THREADS):
            pool.submit(all_run.wait)
    except BaseException:
        all_run.abort()
        raise
    all_run.wait()
    return pool


class Together:
    """A context that ends when all functions that were submitted in it have ended."""

    def __enter__(self) -> Together:
        self._submitted: list[Future[Any]] = []
        return self

    def submit(self, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        """Starts `function`; its result or its error is in the future."""
        future = start().submit(function, *args, **named)
        self._submitted.append(future)
        return future

    def done(self, seconds: float) -> bool:
        """Whether all that was submitted has ended, after `seconds` at most."""
        return not wait(self._submitted, seconds).not_done

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        wait(self._submitted)
