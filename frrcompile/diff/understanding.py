"""What a line of a frr.conf says: its settings in the words that FRR would show, and where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from frrcompile.diff.configuration import Key, Path
from frrcompile.diff.forms import IPV4_UNICAST, belongs_to_ipv4_unicast, canonical
from frrcompile.diff.numbering import is_listed
from frrcompile.facts.defaults import of_any_profile
from frrcompile.facts.forms.lines import implied
from frrcompile.facts.releases import Release
from frrcompile.syntax.settings import settings

Words = tuple[str, ...]

IGNORED = frozenset({("end",), ("no",), ("service", "integrated-vtysh-config")})
"""Lines of a file that are no setting of FRR's (a `no` alone takes nothing back), with `frr version`, which says who wrote the file."""

_IGNORED_FIRSTS = frozenset({"frr", *(words[0] for words in IGNORED)})


class Said(NamedTuple):
    """What a plain line says: its settings, where they belong, and whether it takes them back."""

    negated: bool
    settings: tuple[tuple[Key, Words], ...]
    below: Path | None
    listed: bool
    simple: bool
    """Whether it sets what it says, in the context that it stands in, and is no default."""
    implied: Words = ()
    """A line that FRR adds to it, if it is not there."""


NOTHING = Said(False, (), None, False, True)


class Understanding:
    """What lines say to one release."""

    def __init__(self, release: Release) -> None:
        self._says_default = of_any_profile(release).says
        self._key = settings().key

    def said(self, node: str, words: Words) -> Said:
        """What a line of a node says, which has a command for it."""
        negated = words[0] == "no" and len(words) > 1
        plain = words[1:] if negated else words
        if plain[0] in _IGNORED_FIRSTS and (plain in IGNORED or plain[:2] == ("frr", "version")):
            return NOTHING
        below: Path | None = None
        listed = False
        if node == "bgp":
            if belongs_to_ipv4_unicast(plain):
                node, below = "bgp-ipv4", (IPV4_UNICAST,)
        elif node == "config":
            if plain[1:2] == ("route",) and "vrf" in plain:
                at = plain.index("vrf")
                if len(plain) > at + 1:
                    below = (("vrf", plain[at + 1]),)
                    plain = (*plain[:at], *plain[at + 2 :])
            listed = is_listed(plain)
        said = tuple([(self.key(one), one) for one in canonical(node, plain)])
        added = () if negated else implied(plain)
        simple = not (negated or listed or below or added)
        if simple:
            for _, one in said:
                simple = simple and not self._says_default(node, one)
        return Said(negated, said, below, listed, simple, added)

    def key(self, words: Words) -> Key:
        """What of a line tells which setting it is."""
        if words[0] in ("ip", "ipv6") and words[1:2] == ("route",):
            return _without_tag(words)
        return self._key(words) or words


def _without_tag(words: Words) -> Words:
    """A static route's identity: a tag is what it has (staticd/static_routes.c, a path's key has none)."""
    if "tag" in words[3:-1]:
        at = words.index("tag", 3)
        return (*words[:at], *words[at + 2 :])
    return words


def header_key(words: Sequence[str]) -> Key:
    """What tells a header from others: without a route-map's action and a BGP instance's AS."""
    if words[0] == "route-map" and len(words) > 3:
        return ("route-map", words[1], words[3])
    if tuple(words[:2]) == ("router", "bgp"):
        for kind in ("vrf", "view"):
            if kind in words[2:-1]:
                name = words[words.index(kind) + 1]
                return ("router", "bgp") if (kind, name) == ("vrf", "default") else ("router", "bgp", kind, name)
        return ("router", "bgp")
    return tuple(words)
