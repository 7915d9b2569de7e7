"""A frr.conf as rules see it: every command with its node and its words written out, found by what it begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from frrcompile.diagnostics import Label, Span
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.tree import Block, Item, Tree

T = TypeVar("T")


class Command:
    """One statement where it stands.

    `words` are the statement's with abbreviated keywords written out (`neighbor`, not `nei`); `node` is the name in
    `grammar/node.yaml` of the node that it stands in (a header stands in its block's parent); `block` is the block of
    that node, None at the top. `opens` is the block that it is the header of. `known` is false where the FRR in question
    has no such command here; rules rarely want those, and get them only from `Configuration.unknown`.
    """

    __slots__ = ("block", "known", "node", "opens", "statement", "words")

    def __init__(
        self,
        statement: Statement,
        words: Sequence[str],
        node: str,
        block: Block | None,
        opens: Block | None = None,
        known: bool = True,
    ) -> None:
        self.statement = statement
        self.words = words
        self.node = node
        self.block = block
        self.opens = opens
        self.known = known

    @property
    def span(self) -> Span:
        """The command's whole text, without its indentation."""
        return self.statement.span

    @property
    def negated(self) -> bool:
        """Whether it takes something back."""
        return self.words[0] == "no"

    @property
    def text(self) -> str:
        """Its words, a blank between them."""
        return " ".join(self.words)

    def word(self, index: int) -> Span:
        """Where the word at `index` is."""
        return self.statement.word_span(index)

    def label(self, message: str) -> Label:
        """A second place of a finding: this command."""
        return Label(self.span, message)


@dataclass(slots=True)
class Configuration:
    """All commands of a tree, and the FRR release (`(10, 3)`) that they are for."""

    tree: Tree
    release: tuple[int, int]
    commands: list[Command] = field(default_factory=list)
    unknown: list[Command] = field(default_factory=list)
    _within: dict[int, list[Command]] = field(default_factory=dict)
    _index: dict[tuple[str, str], list[Command]] = field(default_factory=dict)
    _derived: dict[Callable[..., Any], Any] = field(default_factory=dict)

    @classmethod
    def of_tree(cls, tree: Tree, release: tuple[int, int]) -> Configuration:
        """The commands of a tree, closers left out."""
        config = cls(tree, release)
        config._add(tree.children, "config", None)
        return config

    def _add(self, items: Iterable[Item], node: str, block: Block | None) -> None:
        here = self._within.setdefault(id(block), [])
        for item in items:
            if isinstance(item, Block):
                command = Command(item.header, item.header.words, node, block, item)
            elif isinstance(item, Statement):
                command = Command(item, item.words, node, block)
            else:
                continue
            here.append(command)
            self.commands.append(command)
            words = command.words
            first = words[1] if words[0] == "no" and len(words) > 1 else words[0]
            self._index.setdefault((node, first), []).append(command)
            if isinstance(item, Block):
                self._add(item.children, item.node, item)

    def of(self, node: str, first: str) -> Sequence[Command]:
        """The commands of a node (of all its blocks, in order) that begin with `first`, or with `no` and `first`."""
        return self._index.get((node, first), ())

    def within(self, block: Block) -> Sequence[Command]:
        """The commands right inside a block: without its closer, with the headers of its nested blocks."""
        return self._within.get(id(block), ())

    def opened(self, node: str) -> Iterator[Command]:
        """The headers of every block of a node, in order: `config.opened("bgp")` are the `router bgp` lines."""
        return (command for command in self.commands if command.opens is not None and command.opens.node == node)

    def derive(self, make: Callable[[Configuration], T]) -> T:
        """What `make` finds out about this configuration: made once, whatever number of rules ask for it."""
        if make not in self._derived:
            self._derived[make] = make(self)
        found: T = self._derived[make]
        return found
