"""Patterns of lines, as `grammar/node.yaml` and the tables of facts write them: a small part of FRR's own command language.

keyword    this word
NAME       any one word
(1-4094)   a number; the range is for the reader
<a|b>      one of these words
...        any number of words, or none
@NAME      any one word, and the one that the pattern asks for: the name that a line uses, the value of a setting
@...       the same of any number of words, or none
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

SHORTEST = 2
"""The least letters of a line's first word to be taken for an abbreviation; FRR only asks that it be unambiguous."""

REST, ASKED = "...", "@"
Word = tuple[str, ...] | None


class Pattern(NamedTuple):
    """The words of a line: each a choice of keywords, None for any word, or () for a number.

    `gaps` are the words before which there is a `...` (any words, or none); it is the number of words for one at the end. A
    line has no more words than a pattern without gaps; where a pattern has words behind a gap, the line may go on behind them.
    `written` has the words as they were written, without `...`: a template refers to them. `asked` is the word that the
    pattern asks for, the number of words for `@...`; None where it asks for none.
    """

    words: tuple[Word, ...]
    gaps: tuple[int, ...]
    written: tuple[str, ...]
    asked: int | None = None

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern that `text` writes. Raises ValueError where it asks for two things, or for `@...` before its end."""
        words: list[Word] = []
        gaps: list[int] = []
        written: list[str] = []
        asked = None
        for word in text.split():
            if word.startswith(ASKED):
                if asked is not None:
                    raise ValueError(f"a pattern asks for one word: {text}")
                asked, word = len(words), word[1:]
            if word == REST:
                gaps.append(len(words))
            else:
                words.append(_parse_word(word))
                written.append(word)
        if asked in gaps and not text.endswith(ASKED + REST):
            raise ValueError(f"a pattern asks for '...' at its end: {text}")
        return cls(tuple(words), tuple(gaps), tuple(written), asked)

    @property
    def first(self) -> tuple[str, ...]:
        """The keywords that the line may begin with."""
        return self.words[0] or () if self.words else ()

    @property
    def head(self) -> int:
        """How many words the pattern has before its first gap: they stand where it has them."""
        return self.gaps[0] if self.gaps else len(self.words)

    @property
    def keywords(self) -> int:
        """How many keywords the pattern begins with, before its first value."""
        return next((i for i, word in enumerate(self.words) if not word), len(self.words))

    def begun_by(self, longest: int) -> Iterator[tuple[str, ...]]:
        """Every way of writing the leading keywords, of which there is one at least, `longest` at most."""
        leading = [word for word in self.words[: min(self.keywords, self.head)] if word]
        return product(*leading[:longest])

    def fits(self, line: Sequence[str], *, shortened: bool = False) -> bool:
        """Whether the whole line is one of this pattern; `shortened` allows abbreviated keywords."""
        return self.find(line, shortened=shortened) is not None

    def find(self, line: Sequence[str], *, shortened: bool = False) -> int | None:
        """Where in the line the word is that the pattern asks for, 0 where it asks for none; None where the line does not fit."""
        words, gaps, given = self.words, self.gaps, len(line)
        if given < len(words) or (not gaps and given > len(words)):
            return None
        for i in range(gaps[0] if gaps else given):
            word = words[i]
            if word is not None and line[i] not in word and not _fits(word, line[i], shortened):
                return None
        if not gaps or gaps[0] == len(words):
            return self.asked or 0
        return self._behind(line, shortened)

    def _behind(self, line: Sequence[str], shortened: bool) -> int | None:
        """What `find` returns, of a line whose head fits: the words between two gaps stand together, as early as they can."""
        asked, shift = self.asked or 0, 0
        for start, end in pairwise((*self.gaps, len(self.words))):
            part = self.words[start:end]
            for at in range(start + shift, len(line) - len(part) + 1):
                for i, word in enumerate(part, at):  # all() with a generator takes three times as long
                    if word is not None and line[i] not in word and not _fits(word, line[i], shortened):
                        break
                else:
                    break
            else:
                return None
            shift = at - start
            if start <= (self.asked or 0):
                asked = (self.asked or 0) + shift
        return asked

    def begins(self, line: Sequence[str]) -> bool:
        """Whether the line has the pattern's leading keywords and fits as far as it goes: `route-map NAME`."""
        if len(line) < self.keywords or (not self.gaps and len(line) > len(self.words)):
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


_NUMBER: Word = ()


def _parse_word(word: str) -> Word:
    if word.startswith("("):
        return _NUMBER
    if word.startswith("<"):
        return tuple(word.strip("<>").split("|"))
    return None if word.isupper() else (word,)


def _fits(word: Word, given: str, shortened: bool) -> bool:
    if word is None:
        return True
    if word == _NUMBER:
        return given.isascii() and given.isdecimal()
    if given in word:
        return True
    return shortened and sum(keyword.startswith(given) for keyword in word) == 1
