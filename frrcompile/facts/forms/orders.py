"""Options that FRR takes in any order and shows in one of its own, and networks with a mask."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile.facts.addresses import masked, with_length
from frrcompile.facts.boundaries import RELOAD_SORTS_AGGREGATES
from frrcompile.facts.families import BGP
from frrcompile.facts.forms.form import Form, Words

_ALONE = frozenset({"as-set", "summary-only", "matching-MED-only", "backdoor", "always"})
"""Options without a value."""


def ordered(words: Words, start: int, order: Sequence[str]) -> tuple[Words, ...]:
    """The line with the options from `start` on in an order; as it is where there are others than these."""
    found: dict[str, Words] = {}
    at = start
    while at < len(words):
        size = 1 if words[at] in _ALONE else 2
        if words[at] not in order or words[at] in found or at + size > len(words):
            return (words,)
        found[words[at]] = words[at : at + size]
        at += size
    return ((*words[:start], *(word for name in sorted(found, key=order.index) for word in found[name])),)


AGGREGATE_OPTIONS = ("as-set", "summary-only", "route-map", "origin", "matching-MED-only", "suppress-map")
REDISTRIBUTE_OPTIONS = ("metric", "metric-type", "route-map")
NETWORK_OPTIONS = ("label-index", "route-map", "backdoor")
DEFAULT_INFORMATION_OPTIONS = ("always", "metric", "metric-type", "route-map")


def aggregate(words: Words) -> tuple[Words, ...]:
    """An aggregate with its options in FRR's order."""
    return ordered(words, 2, AGGREGATE_OPTIONS) if len(words) > 3 and "/" in words[1] else (words,)


def redistribute(words: Words) -> tuple[Words, ...]:
    """A redistribution with its options in FRR's order; behind the protocol may be the number of an instance or a table."""
    return ordered(words, 3 if len(words) > 2 and words[2].isdecimal() else 2, REDISTRIBUTE_OPTIONS)


def network(words: Words) -> tuple[Words, ...]:
    """BGP's own network with its options in FRR's order."""
    return ordered(words, 2, NETWORK_OPTIONS)


def default_information(words: Words) -> tuple[Words, ...]:
    """OSPF's default route with its options in FRR's order."""
    return ordered(words, 2, DEFAULT_INFORMATION_OPTIONS)


def with_prefix_length(words: Words) -> tuple[Words, ...]:
    """`network A mask M` and `aggregate-address A M` as FRR shows them: with a length."""
    mask = 3 if words[2:3] == ("mask",) else 2
    if len(words) > mask and "/" not in words[1] and (prefix := with_length(words[1], words[mask])):
        return ((words[0], prefix, *words[mask + 1 :]),)
    return (words,)


def without_host_bits(words: Words) -> tuple[Words, ...]:
    """The network as FRR keeps it."""
    return ((words[0], masked(words[1]), *words[2:]),) if len(words) > 1 else (words,)


def bounds(words: Words) -> tuple[Words, ...]:
    """A prefix list's entry without host bits, and with `ge` before `le`."""
    if words[1:2] != ("prefix-list",) or "seq" not in words[3:4] or len(words) < 7:
        return (words,)
    return ordered((*words[:6], masked(words[6]), *words[7:]), 7, ("ge", "le"))


_SOURCE = "bgpd/bgp_route.c: bgp_config_write_network"
_AGGREGATE, _NETWORK = "aggregate-address", "network"

PREFIX_LENGTH: tuple[Form, ...] = (
    Form(
        *(BGP, _NETWORK, with_prefix_length, _SOURCE),
        (("network 198.18.0.0 mask 255.254.0.0", ("network 198.18.0.0/15",)),),
    ),
    Form(
        *(BGP, _AGGREGATE, with_prefix_length, _SOURCE),
        (("aggregate-address 198.18.0.0 255.254.0.0", ("aggregate-address 198.18.0.0/15",)),),
    ),
)
HOST_BITS: tuple[Form, ...] = (
    Form(
        *((*BGP, "ospf", "rip", "ripng", "eigrp", "babel"), _NETWORK, without_host_bits, "lib/prefix.c: apply_mask"),
        (("network 198.18.0.1/15", ("network 198.18.0.0/15",)),),
    ),
    Form(
        *(BGP, _AGGREGATE, without_host_bits, "lib/prefix.c: apply_mask"),
        (("aggregate-address 198.18.0.1/15", ("aggregate-address 198.18.0.0/15",)),),
    ),
)
AGGREGATE: tuple[Form, ...] = (
    Form(
        *(BGP, _AGGREGATE, aggregate, _SOURCE),
        (
            (
                *("aggregate-address 198.18.0.0/15 summary-only as-set",),
                ("aggregate-address 198.18.0.0/15 as-set summary-only",),
            ),
            (
                "aggregate-address 198.18.0.0/15 suppress-map s matching-MED-only origin igp route-map m as-set",
                ("aggregate-address 198.18.0.0/15 as-set route-map m origin igp matching-MED-only suppress-map s",),
            ),
        ),
        forgiven=RELOAD_SORTS_AGGREGATES,
    ),
)

REDISTRIBUTE: tuple[Form, ...] = (
    Form(
        *((*BGP, "ospf"), "redistribute", redistribute, "bgpd/bgp_vty.c: bgp_config_write_redistribute"),
        (("redistribute connected route-map m metric 5", ("redistribute connected metric 5 route-map m",)),),
    ),
)
NETWORK: tuple[Form, ...] = (
    Form(
        *(BGP, _NETWORK, network, _SOURCE),
        (("network 198.18.0.0/15 backdoor route-map m", ("network 198.18.0.0/15 route-map m backdoor",)),),
    ),
)
DEFAULT_INFORMATION: tuple[Form, ...] = (
    Form(
        *(("ospf",), "default-information", default_information, "ospfd/ospf_vty.c: config_write_ospf_redistribute"),
        (
            (
                *("default-information originate metric 5 always route-map m metric-type 1",),
                ("default-information originate always metric 5 metric-type 1 route-map m",),
            ),
        ),
    ),
)
PREFIX_LISTS: tuple[Form, ...] = (
    Form(
        *(("config",), "ip", bounds, "lib/plist.c: vty_prefix_list_show"),
        (
            (
                *("ip prefix-list bounds seq 5 permit 198.18.0.1/15 le 32 ge 24",),
                ("ip prefix-list bounds seq 5 permit 198.18.0.0/15 ge 24 le 32",),
            ),
        ),
    ),
    Form(
        *(("config",), "ipv6", bounds, "lib/plist.c: vty_prefix_list_show"),
        (
            (
                *("ipv6 prefix-list bounds seq 5 permit 2001:db8::1/32 le 64 ge 48",),
                ("ipv6 prefix-list bounds seq 5 permit 2001:db8::/32 ge 48 le 64",),
            ),
        ),
    ),
)
ORDERS: tuple[Form, ...] = (
    *(*PREFIX_LENGTH, *HOST_BITS, *AGGREGATE, *REDISTRIBUTE),
    *(*NETWORK, *DEFAULT_INFORMATION, *PREFIX_LISTS),
)
