"""A bound on the work of the site check, which grows with nodes, sessions and routes: a small model must not take minutes."""

from __future__ import annotations


class BudgetSpentError(Exception):
    """The site check takes more steps than it may."""


class Budget:
    """Counts steps: a route that a session carries, or a speaker that compares its routes, is about one."""

    __slots__ = ("_left",)

    def __init__(self, steps: int) -> None:
        self._left = steps

    def take(self, steps: int) -> None:
        """Raises BudgetSpentError where there are not so many left."""
        self._left -= steps
        if self._left < 0:
            raise BudgetSpentError
