"""What the sidecar quotes: secrets masked to the end of the line, sentences left readable, no internal paths."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Severity
from frrcompile.lint.catalog import catalog
from reloader import masking


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a password of 82 bytes; allowed: at most 80", "a password of 82 bytes; allowed: at most 80"),
        (
            "the password is: neighbor 192.0.2.1 password hunter2 x",
            "the password is: neighbor 192.0.2.1 password ********",
        ),
        ("neighbor 192.0.2.1 password hunter2. Correct it.", "neighbor 192.0.2.1 password ********"),
        (
            '"neighbor 192.0.2.1 password ********" in "vrf x". Nothing',
            '"neighbor 192.0.2.1 password ********" in "vrf x". Nothing',
        ),
        ("password of password hunter2", "password of password ********"),
        ("password of " * 15 + "password hunter2", "password ********"),
    ],
)
def test_a_sentence_about_a_password_is_readable(said: str, shown: str) -> None:
    assert masking.message(said) == shown


def test_what_the_linter_says_of_an_error_stays_readable() -> None:
    errors = [
        finding.message
        for entry in catalog().values()
        if entry.severity is Severity.ERROR
        for finding in entry.findings(entry.page.bad, "-")
    ]
    assert len(errors) > 30
    assert [one for one in errors if masking.message(one) != one] == []


def test_what_a_program_said_has_no_internal_path_and_no_half_word() -> None:
    said = "Configuration file[/var/lib/frr-reloader/look-ab_c1/checked.conf] processing failure: 11\n"
    assert masking.words(f"line 1: no\n{said}") == "line 1: no"
    assert (
        masking.words("vtysh: /s/look-ab_c1/frr.conf: no password hunter2\nmore")
        == "vtysh: frr.conf: no password ******** more"
    )
    long = masking.words("word-that-is-long " * 100)
    assert len(long) < masking.WORDS_LIMIT + 10
    assert set(long.split()) == {"...", "word-that-is-long"}
