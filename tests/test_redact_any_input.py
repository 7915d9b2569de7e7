"""Masking is linear in the text, whatever the text is, and no length of line lets a secret through."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from frrcompile.mistyped import quoted
from frrcompile.redact import LONGEST_LINE, MASK, redact, secret_start, secrets

SECRET = "hunter2"
WORDS = [
    "neighbor ",
    "neighbor x ",
    "neighbor 192.0.2.1 tcp-ao ",
    "area ",
    "area 0 virtual-link 192.0.2.1 ",
    "password",
    "password ",
    "pass ",
    "password : ",
    'password"',
    "passwrod ",
    "p",
    "pas",
    "key ",
    "key-string",
    "authentication key-id 1 ",
    "authentication ",
    "message-digest-key 1 md5 ",
    "vrrp 1 authentication ",
    "snmp-server community ",
    "md5 ",
    " ",
    "\t",
    "0 ",
    "\r",
]


def calls(text: str) -> int:
    """The function calls that masking a text takes: a measure of work that does not depend on the machine."""
    profile = cProfile.Profile()
    profile.enable()
    redact(text)
    secrets(text)
    for line in text.split("\n"):
        quoted(line)
    profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]  # typeshed does not have it


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("lines", [1, 300], ids=["one line", "many lines"])
def test_the_work_grows_with_the_text_and_not_with_its_square(word: str, lines: int) -> None:
    def text(size: int) -> str:
        line = f"password {word * (size // len(word) // lines)}"
        return "\n".join([line] * lines)

    quoted("xyz")  # loads the keywords
    assert calls(text(200_000)) <= 5 * calls(text(50_000)) + 1000


@pytest.mark.parametrize("word", WORDS)
def test_a_secret_behind_an_endless_line_is_not_shown(word: str) -> None:
    line = f"{word * 10_000}password {SECRET} neighbor 192.0.2.1 password {SECRET}"
    assert SECRET not in redact(line)
    assert SECRET not in quoted(line).text
    assert len(redact(line)) <= LONGEST_LINE + len(MASK)
    assert len(quoted(line).text) <= 3 * LONGEST_LINE  # a mask may be longer than its word
    assert (secret_start(line) or 0) <= LONGEST_LINE
