"""The values that FRR has where a configuration gives none: times in seconds or, where it says so, in milliseconds."""

from __future__ import annotations

KEEPALIVE, HOLD, CONNECT = 60, 180, 120
"""BGP's timers under `frr defaults traditional` (bgpd/bgp_vty.h)."""

BGP_PORT = 179

TTL = 1
"""Of an eBGP session without `ebgp-multihop`: FRR does not show `ebgp-multihop 1`."""

MULTIHOP = 255
"""The TTL of `ebgp-multihop` without a number (bgpd/bgpd.h, MAXTTL)."""

ALLOWAS_IN = 3
"""How often `allowas-in` takes the own AS in a path."""

MAXIMUM_PREFIX_THRESHOLD = 75
"""Per cent of `maximum-prefix` at which bgpd warns (bgpd/bgpd.h, MAXIMUM_PREFIX_THRESHOLD_DEFAULT)."""

VXLAN_OVERHEAD = {"ipv4": 50, "ipv6": 70}
"""Bytes that VXLAN takes of the underlay's MTU, by the family of the VTEPs (RFC 7348)."""

PRIVATE_AS = (range(64512, 65535), range(4200000000, 4294967295))
"""AS numbers for private use (RFC 6996)."""

MULTIPATH = 256
"""The paths that bgpd uses together: what Debian's and FRR's packages are built for (--enable-multipath); FRR does not show it."""

RESTART_TIME, STALEPATH_TIME, SELECT_DEFER_TIME, RIB_STALE_TIME = 120, 360, 360, 500
"""Of graceful restart (bgpd/bgpd.h)."""

BFD_MULTIPLIER = 3
BFD_INTERVAL, BFD_ECHO_INTERVAL = 300, 50
"""In milliseconds (bfdd/bfd.h)."""
BFD_MINIMUM_TTL = 254
