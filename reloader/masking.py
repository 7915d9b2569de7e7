"""Keeping passwords, and what steers a terminal, out of sentences that quote configuration lines.

`redact` masks to the end of a line, since a password may have blanks and quotes. So a line is masked when it is quoted,
and a message is masked once more around the masks that it has already, in case one was forgotten.
"""

from __future__ import annotations

import re

from frrcompile.mistyped import quoted
from frrcompile.printable import QUOTED, one_line, printable, shortened
from frrcompile.redact import LONGEST_LINE, MASK, redact, secret_start
from reloader.confdir import PREFIX

SENTENCES_LIMIT = 10  # about passwords, in one message
WORDS_LIMIT = 400  # characters of what a program said
_INTERNAL = re.compile(rf"[^\s\[\]\"'`()]*/{PREFIX}[^\s/]+/")
_RESULT = re.compile(
    r"^Configuration file\[.*\] processing failure: \d+$", re.MULTILINE
)  # vtysh's last line says no more
# Behind a word such as "password", a sentence goes on with one of these; a secret does not begin with them.
_PROSE = frozenset(
    [
        "a",
        "and",
        "as",
        "at",
        "for",
        "in",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "too",
        "was",
        "with",
    ]
)


def each_line(text: str) -> str:
    """Configuration, or the output of FRR's programs, with every secret masked to the end of its line."""
    return redact(text)


def faulty_line(line: str) -> str:
    """A line that FRR refuses, printable and of a bounded length: a word in the wrong place may be a secret."""
    return printable(shortened(quoted(line).text, QUOTED))


def words(text: str) -> str:
    """What a program said, as one line that is masked, without the sidecar's internal paths; the end of a long one, from
    a word's beginning.
    """
    said = " ".join(_INTERNAL.sub("", _RESULT.sub("", each_line(text))).split())
    if len(said) <= WORDS_LIMIT:
        return said
    return "... " + said[-WORDS_LIMIT:].partition(" ")[2]


def line(text: str) -> str:
    """One configuration line, as status and log show it."""
    return one_line(_masked(text), QUOTED)


def message(text: str) -> str:
    """A sentence that quotes masked lines, as one printable line of a bounded length."""
    return one_line(MASK.join("\n".join(map(_sentence, part.split("\n"))) for part in text.split(MASK)))


def _masked(text: str) -> str:
    return MASK.join(redact(part) for part in text.split(MASK)) if MASK in text else redact(text)


def _sentence(text: str) -> str:
    """A line of a sentence that may quote a secret: `a password of 82 bytes` says something about one, and quotes none."""
    at = 0
    for _ in range(SENTENCES_LIMIT):
        if (found := secret_start(text[at:])) is None:
            return text if len(text) <= LONGEST_LINE else redact(text)
        start = at + found
        following = re.match(r"\w+", text[start:])
        if following is None or following[0].lower() not in _PROSE:
            return text[:start] + MASK
        at = start
    return redact(text)
