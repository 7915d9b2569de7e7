"""Patterns of lines, as `grammar/node.yaml` writes them: a small part of FRR's own command language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

SHORTEST = 2
"""The least letters of a line's first word to be taken for an abbreviation; FRR only asks that it be unambiguous."""


class Pattern(NamedTuple):
    """The words of a line: each a choice of keywords, or None for any word, or "#" for a number.

    `rest` is the index of `...` (any words, or none), or None where the line has no more words than the pattern.
    """

    words: tuple[tuple[str, ...] | None, ...]
    rest: int | None

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern that `text` writes; see the head of `grammar/node.yaml`. Raises ValueError for two `...`."""
        written = text.split()
        if written.count("...") > 1:
            raise ValueError(f"a pattern has one '...' at most: {text}")
        rest = written.index("...") if "..." in written else None
        return cls(tuple(_parse_word(word) for word in written if word != "..."), rest)

    @property
    def first(self) -> tuple[str, ...]:
        """The keywords that the line may begin with."""
        return self.words[0] or () if self.words else ()

    @property
    def keywords(self) -> int:
        """How many keywords the pattern begins with, before its first value."""
        return next((i for i, word in enumerate(self.words) if word is None or word == _NUMBER), len(self.words))

    def begun_by(self, longest: int) -> Iterator[tuple[str, ...]]:
        """Every way of writing the leading keywords, of which there is one at least, `longest` at most."""
        leading = [word for word in self.words[: self.keywords] if word]
        if self.rest is not None:
            leading = leading[: self.rest]
        return product(*leading[:longest])

    def fits(self, line: Sequence[str], *, shortened: bool = False) -> bool:
        """Whether the whole line is one of this pattern; `shortened` allows abbreviated keywords."""
        words, rest, given = self.words, self.rest, len(line)
        if given < len(words) or (rest is None and given > len(words)):
            return False
        head = len(words) if rest is None else rest
        tail = len(words) - head
        for i in range(head):
            if not _fits(words[i], line[i], shortened):
                return False
        # After `...` only keywords stand; the line may go on behind them, for a pattern tells how a line begins.
        return tail == 0 or any(
            all(_fits(word, line[at + i], shortened) for i, word in enumerate(words[head:]))
            for at in range(head, given - tail + 1)
        )

    def begins(self, line: Sequence[str]) -> bool:
        """Whether the line has the pattern's leading keywords and fits as far as it goes: `route-map NAME`."""
        if len(line) < self.keywords or (self.rest is None and len(line) > len(self.words)):
            return False
        return all(_fits(word, given, False) for word, given in zip(self.words, line, strict=False))


_NUMBER = ("#",)


def _parse_word(word: str) -> tuple[str, ...] | None:
    if word.startswith("("):
        return _NUMBER
    if word.startswith("<"):
        return tuple(word.strip("<>").split("|"))
    return None if word.isupper() else (word,)


def _fits(word: tuple[str, ...] | None, given: str, shortened: bool) -> bool:
    if word is None:
        return True
    if word is _NUMBER:
        return given.isascii() and given.isdecimal()
    if given in word:
        return True
    return shortened and sum(keyword.startswith(given) for keyword in word) == 1
