"""Raw lines, which are not followed: what they may do to routes is not known, but for those that do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frrcompile.facts.policies import kind_of
from frrcompile.ir.node import Node
from frrcompile.reach.route import Unknown

_HARMLESS = (
    "router bgp",
    "address-family",
    "exit",
    "maximum-paths",
    "timers",
    "bgp bestpath",
    "bgp log",
    "bgp graceful",
)
"""What lines of a BGP instance begin with that change no route's way; the first three move between blocks."""

_HARMLESS_OF_NEIGHBOR = ("description", "timers", "advertisement-interval", "bfd", "password", "soft-reconfiguration")
"""What follows a neighbor's name in lines that change no route's way."""


def unfollowed(node: Node) -> Iterator[Unknown]:
    """The first raw line of each part of the model that may change which routes arrive."""
    for raw in node.raw:
        about = False
        for line in raw.lines:
            words = line.split()
            if not words or words[0][0] in "!#":
                continue
            if not line[0].isspace():
                about = _about_routes(words)
            if about and not _harmless(words):
                yield Unknown(line.at, f"the raw line `{words[0]} ...`")
                break


def _about_routes(words: Sequence[str]) -> bool:
    """Whether a line at the top is about BGP, its policies, or the reachability of next hops, or begins a block that is."""
    positive = words[1:] if words[0] == "no" else words
    return bool(positive) and ("bgp" in positive[:2] or "nht" in positive[:2] or kind_of(positive) is not None)


def _harmless(words: Sequence[str]) -> bool:
    positive = words[1:] if words[0] == "no" else words
    if positive[:1] == ["neighbor"]:
        return len(positive) > 2 and positive[2] in _HARMLESS_OF_NEIGHBOR
    return " ".join(positive).startswith(_HARMLESS)
