"""Reading FRR's command language: `[no] router-id ![A.B.C.D]` becomes parts. lark reads it by `grammar/frr-command.lark`."""

from __future__ import annotations

from functools import lru_cache

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from frrcompile.data import grammar_file
from frrcompile.syntax.commands.language import Part


def parse(text: str) -> list[Part]:
    """The parts of a command. Raises ValueError where `text` is not in FRR's command language, saying at which column."""
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # the transformer has made it one
    except UnexpectedInput as error:
        raise ValueError(f"not a command of FRR's, at column {error.column}: {text}") from None


class _Parts(Transformer[Token, list[Part]]):
    """Turns lark's reductions into parts."""

    def command(self, parts: list[Part]) -> list[Part]:
        return parts

    sequence = command
    alternatives = command

    def keyword(self, words: list[Token]) -> Part:
        return "".join(words)

    def placeholder(self, words: list[Token]) -> str:
        return "=" + words[0]

    def value(self, words: list[str]) -> Part:
        return "".join(words)

    def named(self, parts: list[Part]) -> Part:
        group, *name = parts
        assert isinstance(group, list)
        return [str(group[0]) + "".join(map(str, name)), *group[1:]]

    def one_of(self, children: list[list[str | list[Part]]]) -> Part:
        return ["<", *children[0]]

    def optional(self, children: list[list[str | list[Part]]]) -> Part:
        return ["[", *children[0]]

    def optional_in_no(self, children: list[list[str | list[Part]]]) -> Part:
        return ["![", *children[0]]

    def any_order(self, children: list[list[str | list[Part]]]) -> Part:
        return ["{", *children[0]]


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = grammar_file("frr-command.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start="command", transformer=_Parts())
