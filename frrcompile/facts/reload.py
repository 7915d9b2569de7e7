"""Lines that frr-reload.py does not compare or cannot take back, as patterns (`facts/pattern.py`). Tried on 8.4.4, 10.3 and 10.7.1."""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.facts.releases import Release

FORWARDING = ("ip forwarding", "ipv6 forwarding")
"""On in every profile, and shown only where they are off: frr-reload.py lists both at each run, and their difference is none."""


class Lasting(NamedTuple):
    """A line that FRR takes and that no command removes before the event `until`.

    `line` is its pattern, `shown` names it in messages. `release` is the only release that cannot remove it; None for all.
    `shortest` is the number of letters that the first word has at least, where other commands begin with the same ones.
    """

    line: str
    shown: str
    until: str
    release: Release | None = None
    shortest: int = 1


_INSTANCE = "its whole BGP instance is removed"

LASTING = (
    Lasting("zebra on-rib-process script ...", "zebra on-rib-process script", "zebra is started anew"),
    Lasting("router bgp ASN view NAME ...", "router bgp ... view", "bgpd is started anew", (10, 3)),
    Lasting("vnc export bgp ...", "vnc export bgp", _INSTANCE),
    Lasting("vnc redistribute <mode|resolve-nve> ...", "vnc redistribute mode|resolve-nve", _INSTANCE),
    Lasting(
        "vnc redistribute <ipv4|ipv6> bgp-direct-to-nve-groups ...", "vnc redistribute ...-to-nve-groups", _INSTANCE
    ),
    Lasting("rfp ...", "rfp", _INSTANCE, shortest=2),
)
"""10.3 and 10.7.1 take none of three forms of `no zebra on-rib-process script`. 10.3 does not find the instance that
`no router bgp X view V` names; 8.4.4 and 10.7.1 remove it. Of all commands of a BGP instance, and of the top in
10.3, the others stayed after `no` with each number of their words, on each of these releases that has them."""

EMPTY_BLOCKS = (
    *("bfd", "rpki", "pseudowire IFNAME"),
    *("segment-routing", "srv6", "locators", "encapsulation", "formats", "static-sids", "traffic-eng", "pcep", "pcc"),
)
"""Headers of blocks that configure nothing by themselves: only their lines do."""

LINE_BY_LINE = (
    *("segment-routing", "segment-routing srv6", "srv6", "locators", "encapsulation", "formats", "format NAME"),
    *("static-sids", "traffic-eng", "pcep", "pcc"),
)
"""Headers below `segment-routing` and `router bgp` whose block ends by the `no` of its lines. 10.3 has no `no encapsulation` and no
`no formats`, no release has `no segment-routing`, and 10.7.1 sets `no srv6-only` for `no segment-routing srv6`."""

OF_THE_HOST = ("log ...", "debug ...", "service ...")
"""Lines that are compared and configure no routing, such as logs. The sidecar takes a file of such lines alone for an empty one."""

UNCOMPARED = (
    *FORWARDING,
    *("hostname ...", "domainname ...", "frr version ...", "frr defaults ...", "service integrated-vtysh-config"),
    *("password ...", "enable ...", "username ...", "banner ...", "agentx"),
    *("line vty", "exec-timeout ...", "access-class ...", "ipv6 access-class ...", "login"),
    *EMPTY_BLOCKS,
    *("vrf NAME", "interface IFNAME", "interface IFNAME vrf NAME", "no ...", "end"),
)
"""Beside the lines that only close a block: lines that it leaves alone, or that say nothing about what FRR is to run."""
