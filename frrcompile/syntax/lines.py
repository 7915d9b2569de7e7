"""Physical lines: the smallest pieces of a frr.conf, each with its place and its exact text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

from frrcompile.diagnostics import Span

# What FRR takes for white space (lib/command.c: cmd_make_strvec): it skips all of C's isspace() before the first word,
# but separates words by these four only. A no-break space, for example, is part of a word.
_LEADING = " \t\n\v\f\r"
_WORD = re.compile(r"[^ \t\r\n]+")
# What separates words for Python's str.split, and not for FRR.
_DISPUTED = "\v\f\x1c\x1d\x1e\x1f"


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
        behind = self.raw.lstrip(_LEADING)
        start = len(self.raw) - len(behind) if behind else 0
        return Span(self.path, self.number, start + 1, self.number, start + len(behind.rstrip(_LEADING)) + 1)


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
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]  # StringIO takes four bytes for each character
        start = end
    if start < len(text):
        yield text[start:]


def words_in(text: str) -> Callable[[str], tuple[str, ...]]:
    """What finds the words of a line of `text` as FRR does; none of one that FRR skips."""
    # Where no character is in it that Python and FRR disagree about, Python's own way to find words is twice as fast.
    find = str.split if text.isascii() and not any(one in text for one in _DISPUTED) else _found

    def words(raw: str) -> tuple[str, ...]:
        found = find(raw)
        # A file has few different words: with one object for each, all that is read later stays near at hand.
        return tuple(map(sys.intern, found)) if found and found[0][0] not in "!#" else ()

    return words


def _found(raw: str) -> list[str]:
    return _WORD.findall(raw.lstrip(_LEADING))
