"""FRR's node tree, read from `grammar/node.yaml`: which line enters a node, which leaves it, and who owns it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from frrcompile.data import grammar_file
from frrcompile.syntax.index import Index

ROOT = "config"
"""The node that a configuration begins in."""


class Node:
    """One of FRR's configuration nodes.

    `name` is ours and unique; `frr` is what `vtysh -C -c 'find .'` calls it; `ancestors` go from the parent to the
    root. `daemons` must run for the node's lines to have an effect; empty where no particular one must.
    `title` is how its header begins (`router bgp`), empty for the root.
    """

    def __init__(self, entry: Mapping[str, Any], children: Sequence[Mapping[str, Any]], parent: Node | None) -> None:
        """From the node's entry in `grammar/node.yaml`, and those that stand in it."""
        self._entry = entry
        self._children = children
        self._parent = parent
        self.name: str = entry["node"]
        self.frr: str = entry["frr"]
        self.title: str = entry["header"][0].removesuffix(" ...") if parent else ""
        self.ancestors: tuple[str, ...] = (parent.name, *parent.ancestors) if parent else ()
        self.daemons: frozenset[str] = frozenset(entry.get("daemons", ()))

    @property
    def closer(self) -> str:
        """The line that FRR itself writes at the node's end."""
        closer: str = next(iter(self._entry.get("closer", ())), "exit")
        return closer

    # Made when they are asked for: a file stands in a few of the nodes.

    @cached_property
    def headers(self) -> Index:
        """The lines that enter a node from here, and its name."""
        return Index((header, child["node"]) for child in self._children for header in child["header"])

    @cached_property
    def closers(self) -> Index:
        """The lines that leave this node; there is nothing to leave at the top: a stray `exit` is a line like any other."""
        leaving = [*document()["closers"], *self._entry.get("closer", ())] if self._parent else []
        return Index((closer, closer) for closer in leaving)

    @cached_property
    def plain(self) -> Index:
        """Lines of this node that look like headers."""
        return Index((line, line) for line in self._entry.get("plain", ()))

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The first words, whole or shortened, of every header, closer and plain line that this node or an ancestor knows.

        A line that begins with another word neither opens nor closes anything.
        """
        own = frozenset({*self.headers.firsts, *self.closers.firsts, *self.plain.firsts})
        return own | self._parent.firsts if self._parent else own

    def child(self, words: Sequence[str], *, shortened: bool = False) -> str | None:
        """The node that the line enters from here; None where it is no header, or shortened fits several."""
        return self.headers.find_shortened(words) if shortened else self.headers.find(words)

    def closes(self, words: Sequence[str], *, shortened: bool = False) -> bool:
        """Whether the line leaves this node."""
        return (self.closers.find_shortened(words) if shortened else self.closers.find(words)) is not None

    def keeps(self, words: Sequence[str]) -> bool:
        """Whether the line, or what it negates, is known to be the node's own and no header of a node further up."""
        negated = _negated(words)
        return self.plain.find(words) is not None or (bool(negated) and self.plain.find(negated) is not None)

    def removes(self, words: Sequence[str]) -> bool:
        """Whether the line is a `no` and one of the headers known here, such as `no router bgp 64512`."""
        words = _negated(words)
        return bool(words) and self.headers.has_beginning(words)


def _negated(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if words[0] == "no" else ()


@lru_cache(maxsize=1)
def closing_words() -> frozenset[str]:
    """Every word that alone leaves some node: `exit`, `quit`, `exit-vrf`."""
    closers = (closer for entry in document()["nodes"] for closer in entry.get("closer", ()))
    return frozenset((*document()["closers"], *(closer for closer in closers if " " not in closer)))


def nodes() -> Mapping[str, Node]:
    """All nodes by name. Raises ValueError where the data contradicts itself, which a test excludes."""
    return _load()


@lru_cache(maxsize=1)
def document() -> Mapping[str, Any]:
    """`grammar/node.yaml`, as `grammar/node.json` has it for programs: loading PyYAML takes longer than a small file."""
    content: Mapping[str, Any] = json.loads(grammar_file("node.json").read_bytes())
    return content


@lru_cache(maxsize=1)
def _load() -> Mapping[str, Node]:
    written = {entry["node"]: entry for entry in document()["nodes"]}
    if len(written) != len(document()["nodes"]):
        raise ValueError("grammar/node.yaml has two nodes of one name")
    found: dict[str, Node] = {}
    for name, entry in written.items():  # parents are written before their children
        children = [child for child in written.values() if child.get("parent") == name]
        found[name] = Node(entry, children, found[entry["parent"]] if "parent" in entry else None)
    return found
