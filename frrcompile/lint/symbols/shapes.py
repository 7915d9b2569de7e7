"""Shapes of commands, written in one line each, and finding those that a command has without trying them all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from frrcompile.lint.configuration import Command

T = TypeVar("T")


class Shape:
    """One shape of command, word by word.

    A word stands for itself and `a|b` for one of several; `*` is any word, `@` any word and the one that is asked for;
    `...` is any number of words, none included. The command may go on behind the shape's end, unless that is `$`.
    """

    __slots__ = ("_closed", "_fixed", "_length", "_rest", "at", "first", "keyed", "keys", "telling")

    def __init__(self, written: str) -> None:
        words = written.split()
        self._closed = words[-1] == "$"
        if self._closed:
            words.pop()
        gap = words.index("...") if "..." in words else len(words)
        head = words[:gap]
        self._length = len(head)
        self._rest = [_choice(word) for word in words[gap + 1 :]]
        self.at = head.index("@") if "@" in head else -1
        self.first = _choice(head[0])
        fixed = [(index, _choice(word)) for index, word in enumerate(head) if index and word not in "*@"]
        self.keyed, self.keys = fixed[0] if fixed else (0, self.first)
        """The place of the first fixed word behind the first one, 0 where there is none, and what may stand there."""
        self.telling = self._rest[0] if self._rest else self.keys if fixed else frozenset[str]()
        """Words behind the first of which a command has one if it has the shape; empty where the shape asks for none."""
        self._fixed = fixed[1:]

    @property
    def common(self) -> int:
        """How many words its commands have before the one asked for, or in all."""
        return self._length if self.at < 0 else self.at

    def key(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a command that has the shape, up to its end, without the one that is asked for."""
        if self.at < 0:
            return tuple(words[: self._length])
        return (*words[: self.at], "@", *words[self.at + 1 : self._length])

    def find(self, words: Sequence[str]) -> int | None:
        """Where the word is that `@` asks for, 0 where the shape has none; None where the command has another shape.

        The first word, and the one at `keyed`, are known to fit: that is how the shape was found.
        """
        if len(words) < self._length or (self._closed and len(words) != self._length):
            return None
        for index, known in self._fixed:
            if words[index] not in known:
                return None
        return self._behind(words) if self._rest else max(self.at, 0)

    def _behind(self, words: Sequence[str]) -> int | None:
        """Where the word asked for is behind the `...`: what follows that are fixed words, and `@` at the end."""
        *fixed, _ = self._rest
        for start in range(self._length, len(words) - len(fixed)):
            if words[start] in fixed[0]:
                end = _follow(words, start, fixed[1:])
                if end is not None:
                    return end
        return None


def _choice(word: str) -> frozenset[str]:
    return frozenset(word.split("|"))


def _follow(words: Sequence[str], start: int, fixed: Sequence[frozenset[str]]) -> int | None:
    """The place behind the fixed words that follow the one at `start`, or, where one is `...`, come some time after."""
    at = start + 1
    for known in fixed:
        if "..." in known:
            continue
        while at < len(words) and words[at] not in known:
            at += 1
        at += 1
    return at if at < len(words) else None


class Finder(Generic[T]):
    """The shapes of one node and first word, with what each stands for."""

    __slots__ = ("_all_telling", "_by_word", "_other", "_telling", "common")

    def __init__(self) -> None:
        self._by_word: dict[int, dict[str, list[tuple[Shape, T]]]] = {}
        self._other: list[tuple[Shape, T]] = []
        self._telling: set[str] = set()
        self._all_telling = True
        self.common = sys.maxsize
        """How many words, at least, commands begin with that have one shape and differ in the word asked for alone."""

    def add(self, shape: Shape, meaning: T) -> None:
        """One more shape."""
        self._telling |= shape.telling
        self._all_telling = self._all_telling and bool(shape.telling)
        self.common = min(self.common, shape.common)
        if not shape.keyed:
            self._other.append((shape, meaning))
            return
        places = self._by_word.setdefault(shape.keyed, {})
        for word in shape.keys:
            places.setdefault(word, []).append((shape, meaning))

    def candidates(self, commands: Sequence[Command]) -> Sequence[Command]:
        """Those that may have one of the shapes, and those that take something back: most others are told at a glance."""
        if not self._all_telling:
            return commands
        telling = self._telling
        return [one for one in commands if one.negated or not telling.isdisjoint(one.words)]

    def fitting(self, words: Sequence[str]) -> list[tuple[Shape, T, int]]:
        """The shapes that a command has, closer ones first, with their meaning and the place of the word asked for."""
        found = []
        length = len(words)
        for index, places in self._by_word.items():
            if index < length:
                for shape, meaning in places.get(words[index], ()):
                    at = shape.find(words)
                    if at is not None:
                        found.append((shape, meaning, at))
        for shape, meaning in self._other:
            at = shape.find(words)
            if at is not None:
                found.append((shape, meaning, at))
        return found


class Shapes(Generic[T]):
    """Many shapes with what each stands for, by the nodes and first words that they are for."""

    __slots__ = ("_finders",)

    def __init__(self) -> None:
        self._finders: dict[str, dict[str, Finder[T]]] = {}

    def add(self, nodes: Iterable[str], shape: Shape, meaning: T) -> None:
        """One more shape, for commands of these nodes."""
        for node in nodes:
            for first in shape.first:
                self._finders.setdefault(node, {}).setdefault(first, Finder()).add(shape, meaning)

    def of(self, node: str) -> dict[str, Finder[T]]:
        """The finders of a node, by the first words of commands."""
        return self._finders.get(node, {})

    def finders(self) -> Iterator[tuple[str, str, Finder[T]]]:
        """Every node and first word with its finder."""
        return ((node, first, finder) for node, firsts in self._finders.items() for first, finder in firsts.items())
