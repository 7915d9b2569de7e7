"""Keeping passwords out of sentences that quote configuration lines.

`redact` masks to the end of a line, since a password may have blanks and quotes. So a line is masked when it is quoted,
and what is written out is masked once more around the masks that it has already, in case one was forgotten.
"""

from __future__ import annotations

from frrcompile.redact import MASK, redact


def each_line(text: str) -> str:
    """Configuration, or what FRR's programs printed, with every secret masked to the end of its line."""
    return "\n".join(redact(line) for line in text.split("\n"))


def message(text: str) -> str:
    """A sentence that quotes masked lines: the rest of it stays, and an unmasked secret does not."""
    return MASK.join(redact(part) for part in text.split(MASK))
