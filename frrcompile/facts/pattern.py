"""Patterns of lines, as `grammar/node.yaml` and the tables of facts write them: a small part of FRR's own command language.

keyword    this word
NAME       any one word
(1-4094)   a number; the range is for the reader
<a|b>      one of these words
...        any number of words, or none
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

SHORTEST = 2
"""The least letters of a line's first word to be taken for an abbreviation; FRR only asks that it be unambiguous."""


class Pattern(NamedTuple):
    """The words of a line: each a choice of keywords, or None for any word, or "#" for a number.

    `rest` is the index of `...` (any words, or none), or None where the line has no more words than the pattern.
    `written` has the words as they were written, without `...`: a template refers to them.
    """

    words: tuple[tuple[str, ...] | None, ...]
    rest: int | None
    written: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern that `text` writes; see the head of `grammar/node.yaml`. Raises ValueError for two `...`."""
        written = text.split()
        if written.count("...") > 1:
            raise ValueError(f"a pattern has one '...' at most: {text}")
        rest = written.index("...") if "..." in written else None
        words = tuple(word for word in written if word != "...")
        return cls(tuple(map(_parse_word, words)), rest, words)

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

    def rewrites(self, template: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """What turns a line of this pattern into another one: the template's variables, choices and `...` are taken from the line.

        The pattern's own `...`, where it has one, comes last.
        """
        places = {word: at for at, word in enumerate(self.written) if self.words[at] != (word,)}
        parts = tuple(places.get(word, word) for word in template.split())
        behind = len(self.words)

        def rewrite(line: Sequence[str]) -> tuple[str, ...]:
            found: list[str] = []
            for part in parts:
                if part == "...":
                    found.extend(line[behind:])
                else:
                    found.append(part if isinstance(part, str) else line[part])
            return tuple(found)

        return rewrite


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
