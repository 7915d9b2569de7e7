"""Which of FRR's daemons a configuration needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from frrcompile.facts.pattern import Pattern
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nesting import Role, nest
from frrcompile.syntax.nodes import document

STOP_LINES = 1000  # between two looks whether to stop


def daemons_needed(text: str, stop: Callable[[], bool] = lambda: False) -> frozenset[str]:
    """The daemons that must be up for all of this frr.conf to take effect, by FRR's names (`bgpd`).

    vtysh drops the lines of a daemon that is not running and exits 0, so whoever loads a file looks first. zebra is
    always among them. Never any that FRR starts by itself for every configuration (mgmtd, watchfrr), nor one for shared
    lines such as `route-map` or `ip prefix-list`. Once `stop` is true, only those that were found until then.
    """
    needed = {"zebra"}
    for number, (_, role, line, node, _) in enumerate(nest(text)):
        if number % STOP_LINES == 0 and stop():
            break
        if role is Role.OPEN:
            needed |= node.daemons
        elif role is Role.PLAIN and isinstance(line, Statement):
            for pattern, daemon in _asking(*line.words[:2]):
                if daemon not in needed and pattern.fits(line.words):
                    needed.add(daemon)
    return frozenset(needed)


@lru_cache(maxsize=4096)
def _asking(first: str, second: str | None = None) -> tuple[tuple[Pattern, str], ...]:
    """The patterns of lines that need a daemon and that a line with these first words may fit, with the daemon."""
    return tuple(one for one in _askers().get(first, ()) if _may_be(one[0], second))


def _may_be(pattern: Pattern, second: str | None) -> bool:
    if len(pattern.words) < 2 or any(gap < 2 for gap in pattern.gaps):
        return True
    word = pattern.words[1]
    return second is not None and (not word or second in word)


@lru_cache(maxsize=1)
def _askers() -> dict[str, tuple[tuple[Pattern, str], ...]]:
    """The lines of `grammar/node.yaml` that need a daemon, by their first word."""
    found: dict[str, tuple[tuple[Pattern, str], ...]] = {}
    for entry in document()["lines"]:
        for written in entry["of"]:
            pattern = Pattern.parse(written)
            for first in pattern.first:
                found[first] = (*found.get(first, ()), (pattern, entry["daemon"]))
    return found
