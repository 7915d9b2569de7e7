"""Command tables: what commands each node of an FRR release has."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from frrcompile import regular
from frrcompile.data import grammar_file
from frrcompile.facts.releases import MEASURED, Release, serving, spell
from frrcompile.syntax.commands.language import Part
from frrcompile.syntax.commands.listing import SHIPPED, Listing, read
from frrcompile.syntax.commands.matcher import Matcher


class Table:
    """The commands of one FRR release, node by node. The matcher of a node is made at its first use."""

    def __init__(self, known: Listing) -> None:
        self.version = known.version
        self._commands = known.commands
        self._nodes = known.nodes
        self._matchers: dict[str, Matcher] = {}
        self._by_first: dict[str, set[str]] | None = None

    @property
    def nodes(self) -> frozenset[str]:
        """FRR's names of the nodes."""
        return frozenset(self._nodes)

    def commands(self, node: str) -> list[list[Part]]:
        """The parts of every command of a node; none where the release does not have it."""
        return _decoded(self._commands[place] for place in self._nodes.get(node, ()))

    def nodes_with(self, word: str) -> frozenset[str]:
        """The nodes that have a command which begins with this keyword, with or without `no`."""
        if self._by_first is None:
            self._by_first = {}
            beginnings = [frozenset(_first_keywords(parts)) for parts in _decoded(self._commands)]
            for node, places in self._nodes.items():
                for first in {first for place in places for first in beginnings[place]}:
                    self._by_first.setdefault(first, set()).add(node)
        return frozenset(self._by_first.get(word, ()))

    def matcher(self, node: str) -> Matcher:
        """What judges lines in a node. One that the release does not have takes no line."""
        if node not in self._matchers:
            self._matchers[node] = Matcher(self.commands(node))
        return self._matchers[node]


def _decoded(commands: Iterable[str]) -> list[list[Part]]:
    parts: list[list[Part]] = json.loads(f"[{','.join(commands)}]")
    return parts


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


@lru_cache(maxsize=16)  # as many as there are releases
def table(release: Release) -> Table:
    """The table that a release is judged by: that of `nearest`. What was learnt from an FRR comes before what is shipped.

    Raises OSError for a file of `grammar learn` that cannot be read or has no table of the release.
    """
    known = nearest(release)
    return Table(load(learnt()[known], known) if known in learnt() else shipped(known))


def load(path: Path, release: Release) -> Listing:
    """The commands of a release in a file. Raises OSError where the file cannot be read, or does not have them."""
    content = regular.read(path)
    try:
        return read(content.decode(), release)
    except (AttributeError, KeyError, TypeError, ValueError):
        what = "not a command table of this frrcompile; delete it, or run `frrcompile grammar learn` again"
        raise OSError(errno.EINVAL, what, str(path)) from None


def shipped(release: Release) -> Listing:
    """The commands of a release that come with frrcompile. Raises OSError for a release that is not in `MEASURED`."""
    return load(grammar_file(SHIPPED), release)


def nearest(release: Release) -> Release:
    """The release whose table judges `release`."""
    return serving(release, releases())


@lru_cache(maxsize=1)
def releases() -> tuple[Release, ...]:
    """Every release that there is a table of, shipped or learnt, oldest first."""
    return tuple(sorted({*MEASURED, *learnt()}))


@lru_cache(maxsize=1)
def learnt() -> Mapping[Release, Path]:
    """The releases that `frrcompile grammar learn` has made a table of, the latest first, and the file of each."""
    found = {}
    for path in learnt_folder().glob("commands-*.json"):
        if match := re.fullmatch(r"commands-([0-9]{1,3})\.([0-9]{1,3})\.json", path.name):
            found[int(match[1]), int(match[2])] = path
    return dict(sorted(found.items(), key=lambda pair: pair[1].stat().st_mtime, reverse=True))


def learnt_file(release: Release) -> Path:
    """Where the learnt table of a release is kept."""
    return learnt_folder() / f"commands-{spell(release)}.json"


def learnt_folder() -> Path:
    """The directory of learnt tables: `$FRRCOMPILE_TABLES`, else in the user's cache."""
    if given := os.environ.get("FRRCOMPILE_TABLES"):
        return Path(given)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return cache / "frrcompile" / "commands"
