"""Policies: route-maps and the kinds of lists, by the words that their lines begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Words = tuple[str, ...]


class Kind(NamedTuple):
    """A kind of policy.

    `name` is what messages call it, `title` the same with the family where there is one of each; `begins` are its first
    words, behind which its name stands.
    """

    name: str
    title: str
    begins: Words


KINDS: tuple[Kind, ...] = (
    Kind("route-map", "route-map", ("route-map",)),
    Kind("prefix-list", "IPv4 prefix-list", ("ip", "prefix-list")),
    Kind("prefix-list", "IPv6 prefix-list", ("ipv6", "prefix-list")),
    Kind("access-list", "IPv4 access-list", ("access-list",)),
    Kind("access-list", "IPv4 access-list", ("ip", "access-list")),
    Kind("access-list", "IPv6 access-list", ("ipv6", "access-list")),
    Kind("access-list", "MAC access-list", ("mac", "access-list")),
    Kind("as-path access-list", "as-path access-list", ("bgp", "as-path", "access-list")),
    Kind("community-list", "community-list", ("bgp", "community-list")),
    Kind("large-community-list", "large-community-list", ("bgp", "large-community-list")),
    Kind("extcommunity-list", "extcommunity-list", ("bgp", "extcommunity-list")),
)

SORTS = ("standard", "expanded")
"""What may stand between a community list's first words and its name."""

SHARED = frozenset({"route-map", "prefix-list", "access-list"})
"""Kinds of which bgpd and zebra, or mgmtd, each keep what they read; the others are bgpd's alone."""

ACTIONS = ("permit", "deny")

_BY_WORDS: Mapping[Words, Kind] = {kind.begins: kind for kind in KINDS}
_FIRSTS = frozenset(kind.begins[0] for kind in KINDS)


def kind_of(words: Sequence[str]) -> Kind | None:
    """The kind of policy that a line, without its `no`, is about; None for any other line."""
    if words[0] not in _FIRSTS:
        return None
    for length in (1, 2, 3):
        if (found := _BY_WORDS.get(tuple(words[:length]))) is not None:
            return found
    return None


def name_at(words: Sequence[str]) -> int:
    """Where the name of the policy stands that a line, without its `no`, is about; 0 for any other line."""
    kind = kind_of(words)
    if kind is None:
        return 0
    at = len(kind.begins)
    return at + 1 if kind.name.endswith("community-list") and words[at : at + 1] and words[at] in SORTS else at


def beginning(*, lists_only: bool = False) -> str:
    """A regular expression of what the lines of policies begin with, before the name."""
    kinds = (" ".join(kind.begins) for kind in KINDS if not lists_only or kind.name != "route-map")
    sorts = "|".join(SORTS)
    return "|".join(f"{kind}(?: (?:{sorts}))?" if kind.endswith("community-list") else kind for kind in kinds)


def list_end(words: Sequence[str]) -> int:
    """How many words name the list that a line, without its `no`, is about; 0 for any other line, a route-map's too."""
    return name_at(words) + 1 if words[0] != "route-map" and name_at(words) else 0
