"""What reading a frr.conf gives: statements, the blocks they stand in, and the text they came from, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from frrcompile.diagnostics import Span
from frrcompile.syntax.commands.matcher import Match
from frrcompile.syntax.lines import Line, Statement

Item: TypeAlias = "Line | Block"
"""A skipped line (`Line` itself), a `Statement`, or a `Block`."""


class Block(NamedTuple):
    """A header and what follows it in the node that it enters.

    `node` is the node's name in `grammar/node.yaml`. `closer` is the line that left the node; None where the next line
    belongs further up, or where the file ends. Comments right before such a next line are not the block's but its parent's.
    """

    node: str
    header: Statement
    children: tuple[Item, ...]
    closer: Statement | None

    @property
    def words(self) -> tuple[str, ...]:
        """The header's words, as FRR sees them."""
        return self.header.words

    @property
    def span(self) -> Span:
        """From the header to the end of the last line."""
        start, end = self.header.span, self.last.span
        return Span(start.path, start.line, start.column, end.end_line, end.end_column)

    @property
    def last(self) -> Line:
        """The last line: the closer, else the last line of the last child, else the header."""
        if self.closer is not None:
            return self.closer
        if not self.children:
            return self.header
        child = self.children[-1]
        return child.last if isinstance(child, Block) else child


class Tree(NamedTuple):
    """A whole configuration. `path` is what the user called the file ("-" for standard input).

    `remarks` says by line number what FRR's commands say of the lines that are not simply a command with every keyword
    written out: unknown, incomplete, ambiguous, or shortened. Empty where it was read without a command table.
    """

    path: str
    children: tuple[Item, ...]
    remarks: Mapping[int, Match] = {}

    def text(self) -> str:
        """The text that was read, the same to the byte."""
        return "".join(line.raw for line in self.lines())

    def lines(self) -> list[Line]:
        """Every physical line in order."""
        lines: list[Line] = []
        _add_lines(self.children, lines)
        return lines

    def walk(self) -> Iterator[tuple[tuple[Block, ...], Statement]]:
        """Every command in order, with the blocks it stands in, outermost first.

        A header stands in its block's parent, where FRR sees it; a closer stands in the block that it closes.
        """
        return _walk(self.children, ())

    def contexts(self) -> Iterator[tuple[tuple[Block, ...], Block]]:
        """Every block in order, with the blocks it stands in, outermost first."""
        return _contexts(self.children, ())


def _add_lines(items: Iterable[Item], lines: list[Line]) -> None:
    for item in items:
        if isinstance(item, Block):
            lines.append(item.header)
            _add_lines(item.children, lines)
            if item.closer is not None:
                lines.append(item.closer)
        else:
            lines.append(item)


def _walk(items: Iterable[Item], around: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], Statement]]:
    for item in items:
        if isinstance(item, Block):
            yield around, item.header
            yield from _walk(item.children, (*around, item))
            if item.closer is not None:
                yield (*around, item), item.closer
        elif isinstance(item, Statement):
            yield around, item


def _contexts(items: Iterable[Item], around: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], Block]]:
    for item in items:
        if isinstance(item, Block):
            yield around, item
            yield from _contexts(item.children, (*around, item))
