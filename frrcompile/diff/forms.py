"""Lines that are written in several ways and mean one thing to FRR: each becomes the form that FRR itself would show."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from ipaddress import ip_network

Words = tuple[str, ...]

HEADERS: dict[Words, Words] = {
    ("address-family", "ipv4"): ("address-family", "ipv4", "unicast"),
    ("address-family", "ipv6"): ("address-family", "ipv6", "unicast"),
    ("address-family", "vpnv4"): ("address-family", "ipv4", "vpn"),
    ("address-family", "vpnv4", "unicast"): ("address-family", "ipv4", "vpn"),
    ("address-family", "vpnv6"): ("address-family", "ipv6", "vpn"),
    ("address-family", "vpnv6", "unicast"): ("address-family", "ipv6", "vpn"),
}
"""Headers that have a longer form (bgpd/bgp_vty.c, `address-family`)."""

IPV4_UNICAST: Words = ("address-family", "ipv4", "unicast")

OF_IPV4_UNICAST = frozenset({"network", "aggregate-address", "redistribute", "table-map", "distance", "maximum-paths"})
"""Commands of a family that bgpd also takes outside of any, for IPv4 unicast."""

NEIGHBOR_OF_FAMILY = frozenset(
    {
        *(
            "activate",
            "addpath-tx-all-paths",
            "addpath-tx-bestpath-per-AS",
            "addpath-tx-best-selected",
            "advertise-map",
        ),
        *("allowas-in", "as-override", "attribute-unchanged", "default-originate", "distribute-list", "filter-list"),
        *("maximum-prefix", "maximum-prefix-out", "next-hop-self", "prefix-list", "remove-private-AS", "route-map"),
        *("route-reflector-client", "route-server-client", "send-community", "soft-reconfiguration", "soo", "weight"),
        *("unsuppress-map", "disable-addpath-rx", "nexthop-local", "accept-own"),
    }
)
"""The same for what follows `neighbor X`."""

FREE_TEXT = frozenset({"description", "remark", "password", "banner", "domainname", "hostname"})
"""Keywords behind which stands text, in which no word is an address or a number."""


def canonical(node: str, words: Words) -> Iterable[Words]:
    """The lines, without their `no`, that a line of a node stands for: one, mostly."""
    words = addresses(words)
    special = _SPECIAL.get(words[0])
    return (words,) if special is None else special(node, words)


def addresses(words: Words) -> Words:
    """The words with IPv6 addresses as FRR shows them (lower case, shortest form: RFC 5952)."""
    if ":" not in "".join(words):
        return words
    for index, word in enumerate(words):
        if ":" in word and (shown := _shown(word)) != word:
            words = (*words[:index], shown, *words[index + 1 :])
        if word in FREE_TEXT:
            break
    return words


def _shown(word: str) -> str:
    if word.count(":") < 2:  # a route target, or a community
        return word
    address, slash, length = word.partition("/")
    try:
        packed = socket.inet_pton(socket.AF_INET6, address)
    except (OSError, ValueError):
        return word
    return socket.inet_ntop(socket.AF_INET6, packed) + slash + length


def _masked(prefix: str) -> str:
    """A prefix without the bits behind its length, as FRR keeps it (lib/prefix.c, apply_mask); its length may be a mask."""
    address, slash, length = prefix.partition("/")
    try:
        if not length.isdecimal():  # twenty times slower
            return str(ip_network(prefix, strict=False)) if slash else prefix
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        packed = socket.inet_pton(family, address)
        behind = 8 * len(packed) - int(length)
        kept = int.from_bytes(packed) >> behind << behind
        return f"{socket.inet_ntop(family, kept.to_bytes(len(packed)))}/{int(length)}"
    except (OSError, ValueError):
        return prefix


def _network(_node: str, words: Words) -> Iterator[Words]:
    if words[2:3] == ("mask",) and len(words) > 3:
        words = ("network", f"{words[1]}/{words[3]}", *words[4:])
    yield (words[0], _masked(words[1]), *words[2:]) if len(words) > 1 else words


def _neighbor(_node: str, words: Words) -> Iterable[Words]:
    special = _OF_NEIGHBOR.get(words[2]) if len(words) > 2 else None
    return (words,) if special is None else special(words)


def names_interface(words: Words) -> bool:
    """Whether a line makes a session of an interface; with another word behind it, it is the interface of a link-local address."""
    return words[2:3] == ("interface",) and (len(words) == 3 or words[3] in ("v6only", "peer-group", "remote-as"))


def _interface(words: Words) -> Iterator[Words]:
    rest = words[3:]
    if not names_interface(words):
        yield words
        return
    v6only = rest[:1] == ("v6only",)
    yield (*words[:3], "v6only") if v6only else words[:3]
    if rest[v6only:]:
        yield (*words[:2], *rest[v6only:])


def _send_community(words: Words) -> Iterator[Words]:
    rest = words[3:]
    for kind in SENT.get(rest, (rest,)):
        yield (*words[:3], *kind)


def _ebgp_multihop(words: Words) -> Iterator[Words]:
    yield words if len(words) > 3 else (*words, "255")


def _soft_reconfiguration(words: Words) -> Iterator[Words]:
    yield (*words[:3], "inbound")


def _mode(words: Words) -> Iterator[Words]:
    yield (*words[:2], *MODES[words[2]], *words[3:])


def _attribute_unchanged(words: Words) -> Iterator[Words]:
    said = words[3:] or ATTRIBUTES
    yield (*words[:3], *(sorted(said, key=ATTRIBUTES.index) if set(said) <= set(ATTRIBUTES) else said))


def _bfd(words: Words) -> Iterator[Words]:
    yield words[:3] if words[3:] == ("3", "300", "300") else words


def _remove_private_as(words: Words) -> Iterator[Words]:
    yield (*words[:3], *sorted(words[3:]))


SENT: dict[Words, tuple[Words, ...]] = {
    (): (("standard",),),
    ("both",): (("standard",), ("extended",)),
    ("all",): (("standard",), ("extended",), ("large",)),
}
"""What `send-community` stands for, by the words behind it (bgpd/bgp_vty.c, neighbor_send_community_type)."""

MODES: dict[str, Words] = {
    "graceful-restart-helper": ("graceful-restart", "helper"),
    "graceful-restart-disable": ("graceful-restart", "disable"),
    "graceful-restart": ("graceful-restart", "restart"),
}
"""A neighbour's graceful restart has one mode (bgpd/bgp_fsm.c): three commands, of which the last one counts."""

