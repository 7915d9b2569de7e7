"""Keeping passwords, and what steers a terminal, out of sentences that quote configuration lines.

`redact` masks to the end of a line, since a password may have blanks and quotes. So a line is masked when it is quoted,
and a message is masked once more around the masks that it has already, in case one was forgotten.
"""

from __future__ import annotations

from frrcompile.mistyped import quoted
from frrcompile.printable import QUOTED, one_line, printable, shortened
from frrcompile.redact import MASK, redact


def each_line(text: str) -> str:
    """Configuration, or the output of FRR's programs, with every secret masked to the end of its line."""
    return redact(text)


def faulty_line(line: str) -> str:
    """A line that FRR refuses, printable and of a bounded length: a word in the wrong place may be a secret."""
    return printable(shortened(quoted(line).text, QUOTED))


def line(text: str) -> str:
    """One configuration line, as status and log show it."""
    return one_line(_masked(text), QUOTED)


def message(text: str) -> str:
    """A sentence that quotes masked lines, as one printable line of a bounded length."""
    return one_line(_masked(text))


def _masked(text: str) -> str:
    return MASK.join(redact(part) for part in text.split(MASK)) if MASK in text else redact(text)
