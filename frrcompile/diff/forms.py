"""What a line stands for in a comparison: the form in which FRR shows it, and one name for what is one setting."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile.facts.families import DEFAULT, OF_FAMILY
from frrcompile.facts.forms.canonical import canonical as shown

Words = tuple[str, ...]

IPV4_UNICAST = DEFAULT.words

OF_IPV4_UNICAST = frozenset({"network", "aggregate-address", "redistribute", "table-map", "distance", "maximum-paths"})
"""Commands of a family that bgpd also takes outside of any, for IPv4 unicast."""

MODES: dict[str, Words] = {
    "graceful-restart-helper": ("graceful-restart", "helper"),
    "graceful-restart-disable": ("graceful-restart", "disable"),
    "graceful-restart": ("graceful-restart", "restart"),
}
"""A neighbor's graceful restart has one mode (bgpd/bgp_fsm.c): three commands, of which the last one counts."""


def canonical(node: str, words: Words) -> Sequence[Words]:
    """The lines, without their `no`, that a line of a node stands for: one, mostly."""
    if words[0] == "neighbor" and len(words) > 2 and words[2] in MODES:
        words = (*words[:2], *MODES[words[2]], *words[3:])
    return shown(node, words)


def belongs_to_ipv4_unicast(words: Sequence[str]) -> bool:
    """Whether bgpd takes a line (without its `no`) that stands outside of a family for one of IPv4 unicast."""
    if words[0] == "neighbor":
        return len(words) > 2 and words[2] in OF_FAMILY
    return words[0] in OF_IPV4_UNICAST