ATTRIBUTES = ("as-path", "next-hop", "med")

_OF_NEIGHBOR: dict[str, Callable[[Words], Iterator[Words]]] = {
    "interface": _interface,
    "send-community": _send_community,
    "ebgp-multihop": _ebgp_multihop,
    "soft-reconfiguration": _soft_reconfiguration,
    "attribute-unchanged": _attribute_unchanged,
    "bfd": _bfd,
    "remove-private-AS": _remove_private_as,
    **dict.fromkeys(MODES, _mode),
}
"""What becomes of a neighbour's line, by the word behind its name; other lines stay as they are."""


def _route_target(_node: str, words: Words) -> Iterator[Words]:
    ways = ("import", "export") if words[1:2] == ("both",) else words[1:2]
    for way in ways:
        for target in words[2:]:
            yield ("route-target", way, target)


SHOWN_BY_NO_ONE = frozenset(
    {("graceful-restart", "restart-time", "120"), ("graceful-restart", "stalepath-time", "360")}
)
"""What `bgp` may be told that is so by itself, and is not kept (bgpd/bgpd.h, BGP_DEFAULT_RESTART_TIME)."""


def _bgp(_node: str, words: Words) -> Iterator[Words]:
    if words[1:3] == ("confederation", "peers"):
        for number in words[3:]:
            yield ("bgp", "confederation", "peers", number)
    elif words[1:2] and words[1] in ("community-list", "large-community-list") and "seq" in words:
        at = words.index("seq")
        kind = words[2:3] == ("expanded",)
        yield words if kind else (*words[: at + 3], *sorted(set(words[at + 3 :])))
    elif words[1:] in SHOWN_BY_NO_ONE:
        return
    elif words[1:4] == ("bestpath", "as-path", "multipath-relax"):
        yield words if words[4:] != ("no-as-set",) else words[:4]
    elif words[1:2] == ("always-compare-med",) or words[1:3] != ("bestpath", "med"):
        yield words
    else:
        yield (*words[:3], *sorted(words[3:]))


