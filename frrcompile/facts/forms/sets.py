"""Sets that FRR sorts: communities, and route targets, of which it shows a line for each."""

from __future__ import annotations

from frrcompile.facts.communities import number_of, shown
from frrcompile.facts.forms.form import NEVER, Form, Words
from frrcompile.facts.number import number
from frrcompile.facts.policies import list_end
from frrcompile.facts.releases import BEFORE_ALL

STANDARD = range(1, 100)
"""The numbers of standard community lists; those above are expanded."""


def set_communities(words: Words) -> tuple[Words, ...]:
    """`set community` as FRR shows it."""
    if words[1:2] != ("community",) or (found := shown(words[2:])) is None:
        return (words,)
    return ((*words[:2], *found),)


def set_large_communities(words: Words) -> tuple[Words, ...]:
    """`set large-community`: a set, of which FRR shows the words as they were written."""
    if words[1:2] != ("large-community",) or (found := shown(words[2:])) is None:
        return (words,)
    return ((*words[:2], *found),)


def list_communities(words: Words) -> tuple[Words, ...]:
    """An entry of a standard community list as FRR shows it."""
    start = communities_at(words)
    if not start or (found := shown(words[start:])) is None:
        return (words,)
    return ((*words[:start], *found),)


def communities_at(words: Words) -> int:
    """Where the communities of a standard list's entry begin, 0 in any other line."""
    if words[1:2] not in (("community-list",), ("large-community-list",)) or "expanded" in words[2:3]:
        return 0
    at = list_end(words)
    if at == 3 and words[2:3] and words[2].isdecimal() and number(words[2]) not in STANDARD:
        return 0
    at += 2 if words[at : at + 1] == ("seq",) else 0
    return at + 1 if words[at : at + 1] in (("permit",), ("deny",)) and len(words) > at + 1 else 0


def route_targets(words: Words) -> tuple[Words, ...]:
    """A line for each direction and route target."""
    if len(words) < 3 or (words[1] != "both" and len(words) == 3):
        return (words,)
    ways = ("import", "export") if words[1] == "both" else (words[1],)
    targets = sorted(dict.fromkeys(words[2:]), key=lambda target: number_of(target) or ())
    return tuple(("route-target", way, target) for way in ways for target in targets)


COMMUNITIES: tuple[Form, ...] = (
    Form(
        *(("route-map",), "set", set_communities, "bgpd/bgp_community.c: community_uniq_sort"),
        (
            ("set community 64512:2 64512:1 64512:2", ("set community 64512:1 64512:2",)),
            ("set community additive 65535:65281 64512:1", ("set community 64512:1 no-export additive",)),
        ),
    ),
    Form(
        *(("config",), "bgp", list_communities, "bgpd/bgp_community.c: community_uniq_sort"),
        (
            (
                *("bgp community-list standard sorted seq 5 permit 65535:666 64512:2 64512:1",),
                ("bgp community-list standard sorted seq 5 permit 64512:1 64512:2 blackhole",),
            ),
            (
                *("bgp large-community-list standard large seq 5 permit 1:1:2 1:1:1",),
                ("bgp large-community-list standard large seq 5 permit 1:1:1 1:1:2",),
            ),
        ),
    ),
)
LARGE: tuple[Form, ...] = (
    Form(
        *(("route-map",), "set", set_large_communities, "bgpd/bgp_lcommunity.c: lcommunity_uniq_sort"),
        (("set large-community 2:2:2 1:1:1", ("set large-community 1:1:1 2:2:2",)),),
        NEVER,
    ),
)
TARGETS: tuple[Form, ...] = (
    Form(
        *(("bgp-evpn",), "route-target", route_targets, "bgpd/bgp_evpn_vty.c: bgp_config_write_evpn_info"),
        (("route-target both 64512:100", ("route-target import 64512:100", "route-target export 64512:100")),),
    ),
)
IN_A_VNI: tuple[Form, ...] = (
    Form(
        *(("bgp-evpn-vni",), "route-target", route_targets, "bgpd/bgp_evpn_vty.c: frr-reload.py knows `both` here"),
        (("route-target both 64512:100", ("route-target import 64512:100", "route-target export 64512:100")),),
        forgiven=BEFORE_ALL,
    ),
)
SETS: tuple[Form, ...] = (*COMMUNITIES, *LARGE, *TARGETS, *IN_A_VNI)
