"""FRR's commands that define a name or use one, as data.

Taken from the commands of every node of FRR 8.4 to 10.7 (`vtysh -C -c 'find .'`), and what FRR does about a name that is
not there from its source, or tried with its daemons: each rule of the references says which.
"""

from __future__ import annotations

from enum import StrEnum

from frrcompile.facts import families
from frrcompile.facts.families import FAMILIES


class Kind(StrEnum):
    """What a name is the name of; its value is how messages call it."""

    ROUTE_MAP = "route-map"
    PREFIX_LIST4 = "IPv4 prefix-list"
    PREFIX_LIST6 = "IPv6 prefix-list"
    ACCESS_LIST4 = "IPv4 access-list"
    ACCESS_LIST6 = "IPv6 access-list"
    ACCESS_LIST_MAC = "MAC access-list"
    COMMUNITY_LIST = "community-list"
    LARGE_COMMUNITY_LIST = "large-community-list"
    EXTCOMMUNITY_LIST = "extcommunity-list"
    AS_PATH_LIST = "as-path access-list"
    PEER_GROUP = "peer-group"
    BFD_PROFILE = "BFD profile"
    VRF = "VRF"
    VRF_INSTANCE = "VRF of a routing instance"
    KEY_CHAIN = "key chain"
    NEXTHOP_GROUP = "nexthop-group"
    PBR_MAP = "pbr-map"
    LOCATOR = "SRv6 locator"
    SEGMENT_LIST = "segment-list"


class Effect(StrEnum):
    """What FRR does with a command whose name is not defined; the value ends a message's sentence."""

    DENIES = "FRR then denies every route here"
    PASSES = "FRR then lets every route pass here"
    NEVER_MATCHES = "this entry then never matches"
    IDLE = "the line then has no effect"
    REFUSED = "FRR refuses the line"
    UNSURE = "the daemon then filters other than written"


V4 = " ".join(("bgp", *(family.node for family in FAMILIES if family.name.startswith("ipv4"))))
V6 = " ".join(family.node for family in FAMILIES if family.name.startswith("ipv6"))
BGP = " ".join(families.BGP)
ROUTERS = "ospf ospf6 rip ripng isis openfabric eigrp babel"
GLOBAL = "config vrf"

DEFINITIONS: tuple[tuple[Kind, str, str], ...] = (
    (Kind.ROUTE_MAP, "config", "route-map @ permit|deny *"),
    (Kind.PREFIX_LIST4, "config", "ip prefix-list @ *"),
    (Kind.PREFIX_LIST6, "config", "ipv6 prefix-list @ *"),
    (Kind.ACCESS_LIST4, "config", "access-list @ *"),
    (Kind.ACCESS_LIST6, "config", "ipv6 access-list @ *"),
    (Kind.ACCESS_LIST_MAC, "config", "mac access-list @ *"),
    (Kind.COMMUNITY_LIST, "config", "bgp|ip community-list @ permit|deny|seq"),
    (Kind.COMMUNITY_LIST, "config", "bgp|ip community-list standard|expanded @ *"),
    (Kind.LARGE_COMMUNITY_LIST, "config", "bgp|ip large-community-list @ permit|deny|seq"),
    (Kind.LARGE_COMMUNITY_LIST, "config", "bgp|ip large-community-list standard|expanded @ *"),
    (Kind.EXTCOMMUNITY_LIST, "config", "bgp|ip extcommunity-list @ permit|deny|seq"),
    (Kind.EXTCOMMUNITY_LIST, "config", "bgp|ip extcommunity-list standard|expanded @ *"),
    (Kind.AS_PATH_LIST, "config", "bgp|ip as-path access-list @ *"),
    (Kind.PEER_GROUP, "bgp", "neighbor @ peer-group $"),
    (Kind.BFD_PROFILE, "bfd", "profile @ $"),
    (Kind.VRF, "config", "vrf @ $"),
    (Kind.KEY_CHAIN, "config key-chain", "key chain @ $"),
    (Kind.NEXTHOP_GROUP, "config", "nexthop-group @ $"),
    (Kind.PBR_MAP, "config", "pbr-map @ seq *"),
    (Kind.LOCATOR, "srv6-locators", "locator @ $"),
    (Kind.SEGMENT_LIST, "traffic-eng", "segment-list @ $"),
)
"""The commands that define a name: its kind, the nodes they stand in, and their shape."""

