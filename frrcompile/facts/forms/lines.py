"""Lines that FRR shows in other words: its own keyword, a default left out, one line as two."""

from __future__ import annotations

from frrcompile.facts.families import BGP
from frrcompile.facts.forms.form import NEVER, Form, Words, form
from frrcompile.facts.values import ALLOWAS_IN, BFD_INTERVAL, BFD_MULTIPLIER, MAXIMUM_PREFIX_THRESHOLD, MULTIHOP

_AF = "bgpd/bgp_vty.c: bgp_config_write_peer_af"
_PEER = "bgpd/bgp_vty.c: bgp_config_write_peer_global"
_EVPN_TYPES = {"1": "ead", "2": "macip", "3": "multicast", "4": "es", "5": "prefix"}

ELSEWHERE: tuple[Form, ...] = (
    form(
        *(("config",), "debug bgp updates", "debug bgp updates in", "debug bgp updates out"),
        source="bgpd/bgp_debug.c: bgp_config_write_debug",
    ),
    form(("config",), "router-id ADDRESS", "ip router-id ADDRESS", source="zebra/router-id.c"),
    form(("config",), "log <syslog|stdout> debugging", "log <syslog|stdout>", source="lib/log_vty.c"),
    form(("config",), "log file FILE debugging", "log file FILE", source="lib/log_vty.c"),
    form(("route-map",), "continue NUMBER", "on-match goto NUMBER", source="lib/routemap_cli.c"),
    *(
        form(
            *(("route-map",), f"match evpn route-type {number}", f"match evpn route-type {name}"),
            source="bgpd/bgp_routemap.c: route_match_evpn_route_type",
        )
        for number, name in _EVPN_TYPES.items()
    ),
)
"""Lines that are not about a neighbor."""

NEIGHBOR: tuple[Form, ...] = (
    form(BGP, "neighbor PEER next-hop-self all", "neighbor PEER next-hop-self force", source=_AF),
    form(BGP, f"neighbor PEER allowas-in {ALLOWAS_IN}", "neighbor PEER allowas-in", source=_AF),
    form(
        *(BGP, f"neighbor PEER maximum-prefix LIMIT {MAXIMUM_PREFIX_THRESHOLD} ..."),
        "neighbor PEER maximum-prefix LIMIT ...",
        source=_AF,
    ),
    form(BGP, "neighbor PEER enforce-multihop", "neighbor PEER disable-connected-check", source=_PEER),
)
"""A neighbor's lines in other words."""

DEFAULT_TIMERS = f"{BFD_MULTIPLIER} {BFD_INTERVAL} {BFD_INTERVAL}"

BFD_TIMERS: tuple[Form, ...] = (
    form(
        *(BGP, f"neighbor PEER bfd {DEFAULT_TIMERS}", "neighbor PEER bfd"),
        source="bgpd/bgp_bfd.c: bgp_bfd_peer_config_write",
    ),
)
"""BFD's default timers: FRR shows none of them on a neighbor's line, and others would be lost."""

MULTIHOP_NUMBER: tuple[Form, ...] = (
    form(
        *(BGP, "neighbor PEER ebgp-multihop", f"neighbor PEER ebgp-multihop {MULTIHOP}"),
        source=f"{_PEER}; tried: 8.4.4 shows the number, 8.5.7 to 10.7.1 do not",
        until=(8, 5),
    ),
)
"""`ebgp-multihop` without its number."""


BFD_MORE = ("profile NAME", "check-control-plane-failure", "strict hold-time SECONDS")
"""What behind `neighbor X bfd` makes that line, too (bgpd/bgp_bfd.c: bgp_bfd_peer_config_write); `strict` alone does not."""

_MORE = {(words[0], len(words)) for words in map(str.split, BFD_MORE)}


def implied(words: Words) -> Words:
    """The line that FRR adds to a line, and shows before it, if it is not there; nothing for most lines."""
    if words[0] == "neighbor" and len(words) > 3 and words[2] == "bfd" and (words[3], len(words) - 3) in _MORE:
        return words[:3]
    return ()


