"""Static routes: where the next hop ends, and in which order FRR shows what follows it."""

from __future__ import annotations

from frrcompile.facts.addresses import masked, with_length
from frrcompile.facts.forms.form import Form, Rewrite, Words

OPTIONS = (
    *("tag", "distance", "label", "segments", "encap-behavior", "nexthop-vrf", "table"),
    *("onlink", "pm", "color", "bfd"),
)
"""What follows a static route's next hop, in the order of staticd/static_vty.c (nexthop_cli_show); `distance` is a bare number.

Tried on live FRR, but for `label`, which needs a kernel with MPLS, and `encap-behavior` and `pm`: their places are the source's.
"""
DEFAULT_DISTANCE = "1"
_ALONE = frozenset({"onlink", "pm"})
_BEHIND_HOP = frozenset({*OPTIONS, "vrf", "from"}) - {"distance"}
_BFD = ("multi-hop", "auto-hop", "source", "profile")
_NODES = ("config", "vrf")


def is_route(words: Words) -> bool:
    """Whether the line is a static route."""
    return words[1:2] == ("route",) and len(words) > 3


def hop_at(words: Words) -> int:
    """Where the next hop of a static route is: behind its prefix, which may be an address and a mask, and `from PREFIX`."""
    at = 3 if "/" in words[2] or words[0] == "ipv6" else 4
    return at + 2 if words[at : at + 1] == ("from",) else at


def end_of_hop(words: Words) -> int:
    """Where a static route's options begin: the next hop is an address, an interface, or both."""
    at = hop_at(words) + 1
    while at < len(words) and words[at] not in _BEHIND_HOP and not words[at].isdecimal():
        at += 1
    return at


def with_prefix_length(words: Words) -> tuple[Words, ...]:
    """`ip route A M ...` as FRR shows it: with a length."""
    if is_route(words) and hop_at(words) == 4 and words[0] == "ip" and (network := with_length(words[2], words[3])):
        return ((*words[:2], network, *words[4:]),)
    return (words,)


def without_host_bits(words: Words) -> tuple[Words, ...]:
    """The route's prefix as FRR keeps it."""
    return ((*words[:2], masked(words[2]), *words[3:]),) if is_route(words) else (words,)


def in_order(words: Words) -> tuple[Words, ...]:
    """The route's options in FRR's order; as they are where one of them is not known here."""
    if not is_route(words) or (start := end_of_hop(words)) >= len(words) - 1:
        return (words,)
    found = _options(words[start:])
    if found is None:
        return (words,)
    ordered = sorted(found, key=OPTIONS.index)
    return ((*words[:start], *(word for name in ordered for word in found[name])),)


def without_default_distance(words: Words) -> tuple[Words, ...]:
    """The route without the distance 1, which every static route has."""
    if not is_route(words) or DEFAULT_DISTANCE not in words[(start := end_of_hop(words)) :]:
        return (words,)
    found = _options(words[start:])
    if found is None or found.get("distance") != (DEFAULT_DISTANCE,):
        return (words,)
    return ((*words[:start], *(word for name, option in found.items() if name != "distance" for word in option)),)


def without_default_vrf(words: Words) -> tuple[Words, ...]:
    """The route without `nexthop-vrf default`, where it stands at the top."""
    if is_route(words) and "nexthop-vrf" in words[:-1]:
        at = words.index("nexthop-vrf")
        if words[at + 1] == "default":
            return ((*words[:at], *words[at + 2 :]),)
    return (words,)


def _options(words: Words) -> dict[str, Words] | None:
    """A static route's options by their names; None where one is not known here."""
    found: dict[str, Words] = {}
    at = 0
    while at < len(words):
        word = words[at]
        if word == "bfd":  # its own options follow, to the end
            found[word] = _bfd(words[at:])
            break
        size = 1 if word.isdecimal() or word in _ALONE else 2
        name = "distance" if word.isdecimal() else word
        if name not in OPTIONS or name in found or at + size > len(words):
            return None
        found[name] = words[at : at + size]
        at += size
    return found


def _bfd(words: Words) -> Words:
    """BFD's own options of a route in order."""
    found: dict[str, Words] = {}
    at = 1
    while at < len(words):
        size = 1 if words[at].endswith("-hop") else 2
        if words[at] not in _BFD or at + size > len(words):
            return words
        found[words[at]] = words[at : at + size]
        at += size
    return ("bfd", *(word for name in sorted(found, key=_BFD.index) for word in found[name]))


def _both(rewrite: Rewrite, *pairs: tuple[str, str], nodes: Words = _NODES, source: str) -> tuple[Form, ...]:
    """The form for IPv4's routes, and for IPv6's."""
    return tuple(
        Form(nodes, key, rewrite, source, tuple((line, (shown,)) for line, shown in pairs if line.split()[0] == key))
        for key in ("ip", "ipv6")
    )


PREFIX_LENGTH = _both(
    with_prefix_length,
    ("ip route 203.0.113.0 255.255.255.0 192.0.2.1", "ip route 203.0.113.0/24 192.0.2.1"),
    source="lib/prefix.c: prefix2str",
)
HOST_BITS = _both(
    without_host_bits,
    ("ip route 203.0.113.9/24 192.0.2.1", "ip route 203.0.113.0/24 192.0.2.1"),
    ("ipv6 route 2001:db8::1/32 2001:db8::2", "ipv6 route 2001:db8::/32 2001:db8::2"),
    source="lib/prefix.c: apply_mask",
)
ORDER = _both(
    in_order,
    ("ip route 203.0.113.0/25 192.0.2.1 200 tag 5", "ip route 203.0.113.0/25 192.0.2.1 tag 5 200"),
    (
        "ip route 203.0.113.0/25 192.0.2.1 lo onlink table 9 nexthop-vrf blue 200 tag 5",
        "ip route 203.0.113.0/25 192.0.2.1 lo tag 5 200 nexthop-vrf blue table 9 onlink",
    ),
    ("ip route 203.0.113.0/25 192.0.2.1 color 7 tag 5", "ip route 203.0.113.0/25 192.0.2.1 tag 5 color 7"),
    (
        "ip route 203.0.113.0/25 192.0.2.1 bfd profile p multi-hop source 192.0.2.2",
        "ip route 203.0.113.0/25 192.0.2.1 bfd multi-hop source 192.0.2.2 profile p",
    ),
    (
        "ipv6 route 2001:db8::/32 2001:db8::1 segments 2001:db8:5::1 200 tag 5",
        "ipv6 route 2001:db8::/32 2001:db8::1 tag 5 200 segments 2001:db8:5::1",
    ),
    source="staticd/static_vty.c: nexthop_cli_show",
)
DISTANCE = _both(
    without_default_distance,
    ("ip route 203.0.113.0/25 192.0.2.1 tag 5 1", "ip route 203.0.113.0/25 192.0.2.1 tag 5"),
    source="staticd/static_vty.c: nexthop_cli_show",
)
DEFAULT_VRF = _both(
    without_default_vrf,
    ("ip route 203.0.113.0/25 192.0.2.1 nexthop-vrf default", "ip route 203.0.113.0/25 192.0.2.1"),
    nodes=("config",),
    source="staticd/static_vty.c: nexthop_cli_show",
)
ROUTES: tuple[Form, ...] = (*PREFIX_LENGTH, *HOST_BITS, *DEFAULT_VRF, *DISTANCE, *ORDER)
