"""Settings of which there is one, as data: a later value takes the place of an earlier one.

What is named before the value tells two settings apart; the value is the rest of the line. Each group was given twice to
FRR 8.4, 10.3 and 10.7, which kept the second, unless it says otherwise.
"""

from __future__ import annotations

from functools import lru_cache

from frrcompile.lint.symbols.shapes import Shape, Shapes
from frrcompile.lint.symbols.words import BGP

SETTINGS: tuple[tuple[str, str], ...] = (
    ("config", "hostname|domainname @"),
    ("config", "log file @"),
    ("config", "log timestamp precision @"),
    ("config", "ip|ipv6 router-id @ $"),
    ("config", "ip|ipv6 router-id @ vrf *"),
    ("config vrf", "ip|ipv6 protocol|nht * route-map @"),
    ("config", "ip import-table *"),
    ("interface", "description|bandwidth @"),
    ("key", "key-string|cryptographic-algorithm @"),
    ("bfd-profile bfd-peer", "detect-multiplier|transmit-interval|receive-interval|minimum-ttl @"),
    ("bfd-profile bfd-peer", "echo transmit-interval|receive-interval @"),
    # BGP
    ("bgp", "bgp router-id|cluster-id @"),
    ("bgp", "bgp confederation identifier @"),
    ("bgp", "bgp default local-preference @"),
    ("bgp", "bgp listen limit @"),
    ("bgp", "bgp graceful-restart restart-time|stalepath-time @"),
    ("bgp", "bgp max-med administrative @"),
    ("config bgp", "bgp update-delay @"),
    ("bgp", "timers bgp @"),
    ("bgp", "neighbor * timers connect @"),
    ("bgp", "neighbor * timers @"),
    (
        "bgp",
        "neighbor * remote-as|description|update-source|port|password|local-as|advertisement-interval|ebgp-multihop @",
    ),
    ("bgp", "neighbor * bfd profile @"),
    ("bgp", "neighbor * ttl-security hops @"),
    (BGP, "neighbor * route-map|prefix-list|distribute-list|filter-list @ in|out"),
    (BGP, "neighbor * weight|maximum-prefix|maximum-prefix-out|allowas-in|unsuppress-map @"),
    (BGP, "network|aggregate-address *"),
    (BGP, "table-map @"),
    (BGP, "maximum-paths ibgp @"),
    (BGP, "maximum-paths @"),
    (BGP, "distance bgp @"),
    (BGP, "import vrf route-map @"),
    (BGP, "label vpn export allocation-mode @"),
    (BGP, "rd|label vpn export @"),
    (BGP, "rt vpn import|export|both @"),
    ("bgp-evpn bgp-evpn-vni", "rd @"),
    # route-maps
    ("route-map", "match ip|ipv6 address|next-hop|route-source prefix-list|prefix-len @"),
    ("route-map", "match ip|ipv6 next-hop address|type @"),
    ("route-map", "match ip|ipv6 address|next-hop|route-source @ $"),
    ("route-map", "match as-path|community|large-community|extcommunity|interface|metric|tag|peer @"),
    ("route-map", "match local-preference|origin|source-protocol|source-instance|source-vrf|probability|alias @"),
    ("route-map", "match evpn vni|route-type|rd @"),
    ("route-map", "set as-path prepend last-as @"),
    ("route-map", "set as-path prepend|exclude|replace @"),
    ("route-map", "set metric|local-preference|weight|tag|origin|table|src|distance|label-index|originator-id @"),
    ("route-map", "set community|large-community|comm-list|large-comm-list @"),
    ("route-map", "set extcommunity rt|soo|bandwidth|color|nt @"),
    ("route-map", "set ip next-hop @"),
    ("route-map", "set ipv6 next-hop global|local @"),
    ("route-map", "on-match|call|description @"),
)
"""The nodes that a setting stands in, and the shape of its line; `@` is where its value begins."""


@lru_cache(maxsize=1)
def shapes() -> Shapes[None]:
    """The settings' shapes, ready to look lines up."""
    found: Shapes[None] = Shapes()
    for nodes, written in SETTINGS:
        found.add(nodes.split(), Shape(written), None)
    return found
