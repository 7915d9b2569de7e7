"""Which setting a line is about: two lines that are about the same one contradict each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.settings import STATED, TRIED

Key = tuple[str, ...]


class _Place:
    """Where a reading of patterns can be: what words lead on, and whether a setting is complete."""

    __slots__ = ("any", "ends", "goes_on", "value", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Place] = {}
        self.any: _Place | None = None
        self.value: _Place | None = None
        self.ends = False
        self.goes_on = False


class Settings:
    """An index over patterns of settings, by their words."""

    __slots__ = ("_common", "_start")

    def __init__(self, written: Iterable[str]) -> None:
        self._start = _Place()
        self._common: dict[str, int] = {}
        for text in written:
            pattern = Pattern.parse(text)
            self._add(self._start, pattern, 0)
            before = len(pattern.words) if pattern.asked is None else pattern.asked
            for first in pattern.first:
                self._common[first] = min(before, self._common.get(first, sys.maxsize))

    def _add(self, place: _Place, pattern: Pattern, at: int) -> None:
        if at == len(pattern.words):
            place.goes_on = place.goes_on or bool(pattern.gaps)
            place.ends = True
        elif at == pattern.asked:
            place.value = place.value or _Place()
            self._add(place.value, pattern, at + 1)
        elif keywords := pattern.words[at]:
            for one in keywords:
                self._add(place.words.setdefault(one, _Place()), pattern, at + 1)
        else:
            place.any = place.any or _Place()
            self._add(place.any, pattern, at + 1)

    @property
    def common(self) -> Callable[[str], int | None]:
        """By a line's first word, the least number of words that two lines about one setting have in common at the start; else None."""
        return self._common.get

    def key(self, words: Sequence[str]) -> Key | None:
        """What of a command, without its `no`, says which setting it is; None where a context may have many of it."""
        return _longest(self._start, words, 0, ())


def _longest(place: _Place, words: Sequence[str], at: int, key: Key) -> Key | None:
    if at < len(words):
        word = words[at]
        after = place.words.get(word)
        if after is not None and (found := _longest(after, words, at + 1, (*key, word))) is not None:
            return found
        after = place.any
        if after is not None and (found := _longest(after, words, at + 1, (*key, word))) is not None:
            return found
        after = place.value
        if after is not None and (found := _longest(after, words, at + 1, key)) is not None:
            return found
    return key if place.goes_on or (place.ends and at == len(words)) else None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Every setting of one value that is known, in whatever node."""
    return Settings((*(written for _, written in TRIED), *STATED))


@lru_cache(maxsize=1)
def _tried() -> dict[str, Settings]:
    patterns: dict[str, list[str]] = {}
    for nodes, written in TRIED:
        for node in nodes.split():
            patterns.setdefault(node, []).append(written)
    return {node: Settings(written) for node, written in patterns.items()}


_NONE = Settings(())


def tried(node: str) -> Settings:
    """The settings of a node whose second line was seen to take the first one's place."""
    return _tried().get(node, _NONE)
