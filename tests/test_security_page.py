"""SECURITY.md claims nothing that no test proves: each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/.]+\.py)::(\w+)`", PAGE)))
LIST_ITEM = re.compile(r"^- (?:.+\n)(?:  .+\n)*", re.MULTILINE)


def test_tests_are_named() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_each_claim_names_its_test() -> None:
    without = [claim for claim in LIST_ITEM.findall(PAGE) if "::" not in claim and "no request carries" not in claim]
    assert without == []
