"""Texts that others wrote, as a terminal or a log may show them."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


def printable(text: str) -> str:
    """`text` with a replacement character for each one that would steer a terminal, or hide or turn what follows it."""
    return re.sub(_CONTROL, "\ufffd", text) if not text.isprintable() else text


LONGEST = 1000
"""The characters that a message has at most: some quote a word of the input, and a word may be a file of its own."""


def shortened(text: str) -> str:
    """`text` without its middle, where it is too long to be read."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 4 :]}"


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
