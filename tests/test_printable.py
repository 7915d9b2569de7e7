"""What others wrote steers no terminal, forges no line, and is no command of a CI system."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.printable import LONGEST_LINE, as_json, harmless, one_line, printable, shortened

HOSTILE = [
    "\x1b]0;title\x07",
    "\x9b31m",
    "rubbish\r2026-01-31T03:14:15.926Z info    good: FRR runs this file",
    "one\ntwo",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "a\u2028b\u2029c",
    "zero\u200bwidth\u2060joined\ufeff",
    "lone \udc80 surrogate",
    "tag \U000e0041",
    "\x00\x08\x7f",
]
FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_acts_on_what_shows_it(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(character) for character in shown} & FORBIDDEN
    assert "\ufffd" in shown


@given(st.text())
def test_any_text_becomes_one_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in shown.replace("\t", "")} & {"Cc", "Cs", "Zl", "Zp"}
    shown.encode()


@pytest.mark.parametrize("text", ["plain", " neighbor 192.0.2.1 remote-as 65001", "größer 路由", "a\tb", "f(x) — y"])
def test_what_is_printable_stays(text: str) -> None:
    assert printable(text) == one_line(text) == text


def test_a_long_text_is_cut_with_a_mark() -> None:
    text = "begin" + "x" * 3_000_000 + "end"
    shown = one_line(text)
    assert len(shown) == LONGEST_LINE
    assert shown.startswith("begin")
    assert shown.endswith("end")
    assert " … " in shown
    assert shortened("y" * 10, 10) == "y" * 10


@pytest.mark.parametrize(
    "text",
    [
        "::error file=x::pwned",
        " \t::set-output name=x::y",
        "\u00a0::warning::x",
        "fine\n::error::second line",
        "a ##[error]pwned",
        "##vso[task.setvariable variable=x]y",
        "##teamcity[message]",
        "####[x]",
    ],
)
def test_a_ci_system_finds_no_command(text: str) -> None:
    for line in harmless(text).split("\n"):
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line
        assert "##teamcity[" not in line


def test_addresses_and_comments_are_no_commands() -> None:
    for text in ("neighbor ::1 remote-as 1", " ipv6 route 2001:db8::/32 ::1", "## a heading", "FILE::NAME"):
        assert harmless(text) == text


@pytest.mark.parametrize("text", [*HOSTILE, "##[error]x", "😀\U000e0041"])
def test_json_says_the_same_in_harmless_characters(text: str) -> None:
    written = as_json({"a": [text]})
    assert json.loads(written) == {"a": [text]}
    assert printable(written.replace("\n", "")) == written.replace("\n", "")
    assert harmless(written) == written
    written.encode()


def test_many_blank_lines_take_no_time_of_their_own() -> None:
    assert harmless("\n" * 2_000_000 + "::x").endswith(": :x")
