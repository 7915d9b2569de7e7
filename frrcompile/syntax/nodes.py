"""FRR's node tree, read from `grammar/node.yaml`: which line enters a node, which leaves it, and who owns it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from frrcompile.syntax.data import grammar_file
from frrcompile.syntax.index import Index

ROOT = "config"
"""The node that a configuration begins in."""


class Node(NamedTuple):
    """One of FRR's configuration nodes.

    `name` is ours and unique; `frr` is what `vtysh -C -c 'find .'` calls it; `ancestors` go from the parent to the
    root. `daemons` must run for the node's lines to have an effect; empty where no particular one must.
    `title` is how its header begins (`router bgp`), empty for the root.
    `firsts` are the first words, whole or shortened, of every header, closer and plain line that this node or one of
    its ancestors knows: a line that begins with another word neither opens nor closes anything.
    """

    name: str
    frr: str
    title: str
    ancestors: tuple[str, ...]
    headers: Index
    closers: Index
    plain: Index
    daemons: frozenset[str]
    firsts: frozenset[str]

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
        parent = found[entry["parent"]] if "parent" in entry else None
        children = [child for child in written.values() if child.get("parent") == name]
        # There is nothing to leave at the top: a stray `exit` there is a line like any other.
        leaving = [*document()["closers"], *entry.get("closer", ())] if parent else []
        headers = Index((header, child["node"]) for child in children for header in child["header"])
        closers = Index((closer, closer) for closer in leaving)
        plain = Index((line, line) for line in entry.get("plain", ()))
        firsts = frozenset({*headers.firsts, *closers.firsts, *plain.firsts})
        found[name] = Node(
            name=name,
            frr=entry["frr"],
            title=entry["header"][0].removesuffix(" ...") if parent else "",
            ancestors=(parent.name, *parent.ancestors) if parent else (),
            headers=headers,
            closers=closers,
            plain=plain,
            daemons=frozenset(entry.get("daemons", ())),
            firsts=firsts | parent.firsts if parent else firsts,
        )
    return found
