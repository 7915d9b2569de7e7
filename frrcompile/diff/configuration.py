"""A configuration as FRR has it once it has read it: contexts and their settings, without the order and the words it was written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from frrcompile.facts.releases import BEFORE_ALL, Release
from frrcompile.mistyped import quoted
from frrcompile.redact import redact

Key = tuple[str, ...]
Path = tuple[Key, ...]
"""The keys of the headers around a line, outermost first; nothing at the top."""


class Entry(NamedTuple):
    """A line that holds.

    `words` are as FRR shows them, `no` first where something is off that is on by itself. `line` is the line's number in
    its file; `implied` says that the line is not written there: it is what FRR does by default.
    """

    words: tuple[str, ...]
    line: int
    implied: bool = False

    @property
    def text(self) -> str:
        """The line."""
        return " ".join(self.words)

    @property
    def negated(self) -> bool:
        """Whether it says that something is off."""
        return self.words[0] == "no"


@dataclass(slots=True)
class Context:
    """What stands below one header, or below several that are the same to FRR; `node` is the name in `grammar/node.yaml`."""

    node: str
    header: Entry
    entries: dict[Key, Entry] = field(default_factory=dict)


TOP = Entry((), 0)


@dataclass(slots=True)
class Configuration:
    """All contexts by their paths. `refused` has the numbers of the lines that FRR does not take, `release` is FRR's."""

    contexts: dict[Path, Context] = field(default_factory=lambda: {(): Context("config", TOP)})
    refused: set[int] = field(default_factory=set)
    release: Release = BEFORE_ALL

    def settings(self) -> dict[Path, dict[Key, tuple[str, ...]]]:
        """What holds, and nothing of where it stood: equal for two files that are the same to FRR."""
        return {
            path: {key: entry.words for key, entry in context.entries.items()}
            for path, context in self.contexts.items()
            if context.entries
        }

    def below(self, path: Path) -> Iterator[Path]:
        """The paths of the contexts inside one, itself not among them."""
        return (inner for inner in self.contexts if len(inner) > len(path) and inner[: len(path)] == path)

    def entry(self, path: Path, key: Key) -> Entry | None:
        """A line, by its place and key."""
        context = self.contexts.get(path)
        return context.entries.get(key) if context else None

    def shown(self, entry: Entry) -> str:
        """One of its lines without a secret. Of a line that FRR refuses, any word may be one."""
        refused = entry.line in self.refused and not entry.implied
        return quoted(entry.text).text if refused else redact(entry.text)
