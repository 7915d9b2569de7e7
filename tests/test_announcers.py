"""Each word that announces a secret does so in each place for which the table has it."""

from __future__ import annotations

import pytest

from frrcompile.announced import announces, secret_of_field
from frrcompile.announcers import ANNOUNCERS, Announcer
from frrcompile.mistyped import quoted
from frrcompile.redact import MASK, redact, secret_start

SECRET = "hunter2"


def named(one: Announcer) -> str:
    return one.word


@pytest.mark.parametrize("one", [one for one in ANNOUNCERS if one.least], ids=named)
def test_a_word_of_frr(one: Announcer) -> None:
    for written in (one.word, one.word[: one.least], one.word[:-1] + "x"):
        assert redact(f" {written} {SECRET}") == f" {written} {MASK}"
    assert secret_start(f" {one.word[:3]}x {SECRET}") is None


@pytest.mark.parametrize("one", [one for one in ANNOUNCERS if one.foreign], ids=named)
def test_a_word_of_other_routers(one: Announcer) -> None:
    # A keyword of FRR would be shown in another place.
    assert quoted(f"set {one.word} route-map interface").text == f"set {one.word} {MASK}"


@pytest.mark.parametrize("one", [one for one in ANNOUNCERS if one.field], ids=named)
def test_a_name_of_a_field(one: Announcer) -> None:
    for name in (one.word, one.word.upper(), f"bgp-{one.word}", one.word.replace("-", "_")):
        assert announces(name)
        text = f"{name}: {SECRET}"
        assert secret_of_field(text) == len(f"{name}: ")


def test_each_word_stands_once_and_has_a_use() -> None:
    assert len({one.word for one in ANNOUNCERS}) == len(ANNOUNCERS)
    assert all(one.least or one.foreign or one.field for one in ANNOUNCERS)
