"""From the representation's links to the desired state of the two namespaces. Pure: the kernel is not asked."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir import links as ir
from frrcompile.plumb.state import (
    Address,
    Bridge,
    Desired,
    Kind,
    Link,
    Macvlan,
    Moved,
    Namespace,
    OvsPort,
    Port,
    Present,
    Sysctl,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

NODAD = 0x02
"""IFA_F_NODAD: an address that is usable at once. Anycast gateways are on several nodes, so that detection would disable them."""

SYSCTLS = (
    Sysctl("ipv4/ip_forward", "1"),
    # The kernel changes these three with the forwarding of a namespace: they are named so that a teardown restores them.
    Sysctl("ipv4/conf/default/forwarding", "1"),
    Sysctl("ipv4/conf/all/accept_redirects", "0"),
    Sysctl("ipv6/conf/all/forwarding", "1"),
    Sysctl("ipv6/conf/default/forwarding", "1"),
    # Packets of one host may arrive through any leaf (ECMP). The effective value is the larger of `all` and the link's.
    Sysctl("ipv4/conf/all/rp_filter", "0"),
    Sysctl("ipv4/conf/default/rp_filter", "0"),
    # A gratuitous ARP or an unsolicited NA makes a neighbor, from which EVPN announces a host that moved here.
    Sysctl("ipv4/conf/all/arp_accept", "1"),
    Sysctl("ipv6/conf/all/accept_untracked_na", "1", optional=True),
    Sysctl("ipv6/conf/default/accept_untracked_na", "1", optional=True),
    # A link that goes down and up keeps its IPv6 addresses.
    Sysctl("ipv6/conf/all/keep_addr_on_down", "1"),
    Sysctl("ipv6/conf/default/keep_addr_on_down", "1"),
)
"""What FRR's namespace needs for an EVPN router. New links take the values of `default`."""


def plan(links: ir.Links) -> Desired:
    """The desired state for a node's links."""
    host_links: list[Link] = []
    router_links: list[Link] = [Link("lo", Present())]
    router_links += map(_nic, links.nics)
    router_links += (Link(vrf.name, Vrf(vrf.table), at=vrf.at) for vrf in links.vrfs)
    router_links += map(_bridge, links.bridges)
    router_links += map(_vxlan, links.vxlans)
    for pair in links.veths:
        host_links.append(Link(pair.host, Veth(pair.router, "router"), mtu=pair.mtu, at=pair.at))
        router_links.append(Link(pair.router, Veth(pair.host, "host"), mtu=pair.mtu, master=pair.vrf, at=pair.at))
    host_links[:0] = [*_parents(links), *_host_bridges(links)]
    openvswitch = {bridge.name: bridge for bridge in links.host_bridges if bridge.kind == "ovs"}
    ports: list[OvsPort] = []
    for segment in links.segment_veths:
        ovs = openvswitch.get(segment.host_bridge) if segment.host_bridge else None
        master = None if ovs else segment.host_bridge
        host_links.append(_port(segment.host, Veth(segment.router, "router"), segment, master))
        router_links.append(_port(segment.router, Veth(segment.host, "host"), segment, segment.bridge))
        if ovs:
            ports.append(OvsPort(ovs.name, segment.host, ovs.create))
    return Desired(
        host=Namespace(tuple(host_links), tuple(_host_addresses(links))),
        router=Namespace(tuple(router_links), tuple(_router_addresses(links)), sysctls=SYSCTLS),
        keeping=frozenset(nic.name for nic in links.nics if nic.attach == "move" and not nic.addresses),
        ovs=tuple(ports),
        pod_mtu=min((pair.mtu for pair in links.veths or links.vxlans), default=None),
    )


def _nic(nic: ir.Nic) -> Link:
    if nic.parent is None:
        kind = Moved() if nic.attach == "move" else Present()
        return Link(nic.name, kind, least_mtu=nic.mtu, at=nic.at)
    made = Vlan(nic.parent, nic.vlan) if nic.vlan else Macvlan(nic.parent)
    return Link(nic.name, made, mtu=nic.mtu, at=nic.at)


def _parents(links: ir.Links) -> Iterator[Link]:
    """The host's NICs that links are made of, each once. They must be up: a VLAN sub-interface of one that is down stays down."""
    made = [nic for nic in links.nics if nic.parent]
    for name, first in {nic.parent: nic for nic in reversed(made) if nic.parent}.items():
        mtu = max(nic.mtu for nic in made if nic.parent == name)
        yield Link(name, Present(), least_mtu=mtu, at=first.at)


def _bridge(bridge: ir.Bridge) -> Link:
    # Without link-local addresses: they would make each VNI an IPv6 router with an address of its own.
    return Link(
        bridge.name, Bridge(), mtu=bridge.mtu, mac=bridge.mac, master=bridge.vrf, link_local=False, at=bridge.at
    )


def _vxlan(vxlan: ir.Vxlan) -> Link:
    kind = Vxlan(vxlan.vni, vxlan.local, vxlan.port)
    port = Port(vxlan.suppress_neighbors, learning=False)
    return Link(vxlan.name, kind, mtu=vxlan.mtu, master=vxlan.bridge, link_local=False, port=port, at=vxlan.at)


def _port(name: str, kind: Kind, segment: ir.SegmentVeth, master: str | None) -> Link:
    return Link(name, kind, mtu=segment.mtu, master=master, link_local=False, at=segment.at)


def _host_bridges(links: ir.Links) -> Iterator[Link]:
    """The Linux bridges on the host. One that is made has the smallest MTU of its ports."""
    for bridge in {one.name: one for one in links.host_bridges if one.kind == "linux"}.values():
        mtu = min(one.mtu for one in links.segment_veths if one.host_bridge == bridge.name)
        if bridge.create:
            yield Link(bridge.name, Bridge(), mtu=mtu, link_local=False, at=bridge.at)
        else:
            yield Link(bridge.name, Present(), up=None, at=bridge.at)


def _router_addresses(links: ir.Links) -> Iterator[Address]:
    yield from (_address("lo", address) for address in links.loopback)
    for nic in links.nics:
        yield from (_address(nic.name, address) for address in nic.addresses)
    for bridge in links.bridges:
        yield from (_address(bridge.name, address) for address in bridge.addresses)
    for pair in links.veths:
        yield from (_address(pair.router, address) for address in pair.router_addresses)


def _host_addresses(links: ir.Links) -> Iterator[Address]:
    for pair in links.veths:
        yield from (_address(pair.host, address) for address in pair.host_addresses)


def _address(link: str, address: str) -> Address:
    return Address(link, address, flags=NODAD if ":" in address else 0)
