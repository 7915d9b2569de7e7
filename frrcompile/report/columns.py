"""How wide a terminal shows a text."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Columns that a terminal gives a text without tabs."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def blank(text: str) -> str:
    """White space as wide as `text`, a tab where it has one."""
    return " " * width(text) if "\t" not in text else "\t".join(" " * width(part) for part in text.split("\t"))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
