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
    (Kind.ROUTE_MAP, "config", "route-map @NAME <permit|deny> NUMBER ..."),
    (Kind.PREFIX_LIST4, "config", "ip prefix-list @NAME ENTRY ..."),
    (Kind.PREFIX_LIST6, "config", "ipv6 prefix-list @NAME ENTRY ..."),
    (Kind.ACCESS_LIST4, "config", "access-list @NAME ENTRY ..."),
    (Kind.ACCESS_LIST6, "config", "ipv6 access-list @NAME ENTRY ..."),
    (Kind.ACCESS_LIST_MAC, "config", "mac access-list @NAME ENTRY ..."),
    (Kind.COMMUNITY_LIST, "config", "<bgp|ip> community-list @NAME <permit|deny|seq> ..."),
    (Kind.COMMUNITY_LIST, "config", "<bgp|ip> community-list <standard|expanded> @NAME ENTRY ..."),
    (Kind.LARGE_COMMUNITY_LIST, "config", "<bgp|ip> large-community-list @NAME <permit|deny|seq> ..."),
    (Kind.LARGE_COMMUNITY_LIST, "config", "<bgp|ip> large-community-list <standard|expanded> @NAME ENTRY ..."),
    (Kind.EXTCOMMUNITY_LIST, "config", "<bgp|ip> extcommunity-list @NAME <permit|deny|seq> ..."),
    (Kind.EXTCOMMUNITY_LIST, "config", "<bgp|ip> extcommunity-list <standard|expanded> @NAME ENTRY ..."),
    (Kind.AS_PATH_LIST, "config", "<bgp|ip> as-path access-list @NAME ENTRY ..."),
    (Kind.PEER_GROUP, "bgp", "neighbor @NAME peer-group"),
    (Kind.BFD_PROFILE, "bfd", "profile @NAME"),
    (Kind.VRF, "config", "vrf @NAME"),
    (Kind.KEY_CHAIN, "config key-chain", "key chain @NAME"),
    (Kind.NEXTHOP_GROUP, "config", "nexthop-group @NAME"),
    (Kind.PBR_MAP, "config", "pbr-map @NAME seq NUMBER ..."),
    (Kind.LOCATOR, "srv6-locators", "locator @NAME"),
    (Kind.SEGMENT_LIST, "traffic-eng", "segment-list @NAME"),
)
"""The commands that define a name: its kind, the nodes they stand in, and their pattern, which asks for the name."""

