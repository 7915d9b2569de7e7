"""Finding the patterns that a command fits, among the many that its node has, without trying them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeAlias, TypeVar

from frrcompile.facts.pattern import Pattern
from frrcompile.lint.configuration import Command

T = TypeVar("T")
Fitting: TypeAlias = Callable[[tuple[str, ...]], Sequence[tuple[T, int]]]
"""A function from a command's words to the patterns that they fit: the meaning of each, and the place of the word it asks for."""


class Finder(Generic[T]):
    """The patterns of one node and first word, with what each stands for."""

    __slots__ = ("_all_telling", "_by_word", "_other", "_telling")

    def __init__(self) -> None:
        self._by_word: dict[int, dict[str, list[tuple[Pattern, T]]]] = {}
        self._other: list[tuple[Pattern, T]] = []
        self._telling: set[str] = set()
        self._all_telling = True

    def add(self, pattern: Pattern, meaning: T) -> None:
        """One more pattern."""
        head = pattern.words[1 : pattern.head]
        at, keys = next(((at, keys) for at, keys in enumerate(head, 1) if keys), (0, ()))
        before = [keys for keys in pattern.words[1 : pattern.asked] if keys]
        telling = before[-1] if before else keys
        self._telling.update(telling)
        self._all_telling = self._all_telling and bool(telling)
        if not keys:
            self._other.append((pattern, meaning))
        for word in keys:
            self._by_word.setdefault(at, {}).setdefault(word, []).append((pattern, meaning))

    def candidates(self, commands: Sequence[Command]) -> Sequence[Command]:
        """Commands that may fit one of the patterns, and those that take something back; nothing where none may fit.

        Most other commands lack the keyword that stands before the name in each pattern, or behind it where none does.
        """
        if not self._all_telling:
            return commands
        told = self._telling.isdisjoint
        if not [one for one in commands if not told(one.words)]:
            return ()
        return [one for one in commands if one.negated or not told(one.words)]

    def fitting(self, words: Sequence[str]) -> list[tuple[T, int]]:
        """The meaning of each pattern that a command fits, and the place of the word that the pattern asks for."""
        found = []
        length = len(words)
        for index, places in self._by_word.items():
            if index < length:
                for pattern, meaning in places.get(words[index], ()):
                    at = pattern.find(words)
                    if at is not None:
                        found.append((meaning, at))
        for pattern, meaning in self._other:
            at = pattern.find(words)
            if at is not None:
                found.append((meaning, at))
        return found


class Finders(Generic[T]):
    """Many patterns with what each stands for, by the nodes and first words that they are for."""

    __slots__ = ("_finders",)

    def __init__(self, rows: Iterable[tuple[str, str, T]]) -> None:
        """`rows` are the nodes, as words, a pattern, and its meaning."""
        self._finders: dict[tuple[str, str], Finder[T]] = {}
        for nodes, written, meaning in rows:
            pattern = Pattern.parse(written)
            for node in nodes.split():
                for first in pattern.first:
                    self._finders.setdefault((node, first), Finder()).add(pattern, meaning)

    def __iter__(self) -> Iterator[tuple[str, str, Finder[T]]]:
        """Every node and first word with its finder."""
        return ((node, first, finder) for (node, first), finder in self._finders.items())
