"""Numbers as FRR reads them, of any length."""

from __future__ import annotations

DIGITS = 4000
"""Digits of a number that is read. FRR reads no longer line, and Python no number of more than 4,300 digits."""


def number(word: str) -> int | None:
    """The number that a word of ASCII digits is; None for any other word, and for one of more than `DIGITS` digits."""
    return int(word) if len(word) <= DIGITS and word.isascii() and word.isdecimal() else None
