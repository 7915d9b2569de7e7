"""From which release on FRR behaves otherwise: each tried on eleven releases from 8.4.4 to 10.7.1, none of them a 10.0.

Where 9.1.3 has the old behavior and 10.1.4 the new one, 10.0 is inferred: to be like 10.1, or, where a wrong guess would hide what
a reload breaks, like 9.1 (`(10, 1)`).
A line's default is in defaults.py, its form in forms/, a command in `grammar/`.
"""

from __future__ import annotations

from frrcompile.facts.releases import Release

# vtysh and frr-reload.py
EARLY_EXIT_ENDS_READING: Release = (9, 0)
"""Behind one `exit` too many at the top vtysh reads no further; before, it refuses each line that follows, `-C` too."""
RELOAD_LEAVES_CONTEXTS: Release = (9, 0)
"""frr-reload.py sends `exit` between contexts; before, a `vrf` block behind `router bgp` lands in BGP's `vrf-policy`."""
RELOAD_KNOWS_INTERFACE_VRF: Release = (10, 1)
"""frr-reload.py takes `interface X vrf V` and `interface X` for the same."""
RELOAD_NUMBERS_AS_PATHS: Release = (10, 1)
"""frr-reload.py takes an as-path list's entry without `seq` for the one that FRR shows."""
RELOAD_SORTS_AGGREGATES: Release = (10, 7)
"""frr-reload.py takes an aggregate with its options in another order for the same."""
IMPORTED_INSTANCE_HIDDEN: Release = (10, 1)
"""FRR does not show the instance that `import vrf` makes, and a reload does not delete it."""
LONG_LINES: Release = (10, 6)
"""vtysh reads lines of 8,191 characters; before, of 4,095."""

# zebra and mgmtd
MGMTD_HAS_VNIS: Release = (10, 0)
"""mgmtd takes a VRF's `vni` and shows it, and a second one takes the place of the first; before, zebra refuses the second.

10.0 is inferred from FRR pull request 15181.
"""

# bgpd
LOOPBACK_NEXT_HOP_REFUSED: Release = (9, 0)
"""`set ip next-hop 127.0.0.1` is refused, with all maps and lists that are grouped with it."""
CLASS_E_NEXT_HOP: Release = (10, 4)
"""`set ip next-hop 240.0.0.1` is taken."""
EVPN_RD_SHOWN: Release = (9, 0)
"""bgpd survives `match evpn rd` in `show running-config`."""
INTERNAL_LOCAL_AS: Release = (8, 5)
"""`local-as` is taken for an internal neighbor, and where it is its remote-as."""
MIXED_PEER_GROUPS: Release = (10, 7)
"""A peer group may have internal and external neighbors."""
CONFEDERATION_NEEDS_NO_POLICY: Release = (8, 5)
"""`bgp ebgp-requires-policy` does not count for peers of the confederation."""
WILDCARD_TARGETS: Release = (8, 5)
"""`route-target import *:NUMBER` is taken."""
DOTTED_AS_IN_TARGETS: Release = (10, 1)
"""`1.2:3` is a route target of AS 65538; before, of the address 1.0.0.2."""
EVPN_MAXIMUM_PREFIX: Release = (10, 1)
"""`maximum-prefix` in `address-family l2vpn evpn`; before, it is read as IPv4 unicast's, and the rest of the family is lost.

FRRouting/frr pull request 15735 was merged in April 2024, after 10.0 had its branch.
"""
RESTART_RESETS: Release = (10, 2)
"""A change of graceful restart, at an instance or a neighbor, closes sessions.

From FRRouting/frr pull request 16099: 10.1.4 has none of its commands, and 10.2.5 has them. Measured on 8.4.4, 10.3 and 10.7.1.
"""
ROLE_KEEPS_SESSION: Release = (9, 1)
"""A change of `local-role` closes no session.

From FRRouting/frr pull request 14154, merged in August 2023 between the branches of 9.0 and 9.1. Measured on 8.4.4, 10.3 and 10.7.1.
"""
DYNAMIC_CAPABILITY_KEEPS_SESSION: Release = (10, 3)
"""A change of `capability dynamic` closes no session. Measured on 8.4.4, 10.3 and 10.7.1.

bgpd/bgpd.c of spring 2024, when 10.0 had its branch, closes it; 10.1 and 10.2 are taken to do so, which hides no reset.
"""
LOOP_DETECTION_RESETS: Release = (10, 4)
"""A change of `sender-as-path-loop-detection` closes the session. Measured on 8.4.4, 10.3 and 10.7.1.

From FRRouting/frr pull request 20593 of January 2026. Later patch releases of 10.4 to 10.6 may have it: all of them are taken to.
"""
NEIGHBOR_GRACEFUL_SHUTDOWN: Release = (8, 5)
"""bgpd knows `neighbor X graceful-shutdown`."""
ZERO_COMMUNITY: Release = (9, 1)
"""Community 0:0 is shown so; before, it is `internet`, which every route has."""
NETWORKS_LEAK: Release = (10, 0)
"""`import vrf` takes the networks of a VRF, too; before, their paths are not valid in the other VRF.

10.0 is inferred from FRRouting/frr pull request 15238, merged in early 2024. Measured: 8.4.4 leaks none, with and without
`bgp network import-check`; 10.3 and 10.7.1 leak them.
"""
ROUTER_MAC_STAYS: Release = (9, 1)
"""zebra keeps a remote VTEP's router MAC when one of several sessions that announce its routes ends; before, it removes it.

Measured: 8.4.4 removes it, 10.3 and 10.7.1 keep it. 9.1 is inferred from FRRouting/frr issue 12391, mended by pull request
12524 in August 2023, for which backports to 8.4, 8.5 and 9.0 were asked for.
"""
IPV6_VTEPS: Release = (10, 6)
"""A type-3 route of an IPv6 VTEP has that VTEP as next hop; before, it has the router id (measured: 10.3, 10.4.4, 10.5.4; 10.6.1)."""
VNI_MATCHED_ON_IMPORT: tuple[Release, ...] = ((8, 4), (10, 7))
"""`match evpn vni` matches incoming type-2 routes on 8.4.4 and 10.7.1, and none on 10.3 (measured). Other releases were not tried."""
NO_LABEL_DECIDES_NOTHING: tuple[Release, Release] = ((8, 5), (10, 3))
"""`match evpn vni` decides nothing about a type-3 route on 10.3 and 10.7.1, and does not match it on 8.4.4. In between it was not tried."""
