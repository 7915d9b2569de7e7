"""The lines of the inputs, for reports that show or count them; never with a secret."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from frrcompile import regular
from frrcompile.announced import announces, secret_of_field
from frrcompile.diagnostics import Span
from frrcompile.hiding import Hider
from frrcompile.mistyped import Quoted, hiding, quoted, quoted_field, redacted
from frrcompile.redact import LONGEST_LINE, MASK

MAX_BYTES = 64 * 1024 * 1024

_YAML = (".yaml", ".yml", ".json")

# In YAML a text may go on, or begin, in the lines below its key.
_KEY = re.compile(r"""[?]?[ \t]{0,9}["']?([^\s"':]{1,100})["']?[ \t]{0,9}(?:[:=]|$)""")
_BEFORE_A_KEY = re.compile(r"[\s{,\"'?]")
_MERGED_TEXT = re.compile(r"""<<["']?[ \t]{0,9}:[ \t]{1,9}(?![\s*{]|\[[ \t]{0,9}[*{])(?=\S)""")
"""YAML's merge key with a text, which it does not take."""
_FAR = 200
"""Lines above a line in which its key is looked for."""
_SEARCHED = 300
"""Characters of a line in which a key is looked for."""


class Sources:
    """The lines of files, read once each; texts that are in no file, such as standard input's, are handed over.

    `refused` are the lines of each file that FRR refuses, `secrets` what models hold in fields with secrets. Of the models
    that are `broken`, which nothing could be read of, any word may be a secret. `unknown` are the places of the values of
    unknown fields, by their paths: none of these is shown.
    """

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        refused: Mapping[str, Collection[str]] | None = None,
        secrets: Collection[str] = (),
        broken: Collection[str] = (),
        unknown: Mapping[str, Collection[Span]] | None = None,
    ) -> None:
        self._lines = {path: text.split("\n") for path, text in (texts or {}).items()}
        self._refused = refused or {}
        self._hider = Hider(secrets, words=False)
        self._broken = broken
        self._unknown = unknown or {}

    def line(self, path: str, number: int) -> str | None:
        """Line `number` of a file, from 1, without its secrets; None where it cannot be shown."""
        shown = self.quoted(path, number)
        return shown.text if shown else None

    def quoted(self, path: str, number: int, *, refused: bool = False) -> Quoted | None:
        """The same, with the places that were masked; of a line that FRR refuses each word that may be a secret."""
        if path not in self._lines:
            try:
                self._lines[path] = _lines(path)
            except (OSError, ValueError):
                self._lines[path] = []
        lines = self._lines[path]
        if not 0 < number <= len(lines):
            return None
        line = lines[number - 1].rstrip("\r")
        if path.endswith(_YAML):
            if _continues_a_password(lines, number - 1):
                return Quoted(MASK, [(0, len(line))])
            if path in self._broken:
                return quoted_field(line)
            refused_here = refused or line in self._refused.get(path, ())
            start = secret_of_field(line)
            hidden = [] if start is None else [(start, len(line))]
            if (merge := _MERGED_TEXT.search(line, 0, LONGEST_LINE)) is not None:
                hidden.append((merge.end(), len(line)))
            hidden += _within(self._unknown.get(path, ()), number, line)
            known = [*hidden, *self._hider.spans(line), *(quoted(line) if refused_here else redacted(line)).hidden]
            return hiding(line, known)
        return quoted(line) if refused or line in self._refused.get(path, ()) else redacted(line)


def _within(places: Collection[Span], number: int, line: str) -> Iterator[tuple[int, int]]:
    """The parts of line `number` that are in one of the places."""
    for place in places:
        if place.line <= number <= place.end_line:
            start = place.column - 1 if number == place.line else 0
            end = min(place.end_column - 1, len(line)) if number == place.end_line else len(line)
            if start < end:
                yield start, end


def _continues_a_password(lines: Sequence[str], at: int) -> bool:
    """Whether a line of YAML belongs to a password whose key stands in a line above it."""
    depth, nearest = _indent(lines[at]), True
    for above in reversed(lines[max(0, at - _FAR) : at]):
        if not above.strip():
            continue
        if nearest and announces(_key_at_end(above[-_SEARCHED:])):
            return True
        if _indent(above) < depth:
            key = _KEY.match(above[:_SEARCHED].lstrip(" -"))
            return key is not None and announces(key[1])
        nearest = False
    return False


def _key_at_end(line: str) -> str:
    """The key whose value begins in the next line: `password:`, `password: |`, `password: &name`, `? password`."""
    key, colon, value = line.rpartition(":")
    if not colon:
        key = line if line.lstrip(" -").startswith("?") else ""
    elif value.strip() and value.strip()[0] not in "|>&!":
        return ""
    return _BEFORE_A_KEY.split(key.rstrip(" \t\"'"))[-1]


def _indent(line: str) -> int:
    """The column of the first key or value of a line, behind the dashes of lists."""
    return len(line) - len(line.lstrip(" -"))


def _lines(path: str) -> list[str]:
    content = regular.read(path, MAX_BYTES)
    if path.endswith(_YAML):
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return content.decode().split(
        "\n"
    )  # to FRR only a line feed ends a line, and a byte order mark is part of the first
