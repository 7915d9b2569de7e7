"""Links: what the kernel needs for the same VNIs, VRFs and sessions, under names derived from their numbers."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from frrcompile.ir.links import Bridge, HostBridge, Links, Nic, SegmentVeth, Veth, VrfDevice, Vxlan
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.underlay import Nic as NicModel
from frrcompile.model.vni import L2Vni


def links(scope: Scope) -> Links:
    """All links of the node."""
    site = scope.site
    vteps = [address for family in ("ipv4", "ipv6") if (address := scope.vtep(family))]
    bridges, vxlans = [], []
    for name, vrf in scope.vrfs().items():
        if vrf.l3vni and (local := scope.vtep(vrf.l3vni.underlay)):
            at: Origin = ("vrfs", name, "l3vni")
            mtu = scope.mtu(vrf.l3vni.underlay)
            mac = vrf.l3vni.router_mac or router_mac(local)
            vni = vrf.l3vni.vni
            bridges.append(Bridge(f"br{vni}", name, mac, (), mtu, at=at))
            vxlans.append(Vxlan(f"vni{vni}", vni, str(local), f"br{vni}", vrf.l3vni.port, mtu, True, at=at))
    host_bridges, segment_veths = [], []
    for at, segment in scope.l2vnis():
        if not (local := scope.vtep(segment.underlay)):
            continue
        vni, mtu = segment.vni, segment.mtu or scope.mtu(segment.underlay)
        bridges.append(Bridge(f"br{vni}", segment.vrf, _gateway_mac(segment), _gateways(segment), mtu, at=at))
        vxlans.append(
            Vxlan(f"vni{vni}", vni, str(local), f"br{vni}", segment.port, mtu, segment.suppress_neighbors, at=at)
        )
        if bridge := segment.host_bridge:
            name = bridge.name or f"hbr{vni}"
            host_bridges.append(HostBridge(name, bridge.kind, bridge.create, at=(*at, "host-bridge")))
            segment_veths.append(
                SegmentVeth(f"hl2-{vni}", f"pl2-{vni}", f"br{vni}", name, mtu, at=(*at, "host-bridge"))
            )
        elif leg := segment.host_leg:
            host = leg.name or f"hl2-{vni}"
            segment_veths.append(SegmentVeth(host, f"pl2-{vni}", f"br{vni}", None, mtu, at=(*at, "host-leg")))
    return Links(
        loopback=tuple(f"{vtep}/{vtep.max_prefixlen}" for vtep in vteps) if site.vtep.interface == "lo" else (),
        nics=tuple(_nic(nic, ("underlay", "interfaces", n)) for n, nic in enumerate(site.underlay.interfaces)),
        vrfs=tuple(VrfDevice(name, vrf.table, at=("vrfs", name)) for name, vrf in scope.vrfs().items()),
        bridges=tuple(bridges),
        vxlans=tuple(vxlans),
        veths=tuple(_veths(scope)),
        host_bridges=tuple(host_bridges),
        segment_veths=tuple(segment_veths),
    )


def _nic(nic: NicModel, at: Origin) -> Nic:
    return Nic(
        name=nic.name_in_namespace(),
        attach=nic.attached(),
        parent=nic.name if nic.attached() in ("vlan", "macvlan") else None,
        vlan=nic.vlan,
        addresses=tuple(map(str, nic.addresses)),
        mtu=nic.mtu,
        at=at,
    )


def router_mac(vtep: IPv4Address | IPv6Address) -> str:
    """A locally administered address that no two VTEPs of a site share: its last four bytes."""
    family = 0x00 if vtep.version == 4 else 0x06
    return _mac(bytes([0x02, family]) + vtep.packed[-4:])


def _gateway_mac(segment: L2Vni) -> str | None:
    """The same on every node: a locally administered address with the VNI in its last three bytes."""
    if not segment.gateway:
        return None
    return segment.gateway.mac or _mac(bytes([0x02, 0x1A, 0x00]) + segment.vni.to_bytes(3, "big"))


def _mac(packed: bytes) -> str:
    return ":".join(f"{byte:02x}" for byte in packed)


def _gateways(segment: L2Vni) -> tuple[str, ...]:
    """The gateway's addresses. An IPv6 gateway has a link-local one too: Linux sends no neighbor solicitation for a packet that
    it forwards without one. It is the same on every node, as it follows from the MAC address."""
    if not segment.gateway:
        return ()
    found = [str(address) for address in (segment.gateway.ipv4, segment.gateway.ipv6) if address]
    six = segment.gateway.ipv6
    if six and not six.ip.is_link_local and (mac := _gateway_mac(segment)):
        found.append(f"{_link_local(mac)}/64")
    return tuple(found)


def _link_local(mac: str) -> IPv6Address:
    """The link-local address with the modified EUI-64 of a MAC address (RFC 4291, appendix A)."""
    first, *rest = bytes.fromhex(mac.replace(":", ""))
    identifier = bytes([first ^ 0x02, *rest[:2], 0xFF, 0xFE, *rest[2:]])
    return IPv6Address(bytes([0xFE, 0x80, 0, 0, 0, 0, 0, 0]) + identifier)


def _veths(scope: Scope) -> list[Veth]:
    veths = []
    for at, vrf, session in scope.sessions():
        suffix = scope.site.vrfs[vrf].table if vrf else "-default"
        ends = list(scope.ends(session))
        veths.append(
            Veth(
                host=session.host_interface or f"host{suffix}",
                router=session.router_interface or f"pe{suffix}",
                vrf=vrf,
                host_addresses=tuple(end.interface(end.host) for end in ends),
                router_addresses=tuple(end.interface(end.router) for end in ends),
                mtu=scope.vrf_mtu(vrf) if vrf else scope.underlay_mtu(),
                at=at,
            )
        )
    return veths
