"""Lines that frr-reload.py does not compare or cannot take back, as patterns (`facts/pattern.py`). Tried on 8.4.4, 10.3 and 10.7.1."""

from __future__ import annotations

FORWARDING = ("ip forwarding", "ipv6 forwarding")
"""On in every profile, and shown only where they are off: frr-reload.py lists both at each run, and their difference is none."""

LASTING = "zebra on-rib-process script ..."
"""Taken by 10.3 and 10.7.1, which take none of the three forms of its `no` that were tried: it stays until zebra is started anew."""

EMPTY_BLOCKS = (
    *("bfd", "rpki", "pseudowire IFNAME"),
    *("segment-routing", "srv6", "locators", "encapsulation", "formats", "static-sids", "traffic-eng", "pcep", "pcc"),
)
"""Headers of blocks that configure nothing by themselves: only their lines do."""

UNCOMPARED = (
    *FORWARDING,
    *("hostname ...", "domainname ...", "frr version ...", "frr defaults ...", "service integrated-vtysh-config"),
    *("password ...", "enable ...", "username ...", "banner ...", "agentx"),
    *("line vty", "exec-timeout ...", "access-class ...", "ipv6 access-class ...", "login"),
    *EMPTY_BLOCKS,
    *("vrf NAME", "interface IFNAME", "interface IFNAME vrf NAME", "no ...", "end"),
)
"""Beside the lines that only close a block: lines that it leaves alone, or that say nothing about what FRR is to run."""
