"""Physical lines: the smallest pieces of a frr.conf, each with its place and its exact text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import chain

from frrcompile.diagnostics import Span

# What FRR takes for white space (lib/command.c: cmd_make_strvec): it skips all of C's isspace() before the first word,
# but separates words by these four only. A no-break space, for example, is part of a word.
_LEADING = " \t\n\v\f\r"
_WORD = re.compile(r"[^ \t\r\n]+")
# What separates words for Python's str.split, and not for FRR.
_DISPUTED = "\v\f\x1c\x1d\x1e\x1f"
# What ends a line for Python's str.splitlines, and not for FRR, of the characters of ASCII.
_OTHER_ENDS = "\r\v\f\x1c\x1d\x1e"
_PIECE = 1 << 16  # characters


class Line:
    """A line of text that FRR skips: blank, or a comment (its first character is `!` or `#`).

    `number` counts from 1; `raw` has everything to the end of the line, the line's end included.
    """

    __slots__ = ("number", "path", "raw")

    def __init__(self, path: str, number: int, raw: str) -> None:
        self.path = path
        self.number = number
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Line)
            and type(other) is type(self)
            and (other.path, other.number, other.raw) == (self.path, self.number, self.raw)
        )

    def __hash__(self) -> int:
        return hash((self.path, self.number, self.raw))

    @property
    def text(self) -> str:
        """The line without its end (a line feed, with or without a carriage return) and without its indentation."""
        return self.raw.strip(_LEADING)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but white space on it."""
        return not self.text

    @property
    def span(self) -> Span:
        """Where its text is; at column 1 and empty for a blank line."""
        text = self.raw.strip(_LEADING)
        start = self.raw.find(text) + 1
        return Span(self.path, self.number, start, self.number, start + len(text))


class Statement(Line):
    """A line with a command in it: its words as FRR sees them. What the command means is left to command tables."""

    __slots__ = ("words",)

    def __init__(self, path: str, number: int, raw: str, words: tuple[str, ...]) -> None:
        self.path = path
        self.number = number
        self.raw = raw
        self.words = words

    @property
    def negated(self) -> bool:
        """Whether it takes something back: its first word is `no`."""
        return self.words[0] == "no"

    def word_span(self, index: int) -> Span:
        """Where the word at `index` is; negative indexes count from the end. Raises IndexError where there is none."""
        start, end = [match.span() for match in _WORD.finditer(self.raw, self._indentation)][index]
        return Span(self.path, self.number, start + 1, self.number, end + 1)

    @property
    def _indentation(self) -> int:
        return len(self.raw) - len(self.raw.lstrip(_LEADING))


def raw_lines(text: str) -> Iterator[str]:
    """The lines of `text` in order; only a line feed ends a line, and joined they are `text` again."""
    return chain.from_iterable(map(_split, _pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of whole lines: memory never holds all lines of a large text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def _split(piece: str) -> Iterable[str]:
    if piece.isascii() and not any(end in piece for end in _OTHER_ENDS):
        return piece.splitlines(keepends=True)
    return StringIO(piece, newline="\n")


def words_in(text: str) -> Callable[[str], tuple[str, ...]]:
    """What finds the words of a line of `text` as FRR does; none of one that FRR skips."""
    # Where no character is in it that Python and FRR disagree about, Python's own way to find words is twice as fast.
    find = str.split if text.isascii() and not any(one in text for one in _DISPUTED) else _found

    def words(raw: str) -> tuple[str, ...]:
        found = find(raw)
        # A file has few different words: one object for each keeps later reads in the CPU's cache.
        return tuple(map(sys.intern, found)) if found and found[0][0] not in "!#" else ()

    return words


def _found(raw: str) -> list[str]:
    return _WORD.findall(raw.lstrip(_LEADING))
