"""Headers of blocks that FRR shows in another form."""

from __future__ import annotations

from collections.abc import Mapping

from frrcompile.facts.families import FAMILIES
from frrcompile.facts.forms.form import Words
from frrcompile.facts.forms.numbers import without_zeros

FAMILY: Mapping[Words, Words] = {tuple(other.split()): family.words for family in FAMILIES for other in family.also}
"""Headers of address families that have a longer form (bgpd/bgp_vty.c, bgp_config_write_family)."""


def header(words: Words) -> Words:
    """A header as FRR shows it."""
    first = words[0]
    if first == "address-family":
        return FAMILY.get(words, words)
    if first == "interface":
        return without_vrf(words)
    if first == "route-map":
        return without_zeros(words)
    return without_default_vrf(words) if first in ("router", "peer") else words


def without_vrf(words: Words) -> Words:
    """`interface X` without the VRF that it is in: the kernel tells that. True of VRFs that are devices, not of namespaces."""
    return words[:2] if words[0] == "interface" and words[2:3] == ("vrf",) else words


def without_default_vrf(words: Words) -> Words:
    """`router bgp N` and BFD's `peer A` without the default VRF's name."""
    for at in range(2, len(words) - 1):
        if words[at] == "vrf" and words[at + 1] == "default":
            return (*words[:at], *words[at + 2 :])
    return words
