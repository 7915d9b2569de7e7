"""Whether a file has any line that configures routing. To load a file without one is to load an empty file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.reload import OF_THE_HOST, UNCOMPARED
from frrcompile.syntax.nodes import closing_words


def is_there(lines: Iterable[bytes]) -> bool:
    """Whether one of the lines counts. Ends at the first one that does."""
    return any(_counts(line) for line in lines)


def _counts(line: bytes) -> bool:
    words = line.decode(errors="replace").split()
    if not words or words[0][0] in "!#":
        return False
    return not any(pattern.fits(words, shortened=True) for pattern in _uncompared())


@lru_cache(maxsize=1)
def _uncompared() -> tuple[Pattern, ...]:
    return tuple(map(Pattern.parse, (*UNCOMPARED, *OF_THE_HOST, *sorted(closing_words()))))
