"""Codes as people write them: whole, shortened, several."""

from __future__ import annotations

import pytest

from frrcompile.lint.select import Selection, UnknownCodeError, nearest_code, patterns

KNOWN = ["FRR001", "FRR090", "FRR101", "FRR201", "FRR205", "FRR701", "MOD006"]


@pytest.mark.parametrize(
    ("written", "beginnings"),
    [
        (["FRR101"], ("FRR101",)),
        (["FRR2"], ("FRR2",)),
        (["FRR2xx"], ("FRR2",)),
        (["FRR20x", "frr101"], ("FRR20", "FRR101")),
        (["FRR1, FRR2,"], ("FRR1", "FRR2")),
        (["FRR"], ("FRR",)),
        (["MOD", "mod0xx", "MOD006"], ("MOD", "MOD0", "MOD006")),
        ([], ()),
    ],
)
def test_codes_are_beginnings(written: list[str], beginnings: tuple[str, ...]) -> None:
    assert patterns(written, KNOWN) == beginnings


@pytest.mark.parametrize(
    "written", ["FRR3", "FRR299", "FRR2xxx", "FRRx", "FRR1000", "MOD1", "MOD0061", "IMP", "E501", "701", "*"]
)
def test_an_unknown_code_is_wrong_use(written: str) -> None:
    with pytest.raises(UnknownCodeError, match="unknown code"):
        patterns([written], KNOWN)


@pytest.mark.parametrize(
    ("written", "near"), [("FRR202", "FRR201"), ("FRR79", "FRR701"), ("FRR5", "FRR701"), ("MOD101", "MOD006")]
)
def test_the_nearest_code_is_of_the_same_family(written: str, near: str) -> None:
    assert nearest_code(written, KNOWN) == near


def test_a_word_without_a_number_is_near_no_code() -> None:
    assert nearest_code("security", KNOWN) is None


def test_ignore_wins_over_select() -> None:
    selection = Selection(("FRR2",), ("FRR205",))
    assert [code for code in KNOWN if selection.takes(code)] == ["FRR201"]
    assert [code for code in KNOWN if selection.without(("FRR20",)).takes(code)] == []
    assert all(map(Selection().takes, KNOWN))


def test_a_code_of_a_frr_conf_selects_none_of_a_model() -> None:
    assert not Selection(("FRR006",)).takes("MOD006")
    assert Selection(None, ("FRR0",)).takes("MOD006")
