"""What a finding quotes of a text has none of the text's secrets."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Diagnostic, Edit, Label, Severity
from frrcompile.printable import LONGEST
from frrcompile.redact import MASK
from frrcompile.report.masked import masked
from tests.report.findings import span

TEXT = "password tops3cret\n neighbor 192.0.2.1 password it's so\n neighbor 192.0.2.1 remote-as 1\n"


def finding(said: str) -> Diagnostic:
    at = span(1, 1, 2)
    return Diagnostic("FRR004", Severity.ERROR, said, at, help=said, labels=(Label(at, said),), edit=Edit(at, said))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("'tops3cret' cannot stand here", f"'{MASK}' cannot stand here"),
        ("`password tops3cret`", f"`password {MASK}`"),
        ("it's so", MASK),
        ("nothing of it", "nothing of it"),
        ("tops3crets", "tops3crets"),
    ],
)
def test_a_secret_is_masked_wherever_it_is_quoted(said: str, shown: str) -> None:
    (one,) = masked([finding(said)], TEXT)
    assert (one.message, one.help, one.labels[0].message) == (shown, shown, shown)
    assert one.edit
    assert "tops3cret " not in one.edit.replacement + " "


def test_a_text_without_secrets_is_let_alone() -> None:
    one = finding("a password in the clear")
    assert masked([one], "hostname password\n") == [one]


def test_an_endless_message_loses_its_middle() -> None:
    (one,) = masked([finding("x" * 10_000)], TEXT)
    assert len(one.message) <= LONGEST
    assert len(one.help) <= LONGEST
