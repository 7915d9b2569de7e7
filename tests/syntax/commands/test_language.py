"""FRR's command language: every command of every table comes back as it was written."""

from __future__ import annotations

import pytest

from frrcompile.syntax.commands.language import spell
from frrcompile.syntax.commands.parser import parse

PARTS = {
    "router bgp": ["router", "bgp"],
    "WORD": ["=WORD"],
    "Null0 N (1-10) A.B.C.D/M X:X:X:X:X:X": ["Null0", "N", "=(1-10)", "=A.B.C.D/M", "=X:X:X:X:X:X"],
    "[no] neighbor <A.B.C.D|WORD>$peer": [["[", ["no"]], "neighbor", ["<$peer", ["=A.B.C.D"], ["=WORD"]]],
    "router-id ![A.B.C.D$id]": ["router-id", ["![", ["=A.B.C.D$id"]]],
    "route {tag (1-5)|onlink}": ["route", ["{", ["tag", "=(1-5)"], ["onlink"]]],
    "remark LINE...": ["remark", "=LINE..."],
    "debug [<a|b>$x] c": ["debug", ["[", [["<$x", ["a"], ["b"]]]], "c"],
}


@pytest.mark.parametrize(("text", "parts"), PARTS.items())
def test_parts(text: str, parts: list[object]) -> None:
    assert parse(text) == parts
    assert spell(parse(text), names=True) == text


def test_names_are_for_frr_and_not_for_people() -> None:
    assert spell(parse("no$no neighbor <A.B.C.D|WORD>$peer AS$a...")) == "no neighbor <A.B.C.D|WORD> AS..."


@pytest.mark.parametrize("text", ["", "neighbor <A.B.C.D", "a ]", "a | b", "(1-", "a$"])
def test_what_is_not_in_the_language_is_an_error_with_its_column(text: str) -> None:
    with pytest.raises(ValueError, match="not a command of FRR's, at column"):
        parse(text)
