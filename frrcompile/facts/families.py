"""BGP's address families: what commands, headers and `grammar/node.yaml` call each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Words = tuple[str, ...]


class Family(NamedTuple):
    """One address family (bgpd/bgp_vty.c, `address-family`). No release has `address-family vpnv4`: bgpd is built without it.

    `name` is the word of `bgp default` and of models (`ipv4-unicast`), empty where there is none; `node` the name in
    `grammar/node.yaml`. `header` is the header as FRR shows it, `also` are other headers that FRR takes for it. `short` is
    what pictures call it.
    """

    name: str
    node: str
    header: str
    short: str
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The header without its first word: `ipv4 unicast`."""
        return self.header.partition(" ")[2]

    @property
    def words(self) -> Words:
        """The words of the header."""
        return tuple(self.header.split())


IPV4, IPV6, EVPN = "bgp-ipv4", "bgp-ipv6", "bgp-evpn"

FAMILIES: tuple[Family, ...] = (
    Family("ipv4-unicast", IPV4, "address-family ipv4 unicast", "IPv4", ("address-family ipv4",)),
    Family("ipv4-multicast", "bgp-ipv4-multicast", "address-family ipv4 multicast", "IPv4 multicast"),
    Family("ipv4-vpn", "bgp-vpnv4", "address-family ipv4 vpn", "VPNv4"),
    Family("ipv4-labeled-unicast", "bgp-ipv4-labeled", "address-family ipv4 labeled-unicast", "labeled IPv4"),
    Family("ipv4-flowspec", "bgp-ipv4-flowspec", "address-family ipv4 flowspec", "IPv4 flowspec"),
    Family("ipv6-unicast", IPV6, "address-family ipv6 unicast", "IPv6", ("address-family ipv6",)),
    Family("ipv6-multicast", "bgp-ipv6-multicast", "address-family ipv6 multicast", "IPv6 multicast"),
    Family("ipv6-vpn", "bgp-vpnv6", "address-family ipv6 vpn", "VPNv6"),
    Family("ipv6-labeled-unicast", "bgp-ipv6-labeled", "address-family ipv6 labeled-unicast", "labeled IPv6"),
    Family("ipv6-flowspec", "bgp-ipv6-flowspec", "address-family ipv6 flowspec", "IPv6 flowspec"),
    Family("l2vpn-evpn", EVPN, "address-family l2vpn evpn", "EVPN"),
    Family("", "bgp-link-state", "address-family link-state link-state", "link state"),
)
"""All of them, in the order in which FRR's own help names them."""

DEFAULT = FAMILIES[0]
"""The family that a neighbor is in without a line (bgpd/bgpd.c, bgp_create), and whose lines may stand outside of any family."""

BY_NAME: Mapping[str, Family] = {family.name: family for family in FAMILIES if family.name}
BY_NODE: Mapping[str, Family] = {family.node: family for family in FAMILIES}

NODES: Words = tuple(BY_NODE)
"""The families' nodes."""

BGP: Words = ("bgp", *NODES)
"""The nodes of a BGP instance and its families: a `neighbor` line may stand in each."""

WITH_NETWORKS: Words = ("bgp", IPV4, IPV6, "bgp-ipv4-multicast", "bgp-ipv6-multicast")
"""The nodes in which prefixes of IPv4 and IPv6 without labels stand: `network`, and a neighbor's prefix list."""

OF_FAMILY = frozenset(
    {
        *("activate", "addpath-rx-paths-limit", "addpath-tx-all-paths", "addpath-tx-best-selected"),
        *(
            "addpath-tx-bestpath-per-AS",
            "advertise-map",
            "allowas-in",
            "as-override",
            "attribute-unchanged",
            "dampening",
        ),
        *("default-originate", "disable-addpath-rx", "distribute-list", "filter-list", "maximum-prefix"),
        *("maximum-prefix-out", "next-hop-self", "nexthop-local", "accept-own", "prefix-list", "remove-private-AS"),
        *("route-map", "route-reflector-client", "route-server-client", "send-community", "soft-reconfiguration"),
        *("soo", "unsuppress-map", "weight"),
    }
)
"""What follows `neighbor X` in a line of a family; outside of any family it is for IPv4 unicast."""
