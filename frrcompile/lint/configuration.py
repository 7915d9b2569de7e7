"""A frr.conf as rules see it: every command with its node and its words written out, found by what it begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from frrcompile.diagnostics import Label, Span
from frrcompile.facts.releases import Release
from frrcompile.lint.long_lines import set_aside
from frrcompile.syntax.commands.matcher import Match, Verdict
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.reader import read
from frrcompile.syntax.tree import Block, Item

T = TypeVar("T")

_LEAVING = ("exit", "quit")


class Command:
    """One statement where it stands.

    `words` are the statement's with abbreviated keywords written out (`neighbor`, not `nei`); `node` is the name in
    `grammar/node.yaml` of the node that it stands in (a header stands in its block's parent); `block` is the block of
    that node, None at the top. `opens` is the block that it is the header of. `negated` is whether it takes something back.
    """

    __slots__ = ("block", "negated", "node", "opens", "statement", "words")

    def __init__(
        self,
        statement: Statement,
        words: tuple[str, ...],
        node: str,
        block: Block | None,
        opens: Block | None = None,
    ) -> None:
        self.statement = statement
        self.words = words
        self.node = node
        self.block = block
        self.opens = opens
        self.negated = words[0] == "no"

    @property
    def span(self) -> Span:
        """The command's whole text, without its indentation."""
        return self.statement.span

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


class Configuration:
    """All commands of a tree, and the FRR release (`(10, 3)`) that they are for.

    `text` is what was read, `aside` the lines that are too long for any FRR, by their numbers: the text has comments in
    their places. `commands` has what FRR takes, in order and without closers, `headers` those that open a block,
    and `shortened` those with a keyword that is not written out; `refused` what it does not take, with the reason, closers
    among them. `left` is the `exit` at the top behind which FRR reads no further, and `unread`
    the first line behind it: nothing that follows is a command.
    """

    __slots__ = (
        "_derived",
        "_index",
        "_opened",
        "_within",
        "aside",
        "commands",
        "headers",
        "left",
        "refused",
        "release",
        "shortened",
        "text",
        "tree",
        "unread",
    )

    def __init__(self, text: str, path: str, release: Release) -> None:
        """The commands of a text that the user called `path`, by the release's command table."""
        self.text, self.aside = set_aside(text)
        self.tree = read(self.text, path, table=table(release))
        self.release = release
        self.commands: list[Command] = []
        self.headers: list[Command] = []
        self.shortened: list[Command] = []
        self.refused: list[tuple[Command, Match]] = []
        self.left: Command | None = None
        self.unread: Command | None = None
        self._within: dict[int, list[Command]] = {}
        self._index: defaultdict[str, defaultdict[str, list[Command]]] = defaultdict(lambda: defaultdict(list))
        self._opened: dict[str, list[Command]] = {}
        self._derived: dict[Callable[..., Any], Any] = {}
        self._add(self.tree.children, "config", None)

    def _add(self, items: Iterable[Item], node: str, block: Block | None) -> None:
        here = self._within.setdefault(id(block), [])
        remarks, commands, index = self.tree.remarks, self.commands, self._index[node]
        for item in items:
            if isinstance(item, Statement):
                statement, opens = item, None
            elif isinstance(item, Block):
                statement, opens = item.header, item
            else:
                continue
            if self.left is not None:
                self.unread = Command(statement, statement.words, node, block, opens)
                return
            match = remarks.get(statement.number) if remarks else None
            words = match.words if match else statement.words
            command = Command(statement, words, node, block, opens)
            if match is None or match.verdict is Verdict.KNOWN:
                first = words[0]
                if first == "no" and len(words) > 1:
                    first = words[1]
                here.append(command)
                commands.append(command)
                index[first].append(command)
                if match:
                    self.shortened.append(command)
                if opens:
                    self.headers.append(command)
                    self._opened.setdefault(opens.node, []).append(command)
                elif block is None and first in _LEAVING:
                    self.left = command
            else:
                self.refused.append((command, match))
            if opens:
                self._add(opens.children, opens.node, opens)
                if opens.closer and (match := remarks.get(opens.closer.number)) and match.verdict is not Verdict.KNOWN:
                    self.refused.append((Command(opens.closer, match.words, opens.node, opens), match))

    def may_have(self, words: Collection[str]) -> bool:
        """Whether a command may have one of these words: the text has it, or some command is shortened."""
        return bool(self.shortened) or any(word in self.text for word in words)

    @property
    def unknown(self) -> list[Command]:
        """The lines that FRR does not take."""
        return [command for command, _ in self.refused]

    def of(self, node: str, first: str) -> Sequence[Command]:
        """The commands of a node (of all its blocks, in order) that begin with `first`, or with `no` and `first`."""
        return self._index[node].get(first, ())

    def begun_by(self, firsts: Collection[str]) -> Iterator[Command]:
        """The commands of every node that begin with one of these words, or with `no` and one of them; by nodes and words."""
        for by_first in self._index.values():
            for first in by_first:
                if first in firsts:
                    yield from by_first[first]

    def within(self, block: Block | None) -> Sequence[Command]:
        """The commands right inside a block, None for the top: without its closer, with the headers of its nested blocks."""
        return self._within.get(id(block), ())

    @property
    def blocks(self) -> Iterable[Sequence[Command]]:
        """`within` of the top and of every block, also of blocks whose header FRR refuses."""
        return self._within.values()

    def opened(self, node: str) -> Sequence[Command]:
        """The headers of every block of a node, in order: `config.opened("bgp")` are the `router bgp` lines."""
        return self._opened.get(node, ())

    def derive(self, make: Callable[[Configuration], T]) -> T:
        """What `make` finds out about this configuration: made once, whatever number of rules ask for it."""
        if make not in self._derived:
            self._derived[make] = make(self)
        found: T = self._derived[make]
        return found
