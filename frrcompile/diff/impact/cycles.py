"""The order in which what depends on each other is settled: what is needed comes first, a cycle at once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def cycles(start: T, needs: Callable[[T], Iterable[T]], done: Container[T]) -> Iterator[list[T]]:
    """The strongly connected components of what `start` needs, each after those that it needs (Tarjan).

    What is in `done` is settled: it is neither visited nor given. The work is linear in the needs.
    """
    order: dict[T, int] = {}
    lowest: dict[T, int] = {}
    open_: list[T] = []
    settled: set[T] = set()
    path = [(start, iter(needs(start)))]
    while path:
        one, rest = path[-1]
        if one not in order:
            order[one] = lowest[one] = len(order)
            open_.append(one)
        for other in rest:
            if other not in order and other not in done:
                path.append((other, iter(needs(other))))
                break
            if other in order and other not in settled:
                lowest[one] = min(lowest[one], order[other])
        else:
            path.pop()
            if path:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[one])
            if lowest[one] == order[one]:
                together = [open_.pop()]
                while together[-1] != one:
                    together.append(open_.pop())
                settled.update(together)
                yield together
