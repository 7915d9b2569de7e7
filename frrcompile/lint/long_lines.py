"""Lines that no FRR reads as one: they are left aside before any rule looks at the text.

A rule's pattern may take time that grows with the square of a line's length; a line of 200 kB would take a minute.
"""

from __future__ import annotations

from collections.abc import Mapping

from frrcompile.syntax.acting import LINE_LIMITS
from frrcompile.syntax.lines import raw_lines

LONGEST = max(limit for _, limit in LINE_LIMITS)
_MOST_BYTES = 4  # of a character in UTF-8


def may_have_line(text: str, longer: int) -> bool:
    """Whether there may be a line of more than so many characters, end included: every line is too much to look at."""
    step = longer // 2  # such a line covers a whole step, wherever it begins
    return any(text.find("\n", at, at + step) < 0 for at in range(0, len(text), step))


def size(raw: str) -> int:
    """The bytes of a line, its line feed left aside."""
    return len(raw.rstrip("\n").encode(errors="surrogateescape"))


def set_aside(text: str) -> tuple[str, Mapping[int, str]]:
    """The text with a comment in place of each line that is longer than any FRR reads, and those lines by their numbers."""
    if not may_have_line(text, LONGEST // _MOST_BYTES):
        return text, {}
    lines = list(raw_lines(text))
    aside = {
        number: line
        for number, line in enumerate(lines, 1)
        if len(line) * _MOST_BYTES > LONGEST and size(line) > LONGEST
    }
    for number, line in aside.items():
        lines[number - 1] = "!\n" if line.endswith("\n") else "!"
    return "".join(lines), aside
