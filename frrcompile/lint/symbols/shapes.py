"""Shapes of commands, written in one line each, and finding those that a command has without trying them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Shape:
    """One shape of command, word by word.

    A word stands for itself and `a|b` for one of several; `*` is any word, `@` any word and the one that is asked for;
    `...` is any number of words, none included. The command may go on behind the shape's end, unless that is `$`.
    """

    __slots__ = ("_closed", "_head", "_rest", "_sets", "at", "keyed")

    def __init__(self, written: str) -> None:
        words = written.split()
        self._closed = words[-1] == "$"
        if self._closed:
            words.pop()
        gap = words.index("...") if "..." in words else None
        self._head = words if gap is None else words[:gap]
        self._rest = None if gap is None else words[gap + 1 :]
        self._sets = [None if word in "*@" else frozenset(word.split("|")) for word in self._head]
        self.at = self._head.index("@") if "@" in self._head else -1
        self.keyed = next((index for index, known in enumerate(self._sets) if index and known is not None), None)

    @property
    def first(self) -> Iterable[str]:
        """The words that it may begin with."""
        return self._sets[0] or ()

    def fixed(self) -> Iterable[str]:
        """What may stand at `keyed`, the first fixed word behind the first one."""
        return (self._sets[self.keyed] or ()) if self.keyed is not None else ()

    def key(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a command that has the shape, up to its end, without the one that is asked for."""
        length = len(self._head)
        if self.at < 0:
            return tuple(words[:length])
        return (*words[: self.at], "@", *words[self.at + 1 : length])

    def find(self, words: Sequence[str]) -> int | None:
        """Where the word is that `@` asks for, 0 where the shape has none; None for another shape of command."""
        if len(words) < len(self._head) or (self._closed and len(words) != len(self._head)):
            return None
        for index, known in enumerate(self._sets):
            if known is not None and words[index] not in known:
                return None
        if self._rest is None:
            return max(self.at, 0)
        return self._behind(words)

    def _behind(self, words: Sequence[str]) -> int | None:
        rest = self._rest or []
        for start in range(len(self._head), len(words) - len(rest) + 1):
            if all(want in "*@" or words[start + offset] in want.split("|") for offset, want in enumerate(rest)):
                return self.at if self.at >= 0 else start + rest.index("@")
        return None


class Shapes(Generic[T]):
    """Many shapes with what each stands for, for the nodes they are known in."""

    __slots__ = ("_any", "_by_word")

    def __init__(self) -> None:
        self._any: dict[tuple[str, str], list[tuple[Shape, T]]] = {}
        self._by_word: dict[tuple[str, str], dict[tuple[int, str], list[tuple[Shape, T]]]] = {}

    def add(self, nodes: Iterable[str], shape: Shape, meaning: T) -> None:
        """One more shape, for commands of these nodes."""
        for node in nodes:
            for first in shape.first:
                if shape.keyed is None:
                    self._any.setdefault((node, first), []).append((shape, meaning))
                    continue
                places = self._by_word.setdefault((node, first), {})
                for word in shape.fixed():
                    places.setdefault((shape.keyed, word), []).append((shape, meaning))

    def heads(self) -> set[tuple[str, str]]:
        """Every node and first word that some shape begins with."""
        return {*self._any, *self._by_word}

    def fitting(self, node: str, words: Sequence[str]) -> Iterator[tuple[Shape, T, int]]:
        """The shapes that the command has, closer ones first, with their meaning and the place of the word asked for."""
        places = self._by_word.get((node, words[0]))
        if places:
            for index in (1, 2, 3):
                if index < len(words):
                    for shape, meaning in places.get((index, words[index]), ()):
                        at = shape.find(words)
                        if at is not None:
                            yield shape, meaning, at
        for shape, meaning in self._any.get((node, words[0]), ()):
            at = shape.find(words)
            if at is not None:
                yield shape, meaning, at
