"""How wide a text will be, without a font: by the widths of DejaVu Sans, wider than what most systems would take."""

from __future__ import annotations

import unicodedata

_NARROW = {**dict.fromkeys("ijlI'|", 0.31), **dict.fromkeys(" .,:;!()[]/\\", 0.37), **dict.fromkeys("frt-", 0.41)}
_WIDE = {**dict.fromkeys("mMW@%", 1.0), **dict.fromkeys("wQOGDNHU–", 0.82)}
_REST = 0.65
_BOLD = 1.1

LONGEST = 44
"""The characters that a line of a box has at most."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text at a font size, in the size's unit."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


def cut(text: str) -> str:
    """The text, or what fits of it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _advance(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if character in _WIDE:
        return _WIDE[character]
    if unicodedata.combining(character):
        return 0
    return 1.1 if unicodedata.east_asian_width(character) in "WF" else _REST
