"""Communities: their well-known names, and the order in which bgpd keeps a set of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frrcompile.facts.number import DIGITS

WELL_KNOWN: Mapping[str, tuple[int, int]] = {
    "graceful-shutdown": (0xFFFF, 0),
    "accept-own": (0xFFFF, 1),
    "route-filter-translated-v4": (0xFFFF, 2),
    "route-filter-v4": (0xFFFF, 3),
    "route-filter-translated-v6": (0xFFFF, 4),
    "route-filter-v6": (0xFFFF, 5),
    "llgr-stale": (0xFFFF, 6),
    "no-llgr": (0xFFFF, 7),
    "accept-own-nexthop": (0xFFFF, 8),
    "blackhole": (0xFFFF, 666),
    "no-export": (0xFFFF, 0xFF01),
    "no-advertise": (0xFFFF, 0xFF02),
    "local-AS": (0xFFFF, 0xFF03),
    "no-peer": (0xFFFF, 0xFF04),
}
"""By the names that FRR shows them by (bgpd/bgp_community.c), whichever way they were written: the same in 8.4.4, 10.3 and 10.7.1."""

IN_RFCS = ("graceful-shutdown", "blackhole", "no-export", "no-advertise", "local-AS", "no-peer")
"""Those of a published RFC (1997, 3765, 7999, 8326)."""

INTERNET, INTERNET_NUMBER = "internet", (0, 0)
"""0:0 has this name before 9.1; since then the word is refused (measured: 9.0.5 and 9.1.3)."""

FLAGS = ("additive", "none")
"""Words of `set community` that are no communities, and come last."""

_NAMES: dict[tuple[int, ...], str] = {number: name for name, number in WELL_KNOWN.items()}


def number_of(word: str) -> tuple[int, ...] | None:
    """A community, or a large one, as the numbers that FRR orders it by; None for what is none."""
    if (known := WELL_KNOWN.get(word)) is not None:
        return known
    if word == INTERNET:
        return INTERNET_NUMBER
    parts = word.split(":")
    return (
        tuple(map(int, parts))
        if len(parts) > 1 and all(part.isdecimal() and len(part) <= DIGITS for part in parts)
        else None
    )


def shown(words: Iterable[str]) -> tuple[str, ...] | None:
    """A set of communities as FRR shows it: by number, each once, well-known ones by name (bgpd/bgp_community.c,
    community_uniq_sort). None where a word is no community."""
    found: dict[tuple[int, ...], str] = {}
    flags = []
    for word in words:
        if word in FLAGS:
            flags.append(word)
            continue
        number = number_of(word)
        if number is None:
            return None
        found[number] = word if number == INTERNET_NUMBER else _NAMES.get(number, "")
    named = (found[number] or ":".join(map(str, number)) for number in sorted(found))
    return (*named, *sorted(set(flags)))
