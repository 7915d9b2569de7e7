"""FRR's command language: the parts that a command is made of, and how they are written.

`parser` makes them from the text. They are plain strings and lists, so that a table of thousands of commands is a JSON
document and needs no parsing when a configuration is read:

- `"neighbor"` is a keyword, `"=WORD"` a value, `"=LINE..."` a value that repeats;
- `["[", [part, ...], ...]` is a group, its kind first (one of `<`, `[`, `![`, `{`), then its alternatives.

A `$name` stays behind what it names: FRR keeps two commands apart by it that are otherwise the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Part: TypeAlias = "str | list[str | list[Part]]"

_CLOSING = {"<": ">", "[": "]", "![": "]", "{": "}"}


def spell(parts: Sequence[Part], *, names: bool = False) -> str:
    """The text of a command again, without the `$name`s unless asked for."""
    return " ".join(_spell(part, names) for part in parts)


def _spell(part: Part, names: bool) -> str:
    if isinstance(part, str):
        text = part.removeprefix("=")
        return text if names else _unnamed(text)
    kind, *alternatives = part
    opening, _, name = str(kind).partition("$")
    inside = "|".join(
        spell(alternative, names=names) for alternative in alternatives if not isinstance(alternative, str)
    )
    return opening + inside + _CLOSING[opening] + (f"${name}" if names and name else "")


def _unnamed(text: str) -> str:
    word, dollar, name = text.partition("$")
    return word + ("..." if dollar and name.endswith("...") else "")
