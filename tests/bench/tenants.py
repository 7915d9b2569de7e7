"""A model with many tenants: `python -m tests.bench.tenants VRFS [NODES]` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterator


def tenants(vrfs: int, nodes: int = 1) -> Iterator[str]:
    """The lines of a site in which every VRF has an L3VNI and a host session of both families."""
    yield "nodes:"
    for node in range(nodes):
        yield f"  node-{node}: {{index: {node}}}"
    yield "pools: {router-id: 10.255.0.0/16, vtep-ipv4: 100.64.0.0/16}"
    yield "router: {asn: 64514, import-check: false, ebgp-requires-policy: false}"
    yield "underlay:"
    yield "  interfaces: [{name: eth1}]"
    yield "  neighbors:"
    yield "    - {address: 192.168.11.2, remote-as: 64512, allowas-in: 1}"
    yield "evpn: {advertise-svi-ip: true}"
    yield "route-maps: {allowall: [{action: permit}]}"
    yield "vrfs:"
    for n in range(1, vrfs + 1):
        yield f"  tenant{n}:"
        yield f"    table: {1000 + n}"
        yield "    asn: 64516"
        yield f"    l3vni: {{vni: {n}, import-rts: ['64512:{n}'], export-rts: ['64512:{n}']}}"
        yield "    host-session:"
        yield "      asn: 64515"
        yield f"      ipv4: {{pool: 10.{n >> 6}.{(n & 63) << 2}.0/22}}"
        yield f"      ipv6: {{pool: 'fd00:0:0:{n:x}::/64'}}"
        yield "      import: allowall"
        yield "      export: allowall"


if __name__ == "__main__":
    for line in tenants(*map(int, sys.argv[1:])):
        print(line)