def _attributes_unchanged(words: Words) -> tuple[Words, ...]:
    said = words[3:] or ATTRIBUTES
    return ((*words[:3], *(sorted(said, key=ATTRIBUTES.index) if set(said) <= set(ATTRIBUTES) else said)),)


ATTRIBUTES = ("as-path", "next-hop", "med")

UNCHANGED: tuple[Form, ...] = (
    Form(
        *(BGP, "neighbor attribute-unchanged", _attributes_unchanged, _AF),
        (
            (
                *("neighbor 192.0.2.1 attribute-unchanged",),
                ("neighbor 192.0.2.1 attribute-unchanged as-path next-hop med",),
            ),
            (
                *("neighbor 192.0.2.1 attribute-unchanged med as-path",),
                ("neighbor 192.0.2.1 attribute-unchanged as-path med",),
            ),
        ),
    ),
)
"""`attribute-unchanged`: FRR names each attribute, in this order."""


def _session_in_two(words: Words) -> tuple[Words, ...]:
    rest = words[3:]
    if not names_interface(words):
        return (words,)
    v6only = rest[:1] == ("v6only",)
    first = (*words[:3], "v6only") if v6only else words[:3]
    return (first, (*words[:2], *rest[v6only:])) if rest[v6only:] else (first,)


def names_interface(words: Words) -> bool:
    """Whether a line makes a session of an interface; with another word behind it, it is the interface of a link-local address."""
    return words[2:3] == ("interface",) and (len(words) == 3 or words[3] in ("v6only", "peer-group", "remote-as"))


SENT: dict[Words, tuple[Words, ...]] = {
    (): (("standard",),),
    ("both",): (("standard",), ("extended",)),
    ("all",): (("standard",), ("extended",), ("large",)),
}
"""What `send-community` stands for, by the words behind it (bgpd/bgp_vty.c, neighbor_send_community_type)."""


def _kinds_sent(words: Words) -> tuple[Words, ...]:
    rest = words[3:]
    return tuple((*words[:3], *kind) for kind in SENT.get(rest, (rest,)))


def _peer_each(words: Words) -> tuple[Words, ...]:
    if words[1:3] != ("confederation", "peers") or len(words) < 4:
        return (words,)
    return tuple((*words[:3], number) for number in words[3:])


SAME: tuple[Form, ...] = (
    Form(
        *(BGP, "neighbor interface", _session_in_two, "bgpd/bgp_vty.c: neighbor_interface_config"),
        (
            (
                *("neighbor lo interface v6only remote-as external",),
                ("neighbor lo interface v6only", "neighbor lo remote-as external"),
            ),
        ),
        NEVER,
    ),
    Form(
        *(BGP, "neighbor send-community", _kinds_sent, "bgpd/bgp_vty.c: neighbor_send_community_type"),
        (
            (
                *("neighbor 192.0.2.1 send-community both",),
                ("neighbor 192.0.2.1 send-community standard", "neighbor 192.0.2.1 send-community extended"),
            ),
        ),
        NEVER,
    ),
    Form(
        *(("bgp",), "bgp", _peer_each, "bgpd/bgp_vty.c: bgp_confederation_peers"),
        (
            (
                *("bgp confederation peers 65003 65002",),
                ("bgp confederation peers 65003", "bgp confederation peers 65002"),
            ),
        ),
        NEVER,
    ),
)
"""Lines that mean the same as others and that FRR shows as they were written, or not at all: the comparison takes them apart."""

BESTPATH: tuple[Form, ...] = (
    form(
        *(("bgp",), "bgp bestpath as-path multipath-relax no-as-set", "bgp bestpath as-path multipath-relax"),
        source="bgpd/bgp_vty.c: bgp_config_write",
    ),
    form(
        *(("bgp",), "bgp bestpath med missing-as-worst confed", "bgp bestpath med confed missing-as-worst"),
        source="bgpd/bgp_vty.c: bgp_config_write",
    ),
)
"""`bgp bestpath`."""
