"""The findings that are kept: errors alone where that is asked for, and no more than can be read."""

from __future__ import annotations

from frrcompile.diagnostics import MORE, Severity
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.engine import MOST, lint
from frrcompile.lint.file import examine
from frrcompile.lint.select import Selection
from frrcompile.lint.settings import Settings

NEWEST = (10, 7)
BOTH = "int lo\nexit\nrouter bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.9 description x\n"
"""A warning, and an error."""


def test_each_rule_ends_after_a_bounded_number() -> None:
    found = lint("ip rou\n" * (MOST + 500), "f", NEWEST, {"FRR002"})
    assert len(found) == MOST + 1
    assert (found[-1].message, found[-1].severity, found[-1].span.line) == (MORE, Severity.ERROR, MOST + 1)
    assert len(lint("ip rou\n" * MOST, "f", NEWEST, {"FRR002"})) == MOST
    assert MORE not in {one.message for one in lint("ip rou\n" * MOST, "f", NEWEST, {"FRR002"})}


def test_errors_are_found_behind_any_number_of_warnings() -> None:
    text = "int lo\n" * (2 * MOST) + BOTH
    everything, errors = (check(text, "f", NEWEST, Wish(errors=errors)) for errors in (False, True))
    wanted = [one for one in everything if one.severity is Severity.ERROR]
    assert errors == wanted != []
    assert len(everything) > MOST


def test_settings_say_what_an_error_is() -> None:
    made = Settings(severity={"FRR": Severity.ERROR})
    assert check(BOTH, "f", NEWEST, Wish(settings=made, errors=True)) == check(BOTH, "f", NEWEST, Wish(settings=made))
    unmade = Settings(severity={"FRR": Severity.INFO})
    assert {one.code[:4] for one in check("nonsense\n" + BOTH, "f", NEWEST, Wish(settings=unmade, errors=True))} == {
        "FRR0"
    }


def test_a_repair_leaves_no_line_out() -> None:
    done = examine(
        b"int lo\n description x\nexit\n" * (MOST + 5), "f", Wish(Selection(("FRR109",))), "10.7", repair=True
    )
    assert done.fixed == MOST + 5
    assert list(done.findings) == []


def test_lines_that_are_not_listed_may_have_secrets() -> None:
    """Words of a refused line are masked, also of one behind the last that is listed."""
    text = "ip rou\n" * (MOST + 5) + "ip rou hunter2\n"
    assert "ip rou hunter2" in examine(text.encode(), "f", Wish(), "10.7").refused
