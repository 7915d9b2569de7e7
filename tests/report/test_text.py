"""Reports for people: the line itself, a mark under it, and nothing that a terminal takes for its own."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Diagnostic, Edit, Severity, Span
from frrcompile.report.sources import Sources
from frrcompile.report.text import render, summary
from tests.report.findings import FINDINGS, run, span


def shown(finding: Diagnostic, *, colour: bool = False) -> list[str]:
    return render([finding], run().sources, colour=colour).splitlines()


def test_the_line_the_mark_the_labels_the_help_and_the_repair() -> None:
    assert shown(FINDINGS[1]) == [
        "r 1/a:b,c.conf:3:1: warning[FRR109]: `int` is an abbreviation",
        "3 | int lo",
        "  | ^^^",
        "1 | hostname r1",
        "  | ^^^^^^^^ first",
        "  --> other.conf:9:1",
        "  = help: write it out",
        "  = fix: `--fix` writes `interface` for `int`",
    ]


@pytest.mark.parametrize(
    ("at", "new", "said"),
    [
        (span(2, 1, 1, end_line=3), "", "removes this line"),
        (span(2, 1, 1, end_line=5), "", "removes 3 lines"),
        (span(3, 4, 7), "", "removes it"),
        (span(4, 1, 1), "exit\n", "adds `exit`"),
        (span(1, 10, 12), "r2", "writes `r2` for `r1`"),
        (span(1, 1, 2, end_line=2), "x\n", "writes `x`"),
        (span(1, 1, 2), " a\n b\n", "writes `a`, `b`"),
        (span(1, 1, 2), "a\nb\nc\nd", "writes 4 lines"),
    ],
)
def test_a_repair_is_said_in_a_few_words(at: Span, new: str, said: str) -> None:
    finding = Diagnostic("FRR109", Severity.WARNING, "found", at, edit=Edit(at, new))
    assert shown(finding)[-1] == f"  = fix: `--fix` {said}"


def test_colours_are_only_added() -> None:
    plain, coloured = shown(FINDINGS[1]), shown(FINDINGS[1], colour=True)
    assert "\x1b[33;1mwarning[FRR109]\x1b[0m" in coloured[0]
    for code in ("0", "1", "31;1", "33;1", "34;1"):
        coloured = [line.replace(f"\x1b[{code}m", "") for line in coloured]
    assert coloured == plain


def test_wide_letters_and_tabs_keep_the_mark_in_place() -> None:
    finding = Diagnostic("FRR004", Severity.ERROR, "found", span(5, 4, 5))
    assert shown(finding)[1:] == ["5 |  é\tx y", "  |   \t^"]
    wide = Diagnostic("FRR101", Severity.ERROR, "found", span(1, 3, 4, path="-"))
    assert render([wide], Sources({"-": "路由x"})).splitlines()[1:] == ["1 | 路由x", "  |     ^"]


@pytest.mark.parametrize("column", [1, 50, 5_000, 9_999])
def test_of_an_endless_line_the_part_around_the_mark_is_shown(column: int) -> None:
    text = "x" * (column - 1) + "!" + "y" * (10_000 - column)
    finding = Diagnostic("FRR101", Severity.ERROR, "found", Span("-", 1, column, 1, column + 1))
    _, line, mark = render([finding], Sources({"-": text})).splitlines()
    assert line[mark.index("^")] == "!"
    assert len(line) == len("1 | ") + 200
    assert line.endswith("…") is (column < 9_000)
    assert ("…" in line[:5]) is (column > 40)


def test_a_line_that_is_not_there_is_not_shown() -> None:
    assert len(shown(Diagnostic("FRR004", Severity.ERROR, "found", span(99, 1, 2)))) == 1


def test_the_summary_counts_by_severity() -> None:
    assert summary([]) == "nothing found"
    assert summary(FINDINGS[:1]) == "1 error"
    assert summary(FINDINGS) == "2 errors, 2 warnings and 1 hint"


def test_a_byte_order_mark_is_part_of_a_frr_conf_and_not_of_a_model(tmp_path: object) -> None:
    for name, start in (("a.conf", "\ufeffh"), ("a.yaml", "ho")):
        path = f"{tmp_path}/{name}"
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"\xef\xbb\xbfhostname r1\r\n")
        assert (Sources().line(path, 1) or "")[:2] == start
