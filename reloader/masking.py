"""Keeping passwords out of sentences that quote configuration lines.

`redact` masks to the end of a line, since a password may have blanks and quotes. So a line is masked when it is quoted,
and what is written out is masked once more around the masks that it has already, in case one was forgotten.
"""

from __future__ import annotations

from frrcompile.diagnostics import nearest
from frrcompile.redact import MASK, redact

SECRET_WORDS = (
    "password",
    "key-string",
    "authentication-key",
    "message-digest-key",
    "area-password",
    "domain-password",
)


def each_line(text: str) -> str:
    """Configuration, or what FRR's programs printed, with every secret masked to the end of its line."""
    return "\n".join(redact(line) for line in text.split("\n"))


def faulty_line(line: str) -> str:
    """A line that FRR does not know, with what may be a secret masked: the fault may be in the word before it."""
    words = line.split()
    for position, word in enumerate(words[:-1], start=1):
        if nearest(word, SECRET_WORDS):
            return " ".join([*words[:position], MASK])
    return redact(line)


def message(text: str) -> str:
    """A sentence that quotes masked lines: the rest of it stays, and an unmasked secret does not."""
    return MASK.join(redact(part) for part in text.split(MASK))
