"""The lines of the inputs, for reports that show or count them; never with a secret."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from frrcompile import regular
from frrcompile.mistyped import Quoted, quoted, redacted
from frrcompile.redact import MASK

MAX_BYTES = 64 * 1024 * 1024

_YAML = (".yaml", ".yml", ".json")

# In YAML a text may go on, or begin, in the lines below its key.
_PASSWORD = re.compile(r"""["']?password["']?[ \t]{0,9}:""")
_PASSWORD_AT_END = re.compile(r"""password["']?[ \t]{0,9}:[ \t]{0,9}$""")
_FAR = 200
"""Lines above a line in which its key is looked for."""
_SEARCHED = 300
"""Characters of a line in which a key is looked for."""


class Sources:
    """The lines of files, read once each; texts that are in no file, such as standard input's, are handed over.

    `refused` are the lines of each file that FRR refuses.
    """

    def __init__(
        self, texts: Mapping[str, str] | None = None, refused: Mapping[str, Collection[str]] | None = None
    ) -> None:
        self._lines = {path: text.split("\n") for path, text in (texts or {}).items()}
        self._refused = refused or {}

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
        if path.endswith(_YAML) and _continues_a_password(lines, number - 1):
            return Quoted(MASK, [(0, len(line))])
        return quoted(line) if refused or line in self._refused.get(path, ()) else redacted(line)


def _continues_a_password(lines: Sequence[str], at: int) -> bool:
    """Whether a line of YAML belongs to a password whose key stands in a line above it."""
    depth, nearest = _indent(lines[at]), True
    for above in reversed(lines[max(0, at - _FAR) : at]):
        if not above.strip():
            continue
        if nearest and _PASSWORD_AT_END.search(above[-_SEARCHED:]):
            return True
        if _indent(above) < depth:
            return _PASSWORD.match(above[:_SEARCHED].lstrip(" -")) is not None
        nearest = False
    return False


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
