"""Reading a frr.conf: text in, tree out, whatever the text is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lark import Lark, Transformer

from frrcompile.syntax.data import grammar_file
from frrcompile.syntax.layout import Layout, LineToken, Source
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nesting import Knows
from frrcompile.syntax.tree import Block, Item, Tree


def read(text: str, path: str = "-", *, knows: Knows | None = None) -> Tree:
    """The tree of a frr.conf; `path` is what its spans call it. Never raises, whatever the text.

    `knows` tells which commands a node has, from the tables of one FRR version. Without it, a line that is no header and
    no closer belongs to the block it stands in, even where FRR would leave that block for it.
    """
    children: tuple[Item, ...] = _parser().parse(Source(text, path, knows))  # type: ignore[assignment]
    return Tree(path, children)


class _Build(Transformer[LineToken, tuple[Item, ...]]):
    """Turns lark's reductions into our tree as they happen, so that there is never a second one."""

    def start(self, children: list[Any]) -> tuple[Item, ...]:
        return _items(children)

    def block(self, children: list[Any]) -> Block:
        node, header = children[0].value
        closer: Statement | None = None
        if len(children) > 1 and isinstance(children[-1], LineToken) and children[-1].type == "CLOSE":
            closer = children.pop().value
        return Block(node, header, _items(children[1:]), closer)


def _items(children: list[Any]) -> tuple[Item, ...]:
    return tuple(child if isinstance(child, Block) else child.value for child in children)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = grammar_file("frr-conf.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=Layout, transformer=_Build())
