"""The tokens that lark's parser gets: one a line, and one that is no line where a node ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lark import Token
from lark.lexer import Lexer

from frrcompile.syntax.lines import Line, split
from frrcompile.syntax.nesting import Knows, Role, nest


@dataclass(frozen=True, slots=True)
class Source:
    """What there is to read, and what is known of FRR's commands."""

    text: str
    path: str
    knows: Knows | None


class Layout(Lexer):
    """Feeds lark from the lines of a `Source`, as `grammar/frr-conf.lark` says.

    A token's value is its line, a header's is the pair of its node's name and its line.
    """

    def __init__(self, lexer_conf: Any) -> None:
        """`lexer_conf` is lark's, and not needed: there is no pattern to match."""

    def lex(self, source: Source) -> Iterator[Token]:  # type: ignore[override]  # lark hands on what it was given
        """The tokens, balanced. Comments and blank lines before a line that ends a node come after the end."""
        waiting: list[Line] = []
        depth = 0
        for closed, role, line, node in nest(split(source.text, source.path), source.knows):
            if role is Role.SKIPPED:
                waiting.append(line)
                continue
            for _ in range(closed):
                yield Token("_END", "")
            depth -= closed
            if waiting:
                yield from _skipped(waiting)
                waiting.clear()
            if role is Role.PLAIN:
                yield _token("PLAIN", line)
            elif role is Role.OPEN:
                depth += 1
                yield _token("OPEN", (node.name, line))
            else:
                depth -= 1
                yield _token("CLOSE", line)
        for _ in range(depth):
            yield Token("_END", "")
        yield from _skipped(waiting)


def _skipped(lines: list[Line]) -> Iterator[Token]:
    return (_token("SKIPPED", line) for line in lines)


def _token(kind: str, value: object) -> Token:
    token = Token(kind, "")
    token.value = value
    return token
