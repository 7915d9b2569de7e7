"""Command tables: what commands each node of an FRR release has."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from frrcompile.syntax.commands.language import Part
from frrcompile.syntax.commands.matcher import Matcher
from frrcompile.syntax.data import grammar_file

Release = tuple[int, int]

BUILT_IN: Mapping[Release, str] = {
    (8, 4): "commands-8.4.json",
    (10, 3): "commands-10.3.json",
    (10, 7): "commands-10.7.json",
}
"""The releases whose tables come with frrcompile, and the files of `grammar/` that they are in."""


class Table:
    """The commands of one FRR release, node by node; a node's matcher is made when it is first asked for."""

    def __init__(self, version: str, commands: list[list[Part]], nodes: Mapping[str, list[int]]) -> None:
        """`nodes` gives for each of FRR's nodes (`bgp ipv4 unicast`) the places of its commands in `commands`."""
        self.version = version
        self._commands = commands
        self._nodes = nodes
        self._matchers: dict[str, Matcher] = {}
        self._by_first: dict[str, set[str]] | None = None

    @property
    def nodes(self) -> frozenset[str]:
        """FRR's names of the nodes."""
        return frozenset(self._nodes)

    def commands(self, node: str) -> list[list[Part]]:
        """The parts of every command of a node; none where the release does not have it."""
        return [self._commands[place] for place in self._nodes.get(node, ())]

    def nodes_with(self, word: str) -> frozenset[str]:
        """The nodes that have a command which begins with this keyword, with or without `no`."""
        if self._by_first is None:
            self._by_first = {}
            beginnings = [frozenset(_first_keywords(parts)) for parts in self._commands]
            for node, places in self._nodes.items():
                for first in {first for place in places for first in beginnings[place]}:
                    self._by_first.setdefault(first, set()).add(node)
        return frozenset(self._by_first.get(word, ()))

    def matcher(self, node: str) -> Matcher:
        """What judges lines in a node. One that the release does not have takes no line."""
        if node not in self._matchers:
            self._matchers[node] = Matcher(self.commands(node))
        return self._matchers[node]


def _first_keywords(parts: Sequence[Part]) -> Iterator[str]:
    """The keywords that a command may begin with, behind a `no`."""
    for part in parts:
        if isinstance(part, str):
            word = part.partition("$")[0]
            if word == "no":
                continue
            if not word.startswith("="):
                yield word
            return
        for alternative in part[1:]:
            assert isinstance(alternative, list)
            yield from _first_keywords(alternative)
        if not str(part[0]).startswith("["):
            return


def load(path: Path) -> Table:
    """The table in a file. Raises OSError where it cannot be read, and ValueError where it is none."""
    try:
        document = json.loads(path.read_bytes())
        return Table(document["frr"], document["commands"], document["nodes"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no command table of frrcompile's: {error}") from None


@lru_cache(maxsize=4)
def table(release: Release) -> Table:
    """The table that a release is judged by: its own, else that of the nearest older release, else the oldest."""
    return load(tables()[nearest(release)])


def nearest(release: Release) -> Release:
    """The release whose table judges `release`."""
    older = [known for known in tables() if known <= release]
    return max(older) if older else min(tables())


@lru_cache(maxsize=1)
def tables() -> Mapping[Release, Path]:
    """Every release that there is a table of, and its file; what was learnt from an FRR comes before what is built in."""
    return {release: grammar_file(name) for release, name in BUILT_IN.items()} | learnt()


def release_of(version: str) -> Release:
    """The release that a version belongs to: (10, 7) for 10.7.1. Raises ValueError where it is none."""
    major, minor = version.split(".")[:2]
    return int(major), int(re.match("[0-9]*", minor)[0] or "x")  # type: ignore[index]  # it matches anything


def learnt() -> dict[Release, Path]:
    """The releases that `frrcompile grammar learn` has made a table of, the latest first."""
    found = {}
    for path in learnt_folder().glob("commands-*.json"):
        if match := re.fullmatch(r"commands-([0-9]{1,3})\.([0-9]{1,3})\.json", path.name):
            found[int(match[1]), int(match[2])] = path
    return dict(sorted(found.items(), key=lambda pair: pair[1].stat().st_mtime, reverse=True))


def learnt_folder() -> Path:
    """Where learnt tables are kept: `$FRRCOMPILE_TABLES`, else in the user's cache."""
    if given := os.environ.get("FRRCOMPILE_TABLES"):
        return Path(given)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return cache / "frrcompile" / "commands"
