"""Suppressions: what a comment takes away, what it does not, and what is said of one that does nothing."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import MORE, Diagnostic, Severity, Span
from frrcompile.lint import suppress
from frrcompile.lint.catalog import catalog
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.fix import apply
from frrcompile.lint.select import Selection

KNOWN = ["FRR001", "FRR090", "FRR091", "FRR101", "FRR201", "FRR205", "FRR701"]


def at(line: int, code: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code, severity, "found", Span("f", line, 1, line, 5))


def left(text: str, *findings: Diagnostic, run: list[str] = KNOWN) -> list[str]:
    """What is left, as `LINE:CODE`."""
    return [f"{one.span.line}:{one.code}" for one in suppress.apply(text, "f", findings, run, KNOWN)]


@pytest.mark.parametrize(
    "comment", ["! frrcompile: ignore[FRR701] lab", "# frrcompile: ignore[FRR701]", " !frrcompile:ignore [FRR7]"]
)
def test_the_next_command_is_meant(comment: str) -> None:
    assert left(f"{comment}\npassword zebra\n", at(2, "FRR701")) == []
    assert left(f"{comment}\n!\n\n! words\n password zebra\n", at(5, "FRR701")) == []


def test_no_other_line_is_meant() -> None:
    text = "! frrcompile: ignore[FRR701]\npassword a\nenable password b\n"
    assert left(text, at(2, "FRR701"), at(3, "FRR701")) == ["3:FRR701"]


def test_of_a_block_only_the_header_is_meant() -> None:
    text = "! frrcompile: ignore[FRR201]\nrouter bgp 1\n neighbor X route-map R in\n"
    assert left(text, at(2, "FRR201"), at(3, "FRR201")) == ["3:FRR201"]


def test_no_other_code_is_meant() -> None:
    text = "! frrcompile: ignore[FRR701]\npassword a\n"
    assert left(text, at(2, "FRR701"), at(2, "FRR201")) == ["2:FRR201"]


def test_comments_add_up() -> None:
    text = "! frrcompile: ignore[FRR701]\n! frrcompile: ignore[FRR101, FRR2xx]\npassword a\n"
    assert left(text, at(3, "FRR701"), at(3, "FRR201"), at(3, "FRR205"), at(3, "FRR101")) == []


def test_the_whole_file_is_meant_from_its_head() -> None:
    text = "! words\n! frrcompile: ignore-file[FRR701]\nhostname r1\npassword a\nenable password b\n"
    assert left(text, at(4, "FRR701"), at(5, "FRR701"), at(3, "FRR201")) == ["3:FRR201"]


def test_behind_the_first_command_it_is_the_file_s_no_more() -> None:
    text = "hostname r1\n! frrcompile: ignore-file[FRR701]\npassword a\n"
    assert left(text, at(3, "FRR701")) == ["2:FRR091", "3:FRR701"]


def test_what_frr_refuses_stays() -> None:
    text = "! frrcompile: ignore[FRR001]\nnonsense\n"
    assert left(text, at(2, "FRR001", Severity.ERROR)) == ["1:FRR091", "2:FRR001"]
    assert left("! frrcompile: ignore-file[FRR0]\nnonsense\n", at(2, "FRR001", Severity.ERROR)) == ["2:FRR001"]


def test_a_warning_of_the_same_family_goes() -> None:
    assert left("! frrcompile: ignore[FRR001]\nold\n", at(2, "FRR001")) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("! frrcompile: ignore", "without a code"),
        ("! frrcompile: ignore the lab", "without a code"),
        ("! frrcompile: ignore[]", "without a code"),
        ("! frrcompile: ignore-file[ , ]", "without a code"),
        ("! frrcompile: ignore[FRR701", "no `]`"),
        ("! frrcompile: ignore[FRR999]", "unknown code 'FRR999'"),
        ("! frrcompile: ignore[security]", "unknown code 'security'"),
        ("! frrcompile: ingore[FRR701]", "unknown word `ingore`"),
    ],
)
def test_what_is_no_suppression_is_told(comment: str, message: str) -> None:
    finding, *rest = suppress.apply(f"{comment}\nhostname a\n", "f", [], KNOWN, KNOWN)
    assert (finding.code, finding.severity, rest) == ("FRR091", Severity.WARNING, [])
    assert message in finding.message


@pytest.mark.parametrize(
    "comment", ["! frrcompile: k0", "! frrcompile: end", "! ignore[FRR701]", "! see frrcompile: ignore"]
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert left(f"{comment}\nhostname a\n") == []


def test_a_node_may_be_called_ignore() -> None:
    assert left("! frrcompile: ignore\nhostname a\n! frrcompile: end\n") == []
    assert left("! frrcompile: ignore\nhostname a\n") == ["1:FRR091"]


def test_an_unknown_code_does_not_spoil_the_others() -> None:
    assert left("! frrcompile: ignore[FRR999,FRR701]\npassword a\n", at(2, "FRR701")) == ["1:FRR091"]


def test_one_that_does_nothing_is_told() -> None:
    assert left("! frrcompile: ignore[FRR701]\nhostname a\n") == ["1:FRR090"]
    assert left("hostname a\n! frrcompile: ignore[FRR701]\n!\n") == ["2:FRR090"]
    assert left("! frrcompile: ignore-file[FRR701]\nhostname a\n") == ["1:FRR090"]


def test_what_was_not_looked_for_is_not_called_unused() -> None:
    assert left("! frrcompile: ignore[FRR701]\nhostname a\n", run=["FRR101"]) == []
    assert left("! frrcompile: ignore[FRR2]\nhostname a\n", run=["FRR201"]) == []  # FRR205 might be there


def test_only_the_codes_that_do_nothing_are_told() -> None:
    text = "! frrcompile: ignore[FRR701, FRR101,FRR201] why\npassword a\n"
    (finding,) = suppress.apply(text, "f", [at(2, "FRR701")], KNOWN, KNOWN)
    assert "FRR101 or FRR201" in finding.message
    assert finding.span == Span("f", 1, 30, 1, 36)
    assert finding.edit
    assert apply(text, [finding.edit])[0] == "! frrcompile: ignore[FRR701] why\npassword a\n"


def test_one_that_does_nothing_at_all_can_be_taken_out() -> None:
    text = "hostname a\r\n  ! frrcompile: ignore[FRR701]\r\nhostname b\r\n"
    (finding,) = suppress.apply(text, "f", [], KNOWN, KNOWN)
    assert finding.edit
    assert apply(text, [finding.edit])[0] == "hostname a\r\nhostname b\r\n"


def test_findings_about_comments_can_be_suppressed_for_the_file() -> None:
    text = "! frrcompile: ignore-file[FRR090]\n! frrcompile: ignore[FRR701]\nhostname a\n"
    assert left(text) == []


@pytest.mark.parametrize("code", [suppress.UNUSED, suppress.INVALID])
def test_the_documentation_is_true(code: str) -> None:
    page = catalog()[code].page
    assert catalog()[code].findings(page.bad, "bad")
    assert catalog()[code].findings(page.good, "good") == []


def test_a_comment_on_one_line_does_not_hide_those_that_are_not_listed() -> None:
    """The last finding of a rule with too many stands for all that follow."""
    text = "! frrcompile: ignore[FRR701]\npassword zebra\n" * 3
    assert check(text, "f", (10, 7), Wish(Selection(("FRR701",)), most=2))[-1].message == MORE
    assert check(text, "f", (10, 7), Wish(Selection(("FRR701",)), most=3)) == []
    everywhere = f"! frrcompile: ignore-file[FRR701]\n{text}"
    assert check(everywhere, "f", (10, 7), Wish(Selection(("FRR701",)), most=2)) == []


def test_a_selection_has_no_part_in_other_findings() -> None:
    text = "! frrcompile: ignore[FRR701]\nhostname a\n"
    assert [one.code for one in check(text, "f", (10, 7), Wish(Selection(("FRR7", "FRR09"))))] == ["FRR090"]
    assert check(text, "f", (10, 7), Wish(Selection(("FRR09",)))) == []
    assert "FRR090" not in {one.code for one in check(text, "f", (10, 7), Wish(Selection(None, ("FRR090",))))}
