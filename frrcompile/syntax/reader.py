"""Reading a frr.conf: text in, tree out, whatever the text is."""

from __future__ import annotations

from frrcompile.syntax.commands.matcher import Match
from frrcompile.syntax.commands.table import Table
from frrcompile.syntax.lines import Line, Statement
from frrcompile.syntax.nesting import Role, nest
from frrcompile.syntax.nodes import ROOT
from frrcompile.syntax.tree import Block, Item, Tree


def read(text: str, path: str = "-", *, table: Table | None = None) -> Tree:
    """The tree of a frr.conf; `path` is what its spans call it. Never raises, whatever the text.

    `table` has the commands of one FRR release. Without it, a line that is no header and no closer belongs to the block it
    stands in, even where FRR would leave that block for it.
    """
    remarks: dict[int, Match] = {}
    top = _Open(ROOT, None)
    stack = [top]
    children = top.children
    waiting: list[Line] = []  # comments: those before a line that ends a node come after that node
    plain, skipped, opening = Role.PLAIN, Role.SKIPPED, Role.OPEN
    for closed, role, line, node, match in nest(text, path, table):
        if role is skipped:
            waiting.append(line)
            continue
        if match is not None:
            remarks[line.number] = match
        if closed:
            for _ in range(closed):
                _close(stack, None)
            children = stack[-1].children
        if waiting:
            children += waiting
            waiting.clear()
        if role is plain:
            children.append(line)
            continue
        assert isinstance(line, Statement)  # only commands open and close
        if role is opening:
            stack.append(_Open(node.name, line))
        else:
            _close(stack, line)
        children = stack[-1].children
    while len(stack) > 1:
        _close(stack, None)
    return Tree(path, (*top.children, *waiting), remarks)


class _Open:
    """A node that has been entered and not left yet."""

    __slots__ = ("children", "header", "node")

    def __init__(self, node: str, header: Statement | None) -> None:
        self.node = node
        self.header = header
        self.children: list[Item] = []


def _close(stack: list[_Open], closer: Statement | None) -> None:
    block = stack.pop()
    assert block.header is not None
    stack[-1].children.append(Block(block.node, block.header, tuple(block.children), closer))
