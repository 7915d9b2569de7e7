"""Which codes are wanted: lists of codes and of beginnings of codes, as the command line and settings write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

LETTERS = ("FRR", "MOD", "IMP")
"""How codes begin: those of a frr.conf, of a model, of an import."""
LENGTH = 3
"""How many digits a code has: a beginning with all of them is one code, and not the beginning of another."""

_PATTERN = rf"({'|'.join(LETTERS)})([0-9]{{0,{LENGTH}}})(X*)"


class UnknownCodeError(ValueError):
    """A code, or a beginning of one, that no finding has."""


def patterns(written: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Beginnings of codes from what was written: `FRR101`, `FRR1`, `FRR1xx`, several with commas between them.

    Raises UnknownCodeError, with the nearest known code, where no code of `known` begins so.
    """
    return tuple(pattern(word, known) for words in written for word in words.split(",") if word.strip())


def pattern(word: str, known: Collection[str]) -> str:
    """The beginning of codes that one word stands for. Raises UnknownCodeError."""
    word = word.strip()
    match = re.fullmatch(_PATTERN, word.upper())
    if match and (not match[3] or len(match[2]) + len(match[3]) == LENGTH):
        beginning = f"{match[1]}{match[2]}"
        if any(code.startswith(beginning) for code in known):
            return beginning
    near = nearest_code(word, known)
    raise UnknownCodeError(
        f"unknown code {word!r}" + (f"; did you mean {near}?" if near else "; allowed: FRR101, FRR1, FRR1xx and so on")
    )


def nearest_code(word: str, known: Collection[str]) -> str | None:
    """The known code that `word` was probably meant to be: of the same family if there is one, and near in number."""
    digits = re.sub(r"\D", "", word)[:LENGTH]
    if not digits:
        return None
    number = int(digits.ljust(LENGTH, "0"))
    alike = [code for code in known if code.startswith(word[:LENGTH].upper())] or known
    family = [code for code in alike if code[LENGTH] == digits[0]]
    return min(family or alike, key=lambda code: (abs(int(code[LENGTH:]) - number), code))


class Selection(NamedTuple):
    """The codes that are wanted: those that `select` begins, all where it is None, without those that `ignore` begins."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()

    def takes(self, code: str) -> bool:
        """Whether findings of this code are wanted."""
        return (self.select is None or code.startswith(self.select)) and not code.startswith(self.ignore)

    def without(self, codes: tuple[str, ...]) -> Selection:
        """The same, with more codes ignored."""
        return Selection(self.select, (*self.ignore, *codes)) if codes else self
