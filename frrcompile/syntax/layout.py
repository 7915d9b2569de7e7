"""The tokens that lark's parser gets: one a line, and one that is no line where a node ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lark.lexer import Lexer

from frrcompile.syntax.lines import split
from frrcompile.syntax.nesting import Knows, Role, nest


@dataclass(frozen=True, slots=True)
class Source:
    """What there is to read, and what is known of FRR's commands."""

    text: str
    path: str
    knows: Knows | None


class LineToken:
    """What lark's LALR parser needs of a token, and no more: its own kind is a str with eight fields, and costs thrice.

    `value` is a line; for a header the pair of its node's name and its line; nothing where a node ends by itself.
    """

    __slots__ = ("type", "value")

    # Where lark says that the end of the input is. Our lines know their places themselves.
    start_pos = line = column = end_line = end_column = end_pos = None

    def __init__(self, kind: str, value: object = None) -> None:
        self.type = kind
        self.value = value


class Layout(Lexer):
    """Feeds lark from the lines of a `Source`, as `grammar/frr-conf.lark` says."""

    def __init__(self, lexer_conf: Any) -> None:
        """`lexer_conf` is lark's, and not needed: there is no pattern to match."""

    def lex(self, source: Source) -> Iterator[LineToken]:  # type: ignore[override]  # lark hands on what it was given
        """The tokens, balanced. Comments and blank lines before a line that ends a node come after the end."""
        waiting: list[LineToken] = []
        depth = 0
        for closed, role, line, node in nest(split(source.text, source.path), source.knows):
            if role is Role.SKIPPED:
                waiting.append(LineToken("SKIPPED", line))
                continue
            for _ in range(closed):
                yield LineToken("_END")
            depth -= closed
            if waiting:
                yield from waiting
                waiting.clear()
            if role is Role.PLAIN:
                yield LineToken("PLAIN", line)
            elif role is Role.OPEN:
                depth += 1
                yield LineToken("OPEN", (node.name, line))
            else:
                depth -= 1
                yield LineToken("CLOSE", line)
        for _ in range(depth):
            yield LineToken("_END")
        yield from waiting
