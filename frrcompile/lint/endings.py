"""How the blocks of a configuration end: by a closer of their own, or by a line that belongs further up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from frrcompile.lint.configuration import Command, Configuration
from frrcompile.syntax.lines import Line, Statement
from frrcompile.syntax.nodes import nodes
from frrcompile.syntax.tree import Block, Item


class Unclosed(NamedTuple):
    """A block without a closer of its own; `ender` is the line that ended it, None where the file did."""

    block: Block
    ender: Statement | None


def indent(line: Line) -> int:
    """How many columns of white space a line begins with, a tab counting as one."""
    return len(line.raw) - len(line.raw.lstrip(" \t"))


def unclosed(config: Configuration) -> list[Unclosed]:
    """Every block that nothing closes explicitly, in no particular order. For `Configuration.derive`."""
    headers = chain(config.headers, config.unknown)
    if config.left is None and all(one.opens.closer for one in headers if one.opens):  # as FRR writes its files
        return []
    return list(_unclosed(config.tree.children, None))


def exits_behind(config: Configuration, left: Command) -> bool:
    """Whether another `exit` or `quit` stands behind the one that left the configuration."""
    lines = (line for line in config.tree.lines() if line.number > left.statement.number)
    return any(isinstance(line, Statement) and line.words in (("exit",), ("quit",)) for line in lines)


def every(config: Configuration) -> Iterator[Command]:
    """The commands that FRR knows, in order, and after them those that it does not."""
    return chain(config.commands, config.unknown)


def count(number: int, what: str) -> str:
    """A number with its noun: `1 line`, `2 lines`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _unclosed(items: Iterable[Item], after: Statement | None) -> Iterator[Unclosed]:
    """The same below one block; `after` is the line that comes right behind its last child."""
    waiting: Block | None = None
    for item in items:
        if isinstance(item, Block):
            if waiting is not None:
                yield from _ended(waiting, item.header)
            waiting = item
        elif waiting is not None and isinstance(item, Statement):
            yield from _ended(waiting, item)
            waiting = None
    if waiting is not None:
        yield from _ended(waiting, after)


def _ended(block: Block, by: Statement | None) -> Iterator[Unclosed]:
    if block.closer is None:
        yield Unclosed(block, by)
    yield from _unclosed(block.children, by if block.closer is None else block.closer)


def closer_of(node: str) -> str:
    """The line that FRR itself writes at the end of such a block."""
    return nodes()[node].closer