def _route(_node: str, words: Words) -> Iterator[Words]:
    """A static route: the next hop in its place, what may stand in any order behind it in one order."""
    if words[1:2] != ("route",) or len(words) < 4:
        if words[1:2] == ("prefix-list",) and len(words) > 6 and words[3] == "seq":
            words = (*words[:6], _masked(words[6]), *_bounds(words[7:]))
        yield words
        return
    prefix, rest = words[2], words[3:]
    if "/" not in prefix and rest and rest[0].count(".") == 3 and words[0] == "ip":
        prefix, rest = f"{prefix}/{rest[0]}", rest[1:]
    hop, options = _hop(rest)
    yield (*words[:2], _masked(prefix), *hop, *options)


def _bounds(words: Words) -> Words:
    """`ge` and `le` of a prefix-list entry in the order of FRR's own output."""
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    if set(pairs) <= {"ge", "le"} and len(words) == 2 * len(pairs):
        return tuple(word for name in ("ge", "le") if name in pairs for word in (name, pairs[name]))
    return words


OPTIONS = ("segments", "tag", "distance", "vrf", "label", "table", "nexthop-vrf", "color", "onlink", "bfd")
"""What may follow a static route's next hop, in one order (staticd/static_vty.c)."""
_WITHOUT_VALUE = frozenset({"onlink"})
_BEHIND_HOP = frozenset({*OPTIONS, "from"})


def _hop(rest: Words) -> tuple[Words, Words]:
    """The next hop (an address, an interface, or both) and the options of a static route."""
    end = next((i for i, word in enumerate(rest) if i and (word in _BEHIND_HOP or word.isdecimal())), len(rest))
    hop, options = rest[:end], rest[end:]
    if not options:
        return hop, ()
    found: dict[str, Words] = {}
    while options:
        word = options[0]
        if word == "bfd":  # its own options follow, to the end
            found["bfd"] = options
            break
        if word.isdecimal():
            found["distance"], options = (word,), options[1:]
        elif word in _WITHOUT_VALUE or len(options) == 1:
            found[word], options = (word,), options[1:]
        else:
            found[word], options = options[:2], options[2:]
    if found.get("distance") == ("1",):
        del found["distance"]  # staticd/static_vty.c: the default
    ordered = sorted(found, key=lambda name: OPTIONS.index(name) if name in OPTIONS else len(OPTIONS))
    return hop, tuple(word for name in ordered for word in found[name])


def _set(_node: str, words: Words) -> Iterator[Words]:
    """Communities are a set (bgpd/bgp_community.c, community_uniq_sort): FRR sorts them."""
    if words[1:2] in (("community",), ("large-community",)) and len(words) > 2:
        flags = [word for word in words[2:] if word in ("additive", "none")]
        values = sorted({_known_community(word) for word in words[2:]} - {"additive", "none"}, key=_community_order)
        yield (*words[:2], *values, *flags)
    else:
        yield words


WELL_KNOWN = {
    "internet": (0, 0),
    "graceful-shutdown": (65535, 0),
    "accept-own": (65535, 1),
    "blackhole": (65535, 666),
    "no-export": (65535, 65281),
    "no-advertise": (65535, 65282),
    "local-AS": (65535, 65283),
    "no-peer": (65535, 65284),
}


def _known_community(word: str) -> str:
    parts = word.split(":")
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        number = (int(parts[0]), int(parts[1]))
        name = next((name for name, value in WELL_KNOWN.items() if value == number and name != "internet"), None)
        return name or f"{number[0]}:{number[1]}"
    return word


def _community_order(word: str) -> tuple[tuple[int, ...], str]:
    if word in WELL_KNOWN:
        return WELL_KNOWN[word], ""
    parts = word.split(":")
    return (tuple(map(int, parts)), "") if all(part.isdecimal() for part in parts) else ((0,), word)


def _debug(_node: str, words: Words) -> Iterator[Words]:
    if words == ("debug", "bgp", "updates"):
        yield (*words, "in")
        yield (*words, "out")
    else:
        yield words


_SPECIAL: dict[str, Callable[[str, Words], Iterable[Words]]] = {
    "network": _network,
    "neighbor": _neighbor,
    "route-target": _route_target,
    "bgp": _bgp,
    "ip": _route,
    "ipv6": _route,
    "set": _set,
    "debug": _debug,
}


def belongs_to_ipv4_unicast(words: Sequence[str]) -> bool:
    """Whether bgpd takes a line (without its `no`) that stands outside of a family for one of IPv4 unicast."""
    if words[0] == "neighbor":
        return len(words) > 2 and words[2] in NEIGHBOR_OF_FAMILY
    return words[0] in OF_IPV4_UNICAST
