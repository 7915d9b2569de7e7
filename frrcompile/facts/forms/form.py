"""What a form is: lines that may be written in several ways, and the one in which FRR shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release

Words = tuple[str, ...]
Rewrite = Callable[[Words], Sequence[Words]]
"""From a line, without its `no`, to the lines that FRR shows for it: the line itself where it is in that form already."""


class Form(NamedTuple):
    """Lines that FRR shows otherwise than they may be written.

    `nodes` are those in which the lines stand, `key` what they are found by (`key_of`). The forms mean the same in every
    release. From `since` up to `until` FRR shows the lines that `shown` gives; in other releases it shows a line as it was written.
    From `forgiven` on frr-reload.py takes the forms for the same line; before, it takes them for different lines. `pairs` are
    examples of a line and what is shown for it: tests/frr/test_facts.py tries them on live FRR.
    """

    nodes: Words
    key: str
    shown: Rewrite
    source: str
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    since: Release = BEFORE_ALL
    until: Release = AFTER_ALL
    forgiven: Release = AFTER_ALL

    def is_shown(self, release: Release) -> bool:
        """Whether this release shows the lines in this form."""
        return self.since <= release < self.until

    def never_converges(self, release: Release) -> bool:
        """Whether frr-reload.py of this release replaces a line in another form at each reload."""
        return self.is_shown(release) and release < self.forgiven


NEVER: Release = AFTER_ALL
"""`since` of a form that FRR shows in no release: it shows the line as it was written, and the two mean the same."""


def key_of(words: Sequence[str]) -> str:
    """The first word of a line; for a neighbor's line (`neighbor X next-hop-self`), `neighbor next-hop-self`."""
    return f"neighbor {words[2]}" if words[0] == "neighbor" and len(words) > 2 else words[0]


SAMPLES = {
    **{"PEER": "192.0.2.1", "ADDRESS": "192.0.2.1", "NUMBER": "20", "LIMIT": "100", "FILE": "/var/log/frr/sample.log"},
    "NAME": "slow",
}
"""A value for each variable of a pattern, for its example."""


def form(
    nodes: Sequence[str],
    written: str,
    *shown: str,
    source: str,
    since: Release = BEFORE_ALL,
    until: Release = AFTER_ALL,
) -> Form:
    """A form that two patterns tell: the words of `written` that stand for others are taken over into `shown`."""
    return Form(
        tuple(nodes),
        key_of(written.split()),
        _rewriting(written, shown),
        source,
        _examples(written, shown),
        since,
        until,
    )


def _rewriting(written: str, shown: Iterable[str]) -> Rewrite:
    made: list[tuple[Pattern, list[Callable[[Sequence[str]], Words]]]] = []

    def rewrite(words: Words) -> Sequence[Words]:
        if not made:  # when it is first asked for: every start would wait for it
            pattern = Pattern.parse(written)
            made.append((pattern, [pattern.rewrites(template) for template in shown]))
        pattern, rewrites = made[0]
        return tuple(one(words) for one in rewrites) if pattern.fits(words) else (words,)

    return rewrite


def _examples(written: str, shown: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """An example for each choice of keywords."""
    choices = [word for word in written.split() if word.startswith("<")]
    every = (
        dict(zip(choices, one, strict=True)) for one in product(*(word.strip("<>").split("|") for word in choices))
    )
    return tuple((_filled(written, one), tuple(_filled(line, one) for line in shown)) for one in every)


def _filled(line: str, chosen: Mapping[str, str]) -> str:
    words = (SAMPLES[word] if word.isupper() else chosen.get(word, word) for word in line.split())
    return " ".join(word for word in words if word != "...")
