"""The lines of the inputs, for reports that show or count them; never with a secret."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from frrcompile.redact import redact

_YAML = (".yaml", ".yml", ".json")


class Sources:
    """The lines of files, read once each; texts that are in no file, such as standard input's, are handed over."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._lines = {path: text.split("\n") for path, text in (texts or {}).items()}

    def line(self, path: str, number: int) -> str | None:
        """Line `number` of a file, from 1, without its secrets; None where it cannot be shown."""
        if path not in self._lines:
            try:
                self._lines[path] = _lines(path)
            except (OSError, ValueError):
                self._lines[path] = []
        lines = self._lines[path]
        return redact(lines[number - 1].rstrip("\r")) if 0 < number <= len(lines) else None


def _lines(path: str) -> list[str]:
    content = Path(path).read_bytes()
    if path.endswith(_YAML):
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return content.decode().split(
        "\n"
    )  # to FRR only a line feed ends a line, and a byte order mark is part of the first
