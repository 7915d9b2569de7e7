"""Repairs: edits go in where they belong, all else stays to the character, and nothing gets worse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.diagnostics import Diagnostic, Edit, Severity, Span
from frrcompile.lint.fix import PASSES, apply, fix


def edit(line: int, start: int, end: int, new: str, end_line: int | None = None) -> Edit:
    return Edit(Span("f", line, start, end_line or line, end), new)


def finding(one: Edit | None, code: str = "FRR109", severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code, severity, "found", one.span if one else Span.of_file("f"), edit=one)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("int lo\n", [edit(1, 1, 4, "interface")], "interface lo\n"),
        ("a\nb\nc\n", [edit(2, 1, 1, "", end_line=3)], "a\nc\n"),
        ("a\nb", [edit(2, 1, 1, "", end_line=3)], "a\n"),
        ("a\nb\n", [edit(2, 1, 1, "x\n")], "a\nx\nb\n"),
        ("a b c\n", [edit(1, 5, 6, "C"), edit(1, 1, 2, "A")], "A b C\n"),
        ("a\n", [edit(9, 1, 1, "end\n")], "a\nend\n"),
        ("", [edit(1, 1, 1, "x")], "x"),
        ("größer x\n", [edit(1, 8, 9, "y")], "größer y\n"),
    ],
)
def test_an_edit_goes_where_it_belongs(text: str, edits: list[Edit], expected: str) -> None:
    assert apply(text, edits) == (expected, len(edits))


def test_of_overlapping_edits_the_first_is_done() -> None:
    assert apply("abcdef\n", [edit(1, 3, 6, "-"), edit(1, 1, 4, "+")]) == ("+def\n", 1)
    assert apply("ab\n", [edit(1, 2, 2, "1"), edit(1, 2, 2, "2")])[1] == 1


def test_the_same_edit_twice_is_done_once() -> None:
    assert apply("a b\n", [edit(1, 3, 4, "c"), edit(1, 3, 4, "c")]) == ("a c\n", 1)


def test_line_ends_are_those_of_the_text() -> None:
    assert apply("a\r\nb\r\n", [edit(2, 1, 1, "x\n")])[0] == "a\r\nx\r\nb\r\n"
    assert apply("a\r\nb", [edit(2, 2, 2, "\nx")])[0] == "a\r\nb\r\nx"
    assert apply("a\nb\r\n", [edit(1, 1, 1, "x\n")])[0] == "x\na\nb\r\n"


def shortened(text: str) -> Iterator[Diagnostic]:
    """Finds `int`, and, once that is gone, `addr`."""
    for number, line in enumerate(text.split("\n"), 1):
        for word, whole in (("int ", "interface "), ("addr ", "address ")):
            if line.startswith(word):
                yield finding(edit(number, 1, len(word) + 1, whole))
                return


def test_repairs_go_on_until_nothing_is_left() -> None:
    done = fix("int a\naddr b\nint c\n", lambda text: list(shortened(text)))
    assert (done.text, done.edits, done.findings) == ("interface a\naddress b\ninterface c\n", 3, [])


def test_what_undoes_itself_ends() -> None:
    calls = []

    def flip(text: str) -> list[Diagnostic]:
        calls.append(text)
        return [finding(edit(1, 1, 2, "b" if text.startswith("a") else "a"))]

    done = fix("a\n", flip)
    assert len(calls) == PASSES + 1
    assert done.text in ("a\n", "b\n")


def test_a_repair_that_frr_would_refuse_is_taken_back() -> None:
    def spoil(text: str) -> list[Diagnostic]:
        if text == "good\n":
            return [finding(edit(1, 1, 5, "bad"))]
        return [finding(None, "FRR001", Severity.ERROR)]

    done = fix("good\n", spoil)
    assert (done.text, done.edits, done.spoiled) == ("good\n", 0, True)
    assert [one.code for one in done.findings] == ["FRR109"]


@given(st.text(alphabet="ab \r\n!", max_size=40), st.lists(st.tuples(*[st.integers(1, 9)] * 4), max_size=5))
def test_any_edits_leave_the_rest_alone(text: str, places: list[tuple[int, int, int, int]]) -> None:
    edits = [Edit(Span("f", *place), "X") for place in places]
    repaired, count = apply(text, edits)
    assert repaired.count("X") == count <= len(edits)
    # What is left of the text is in its old order.
    pieces = re.compile(".*".join(re.escape(piece) for piece in repaired.split("X")), re.DOTALL)
    assert pieces.fullmatch(text)
