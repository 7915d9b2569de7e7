"""Sites for which the site check once differed from live FRR: every run tries each of them."""

from __future__ import annotations

from tests.models.scalars import Data

SITES: dict[str, Data] = {
    # Leaf 0 has the MAC address directly, and over leaf 1 with the lower next hop, which it passes on (RFC 7432, 15.1).
    "the lower next hop before the shorter path": {
        "nodes": {"node-0": {"index": 0}, "node-1": {"index": 1, "override": {"router": {"asn": 65002}}}},
        "pools": {"router-id": "10.255.0.0/24", "vtep-ipv4": "100.65.0.0/24"},
        "router": {"asn": 65001, "ebgp-requires-policy": False},
        "underlay": {
            "interfaces": [{"name": "eth0"}, {"name": "eth1"}],
            "neighbors": [
                {"address": "10.9.0.1", "remote-as": 65101, "timers": {"connect": 1}},
                {
                    "address": "10.9.1.1",
                    "remote-as": "external",
                    "timers": {"connect": 1},
                    "next-hop-self": True,
                    "per-family": {"l2vpn-evpn": {"import": "none"}},
                },
            ],
        },
        "l2vnis": [{"vni": 110}],
        "route-maps": {"none": [{"action": "deny"}]},
    },
}