USES: tuple[tuple[Kind, Effect, str, str], ...] = (
    # route-maps, BGP
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "neighbor PEER route-map @NAME <in|out>"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "neighbor PEER default-originate route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, BGP, "neighbor PEER allowas-in route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor PEER unsuppress-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor PEER advertise-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "neighbor PEER advertise-map MAP <exist-map|non-exist-map> @NAME ..."),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "network PREFIX ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "redistribute PROTOCOL ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "aggregate-address PREFIX ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.IDLE, BGP, "aggregate-address PREFIX ... suppress-map @NAME"),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "table-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "route-map vpn <import|export> @NAME ..."),
    (Kind.ROUTE_MAP, Effect.DENIES, BGP, "import vrf route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.PASSES, BGP, "advertise ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, BGP, "sid export ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "bgp", "vnc ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "vnc-nve-group vrf-policy", "export ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "vnc-nve-group", "redistribute bgp-direct route-map @NAME ..."),
    # route-maps, elsewhere
    (Kind.ROUTE_MAP, Effect.DENIES, GLOBAL, "<ip|ipv6> protocol PROTOCOL route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, GLOBAL, "<ip|ipv6> nht PROTOCOL route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, "config", "<ip|ipv6> import-table ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, ROUTERS, "redistribute ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, ROUTERS, "default-information originate ... route-map @NAME"),
    (Kind.ROUTE_MAP, Effect.UNSURE, "rip ripng", "route-map @NAME <in|out> ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ip igmp route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ip igmp proxy route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, "interface", "ipv6 mld route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.UNSURE, "pim pim6", "join-filter route-map @NAME ..."),
    (Kind.ROUTE_MAP, Effect.IDLE, "route-map", "call @NAME ..."),
    # lists that filter what a session carries
    (Kind.PREFIX_LIST4, Effect.DENIES, V4, "neighbor PEER prefix-list @NAME <in|out>"),
    (Kind.PREFIX_LIST6, Effect.DENIES, V6, "neighbor PEER prefix-list @NAME <in|out>"),
    (Kind.ACCESS_LIST4, Effect.DENIES, V4, "neighbor PEER distribute-list @NAME <in|out>"),
    (Kind.ACCESS_LIST6, Effect.DENIES, V6, "neighbor PEER distribute-list @NAME <in|out>"),
    (Kind.AS_PATH_LIST, Effect.DENIES, BGP, "neighbor PEER filter-list @NAME <in|out>"),
    # lists that a route-map matches by
    (Kind.PREFIX_LIST4, Effect.NEVER_MATCHES, "route-map", "match ip WHAT prefix-list @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.NEVER_MATCHES, "route-map", "match ipv6 WHAT prefix-list @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.NEVER_MATCHES, "route-map", "match ip <address|next-hop|route-source> @NAME"),
    (Kind.ACCESS_LIST6, Effect.NEVER_MATCHES, "route-map", "match ipv6 <address|next-hop> @NAME"),
    (Kind.ACCESS_LIST_MAC, Effect.NEVER_MATCHES, "route-map", "match mac address @NAME ..."),
    (Kind.COMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match community @NAME ..."),
    (Kind.LARGE_COMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match large-community @NAME ..."),
    (Kind.EXTCOMMUNITY_LIST, Effect.NEVER_MATCHES, "route-map", "match extcommunity @NAME ..."),
    (Kind.AS_PATH_LIST, Effect.NEVER_MATCHES, "route-map", "match as-path @NAME ..."),
    (Kind.COMMUNITY_LIST, Effect.IDLE, "route-map", "set comm-list @NAME delete ..."),
    (Kind.LARGE_COMMUNITY_LIST, Effect.IDLE, "route-map", "set large-comm-list @NAME delete ..."),
    (Kind.EXTCOMMUNITY_LIST, Effect.IDLE, "route-map", "set extended-comm-list @NAME delete ..."),
    (Kind.AS_PATH_LIST, Effect.IDLE, "route-map", "set as-path <exclude|replace> as-path-access-list @NAME ..."),
    # lists, elsewhere
    (Kind.ACCESS_LIST4, Effect.UNSURE, "bmp", "ip access-list @NAME ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "bmp", "ipv6 access-list @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "rip babel eigrp", "distribute-list prefix @NAME <in|out> ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "rip babel eigrp ospf", "distribute-list @NAME <in|out> ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "ripng babel", "ipv6 distribute-list prefix @NAME <in|out> ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ripng babel", "ipv6 distribute-list @NAME <in|out> ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "rip", "offset-list @NAME <in|out> ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ripng", "offset-list @NAME <in|out> ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "ospf", "area AREA filter-list prefix @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "ospf6", "area AREA filter-list prefix @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ospf", "area AREA <import-list|export-list> @NAME ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ospf6", "area AREA <import-list|export-list> @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip ospf neighbor-filter @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 ospf6 advertise prefix-list @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "interface", "ip igmp access-list @NAME ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "interface", "ipv6 mld access-list @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "interface", "ip multicast boundary @NAME"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip pim allowed-neighbors prefix-list @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 pim allowed-neighbors prefix-list @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip pim allow-rp rp-list @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "interface", "ipv6 pim allow-rp rp-list @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, GLOBAL, "ip pim ... <prefix-list|register-accept-list> @NAME"),
    (Kind.PREFIX_LIST6, Effect.UNSURE, GLOBAL, "ipv6 pim ... prefix-list @NAME"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "pim", "<rp|ssm|dm|spt-switchover> ... prefix-list @NAME"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "pim", "register-accept-list @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "pim6", "<rp|ssm|spt-switchover> ... prefix-list @NAME"),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "interface", "ip multicast boundary oil @NAME ..."),
    (Kind.PREFIX_LIST6, Effect.UNSURE, "pim6", "embedded-rp group-list @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "discovery targeted-hello accept from @NAME ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "discovery targeted-hello accept from @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "label <local|remote> ... <from|for> @NAME"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "ldp-ipv4", "label <local|remote> ... to @NAME"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "label <local|remote> ... <from|for> @NAME"),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "ldp-ipv6", "label <local|remote> ... to @NAME"),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "isis", "spf prefix-priority LEVEL @NAME ..."),
    (Kind.ACCESS_LIST4, Effect.UNSURE, "line-vty", "access-class @NAME ..."),
    (Kind.ACCESS_LIST6, Effect.UNSURE, "line-vty", "ipv6 access-class @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "isis", "fast-reroute remote-lfa prefix-list @NAME ..."),
    (Kind.PREFIX_LIST4, Effect.UNSURE, "config", "debug bgp updates ... prefix-list @NAME"),
    (
        Kind.PREFIX_LIST4,
        Effect.UNSURE,
        "bgp vnc-nve-group vrf-policy",
        "<vnc|export|redistribute> ... ipv4 prefix-list @NAME",
    ),
    (
        Kind.PREFIX_LIST6,
        Effect.UNSURE,
        "bgp vnc-nve-group vrf-policy",
        "<vnc|export|redistribute> ... ipv6 prefix-list @NAME",
    ),
    # peer-groups, per instance
    (Kind.PEER_GROUP, Effect.REFUSED, BGP, "neighbor PEER peer-group @NAME ..."),
    (Kind.PEER_GROUP, Effect.REFUSED, "bgp", "neighbor PEER interface ... peer-group @NAME"),
    (Kind.PEER_GROUP, Effect.REFUSED, "bgp", "bgp listen range PREFIX peer-group @NAME ..."),
    # BFD profiles
    (Kind.BFD_PROFILE, Effect.IDLE, "bgp", "neighbor PEER bfd profile @NAME ..."),
    (Kind.BFD_PROFILE, Effect.IDLE, "bfd-peer", "profile @NAME ..."),
    (Kind.BFD_PROFILE, Effect.IDLE, "rip", "bfd default-profile @NAME ..."),
    (Kind.BFD_PROFILE, Effect.IDLE, "interface", "<ip|ipv6> <ospf|ospf6|rip|pim> bfd profile @NAME ..."),
    (Kind.BFD_PROFILE, Effect.IDLE, "interface", "<isis|openfabric> bfd profile @NAME ..."),
    (Kind.BFD_PROFILE, Effect.IDLE, GLOBAL, "<ip|ipv6> <route|mroute> ... bfd ... profile @NAME"),
    # VRFs
    (Kind.VRF, Effect.IDLE, GLOBAL, "<ip|ipv6> route ... vrf @NAME"),
    (Kind.VRF, Effect.IDLE, GLOBAL, "<ip|ipv6> route ... nexthop-vrf @NAME"),
    (Kind.VRF, Effect.IDLE, "config", "<ip|ipv6> router-id ADDRESS vrf @NAME ..."),
    (Kind.VRF, Effect.IDLE, "config", "router-id ADDRESS vrf @NAME ..."),
    (Kind.VRF, Effect.IDLE, BGP, "import vrf @NAME"),
    (Kind.VRF, Effect.IDLE, "pbr-map", "set vrf @NAME ..."),
    (Kind.VRF, Effect.IDLE, "pbr-map", "set nexthop ... nexthop-vrf @NAME"),
    (Kind.VRF, Effect.IDLE, "nexthop-group", "nexthop ... nexthop-vrf @NAME"),
    (Kind.VRF, Effect.IDLE, "route-map", "match source-vrf @NAME ..."),
    (Kind.VRF, Effect.IDLE, "bfd", "peer PEER ... vrf @NAME"),
    (Kind.VRF, Effect.IDLE, "srv6-sids", "sid ... vrf @NAME"),
    (Kind.VRF_INSTANCE, Effect.IDLE, "config", "router ... vrf @NAME"),
    (Kind.VRF_INSTANCE, Effect.IDLE, "config", "interface IFNAME vrf @NAME ..."),
    # the rest
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip authentication key-chain eigrp NUMBER @NAME ..."),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip rip authentication key-chain @NAME ..."),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ip ospf authentication key-chain @NAME ..."),
    (Kind.KEY_CHAIN, Effect.IDLE, "interface", "ipv6 ospf6 authentication keychain @NAME ..."),
    (Kind.KEY_CHAIN, Effect.IDLE, "ospf", "area AREA virtual-link ADDRESS authentication key-chain @NAME ..."),
    (Kind.KEY_CHAIN, Effect.IDLE, "bfd-peer bfd-profile", "authentication key-chain @NAME ..."),
    (Kind.NEXTHOP_GROUP, Effect.IDLE, "pbr-map", "set nexthop-group @NAME ..."),
    (Kind.NEXTHOP_GROUP, Effect.IDLE, "nexthop-group", "backup-group @NAME ..."),
    (Kind.PBR_MAP, Effect.IDLE, "interface", "pbr-policy @NAME ..."),
    (Kind.LOCATOR, Effect.IDLE, "bgp-srv6 isis-srv6", "locator @NAME ..."),
    (Kind.LOCATOR, Effect.IDLE, "srv6-sids", "sid SID locator @NAME ..."),
    (Kind.SEGMENT_LIST, Effect.IDLE, "sr-policy", "candidate-path ... explicit segment-list @NAME"),
)
"""The commands that use a name: its kind, what FRR does where it is not defined, their nodes, and their pattern."""