USES: tuple[tuple[Kind, Effect, str, str], ...] = (
    # route-maps, BGP
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "neighbor * route-map @ in|out"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "neighbor * default-originate route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, BGP, "neighbor * allowas-in route-map @"),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor * unsuppress-map @"),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor * advertise-map @"),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor * advertise-map * exist-map|non-exist-map @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "network * ... route-map @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "redistribute * ... route-map @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "aggregate-address * ... route-map @"),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "aggregate-address * ... suppress-map @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "table-map @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "route-map vpn import|export @"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "import vrf route-map @"),
    (Kind.ROUTE_MAP, Effect.PASSES, BGP, "advertise ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, BGP, "sid export ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "bgp", "vnc ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "vnc-nve-group vrf-policy", "export ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "vnc-nve-group", "redistribute bgp-direct route-map @"),
    # route-maps, elsewhere
    (Kind.ROUTE_MAP, Effect.DENIES, GLOBAL, "ip|ipv6 protocol * route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, GLOBAL, "ip|ipv6 nht * route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "config", "ip|ipv6 import-table ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, ROUTERS, "redistribute ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, ROUTERS, "default-information originate ... route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "rip ripng", "route-map @ in|out"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ip igmp route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ip igmp proxy route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ipv6 mld route-map @"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "pim pim6", "join-filter route-map @"),
    (Kind.ROUTE_MAP, Effect.IDLE, "route-map", "call @"),
    # lists that filter what a session carries
    (Kind.PREFIX_LIST4, Effect.DENIES, V4, "neighbor * prefix-list @ in|out"),
    (Kind.PREFIX_LIST6, Effect.DENIES, V6, "neighbor * prefix-list @ in|out"),
    (Kind.ACCESS_LIST4, Effect.DENIES, V4, "neighbor * distribute-list @ in|out"),
    (Kind.ACCESS_LIST6, Effect.DENIES, V6, "neighbor * distribute-list @ in|out"),
    (Kind.AS_PATH_LIST, Effect.DENIES, BGP, "neighbor * filter-list @ in|out"),
    # lists that a route-map matches by
    (Kind.PREFIX_LIST4, Effect.NEVER_MATCHES, "route-map", "match ip * prefix-list @"),
    (Kind.PREFIX_LIST6, Effect.NEVER_MATCHES, "route-map", "match ipv6 * prefix-list @"),
    (Kind.ACCESS_LIST4, Effect.NEVER_MATCHES, "route-map", "match ip address|next-hop|route-source @ $"),
    (Kind.ACCESS_LIST6, Effect.NEVER_MATCHES, "route-map", "match ipv6 address|next-hop @ $"),
    (Kind.ACCESS_LIST_MAC, Effect.NEVER_MATCHES, "route-map", "match mac address @"),
    (Kind.COMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match community @"),
    (Kind.LARGE_COMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match large-community @"),
    (Kind.EXTCOMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match extcommunity @"),
    (Kind.AS_PATH_LIST, Effect.NEVER_MATCHES, "route-map", "match as-path @"),
    (Kind.COMMUNITY_LIST, Effect.IDLE, "route-map", "set comm-list @ delete"),
    (Kind.LARGE_COMMUNITY_LIST, Effect.IDLE, "route-map", "set large-comm-list @ delete"),
    (Kind.EXTCOMMUNITY_LIST, Effect.IDLE, "route-map", "set extended-comm-list @ delete"),
    (Kind.AS_PATH_LIST, Effect.IDLE, "route-map", "set as-path exclude|replace as-path-access-list @"),
    # lists, elsewhere
    (Kind.ACCESS_LIST4, Effect.UNSURE, "bmp", "ip access-list @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "bmp", "ipv6 access-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "rip babel eigrp", "distribute-list prefix @ in|out"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "rip babel eigrp ospf", "distribute-list @ in|out"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "ripng babel", "ipv6 distribute-list prefix @ in|out"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ripng babel", "ipv6 distribute-list @ in|out"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "rip", "offset-list @ in|out"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ripng", "offset-list @ in|out"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "ospf", "area * filter-list prefix @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "ospf6", "area * filter-list prefix @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ospf", "area * import-list|export-list @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ospf6", "area * import-list|export-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip ospf neighbor-filter @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 ospf6 advertise prefix-list @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "interface", "ip igmp access-list @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "interface", "ipv6 mld access-list @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "interface", "ip multicast boundary @ $"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip pim allowed-neighbors prefix-list @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 pim allowed-neighbors prefix-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip pim allow-rp rp-list @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 pim allow-rp rp-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, GLOBAL, "ip pim ... prefix-list|register-accept-list @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, GLOBAL, "ipv6 pim ... prefix-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "pim", "rp|ssm|dm|spt-switchover ... prefix-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "pim", "register-accept-list @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "pim6", "rp|ssm|spt-switchover ... prefix-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip multicast boundary oil @"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "pim6", "embedded-rp group-list @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "discovery targeted-hello accept from @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "discovery targeted-hello accept from @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "label local|remote ... from|for @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "label local|remote ... to @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "label local|remote ... from|for @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "label local|remote ... to @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "isis", "spf prefix-priority * @"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "line-vty", "access-class @"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "line-vty", "ipv6 access-class @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "isis", "fast-reroute remote-lfa prefix-list @"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "config", "debug bgp updates ... prefix-list @"),
    (
        Kind.PREFIX_LIST4,
        Effect.UNSURE,
        "bgp vnc-nve-group vrf-policy",
        "vnc|export|redistribute ... ipv4 prefix-list @",
    ),
    (
        Kind.PREFIX_LIST6,
        Effect.UNSURE,
        "bgp vnc-nve-group vrf-policy",
        "vnc|export|redistribute ... ipv6 prefix-list @",
    ),
    # peer-groups, per instance
    (Kind.PEER_GROUP, Effect.REFUSED, BGP, "neighbor * peer-group @"),
    (Kind.PEER_GROUP, Effect.REFUSED, "bgp", "neighbor * interface ... peer-group @"),
    (Kind.PEER_GROUP, Effect.REFUSED, "bgp", "bgp listen range * peer-group @"),
    # BFD profiles
    (Kind.BFD_PROFILE, Effect.IDLE, "bgp", "neighbor * bfd profile @"),
    (Kind.BFD_PROFILE, Effect.IDLE, "bfd-peer", "profile @"),
    (Kind.BFD_PROFILE, Effect.IDLE, "rip", "bfd default-profile @"),
    (Kind.BFD_PROFILE, Effect.IDLE, "interface", "ip|ipv6 ospf|ospf6|rip|pim bfd profile @"),
    (Kind.BFD_PROFILE, Effect.IDLE, "interface", "isis|openfabric bfd profile @"),
    (Kind.BFD_PROFILE, Effect.IDLE, GLOBAL, "ip|ipv6 route|mroute ... bfd ... profile @"),
    # VRFs
    (Kind.VRF, Effect.IDLE, GLOBAL, "ip|ipv6 route ... vrf @"),
    (Kind.VRF, Effect.IDLE, GLOBAL, "ip|ipv6 route ... nexthop-vrf @"),
    (Kind.VRF, Effect.IDLE, "config", "ip|ipv6 router-id * vrf @"),
    (Kind.VRF, Effect.IDLE, "config", "router-id * vrf @"),
    (Kind.VRF, Effect.IDLE, BGP, "import vrf @ $"),
    (Kind.VRF, Effect.IDLE, "pbr-map", "set vrf @"),
    (Kind.VRF, Effect.IDLE, "pbr-map", "set nexthop ... nexthop-vrf @"),
    (Kind.VRF, Effect.IDLE, "nexthop-group", "nexthop ... nexthop-vrf @"),
    (Kind.VRF, Effect.IDLE, "route-map", "match source-vrf @"),
    (Kind.VRF, Effect.IDLE, "bfd", "peer * ... vrf @"),
    (Kind.VRF, Effect.IDLE, "srv6-sids", "sid ... vrf @"),
    (Kind.VRF_INSTANCE, Effect.IDLE, "config", "router ... vrf @"),
    (Kind.VRF_INSTANCE, Effect.IDLE, "config", "interface * vrf @"),
    # the rest
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip authentication key-chain eigrp * @"),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip rip authentication key-chain @"),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip ospf authentication key-chain @"),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ipv6 ospf6 authentication keychain @"),
    (Kind.KEY_CHAIN, Effect.IDLE, "ospf", "area * virtual-link * authentication key-chain @"),
    (Kind.KEY_CHAIN, Effect.IDLE, "bfd-peer bfd-profile", "authentication key-chain @"),
    (Kind.NEXTHOP_GROUP, Effect.IDLE, "pbr-map", "set nexthop-group @"),
    (Kind.NEXTHOP_GROUP, Effect.IDLE, "nexthop-group", "backup-group @"),
    (Kind.PBR_MAP, Effect.IDLE, "interface", "pbr-policy @"),
    (Kind.LOCATOR, Effect.IDLE, "bgp-srv6 isis-srv6", "locator @"),
    (Kind.LOCATOR, Effect.IDLE, "srv6-sids", "sid * locator @"),
    (Kind.SEGMENT_LIST, Effect.IDLE, "sr-policy", "candidate-path ... explicit segment-list @"),
)
"""The commands that use a name: its kind, what FRR does where it is not there, their nodes, and their shape."""
