"""The kernel's side of the router: the links, addresses and tables that FRR's namespace has. MTUs are in bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from frrcompile.ir.origin import Origin

if TYPE_CHECKING:
    from frrcompile.model.underlay import AttachKind
    from frrcompile.model.vni import BridgeKind


class Nic(NamedTuple):
    """A link of the underlay, by its name in the namespace.

    `parent` is the host's NIC that a VLAN sub-interface or a macvlan is made of; None for a link that moves or is present,
    which without addresses keeps those that it has.
    """

    name: str
    attach: AttachKind
    parent: str | None
    vlan: int | None
    addresses: tuple[str, ...]
    mtu: int
    at: Origin = ()


class VrfDevice(NamedTuple):
    """A VRF device and the routing table that it selects."""

    name: str
    table: int
    at: Origin = ()


class Bridge(NamedTuple):
    """The bridge of a VNI, enslaved to its VRF if it has one.

    `mac` is the RMAC of an L3VNI or the anycast MAC of a gateway, whose addresses the bridge has.
    """

    name: str
    vrf: str | None
    mac: str | None
    addresses: tuple[str, ...]
    mtu: int
    at: Origin = ()


class Vxlan(NamedTuple):
    """The VXLAN device of a VNI, a port of `bridge`; `local` is the VTEP's address, `port` UDP (RFC 7348: 4789)."""

    name: str
    vni: int
    local: str
    bridge: str
    port: int
    mtu: int
    suppress_neighbors: bool
    at: Origin = ()


class Veth(NamedTuple):
    """The pair between the host and a VRF, or the underlay's table where `vrf` is None: a leg on each side."""

    host: str
    router: str
    vrf: str | None
    host_addresses: tuple[str, ...]
    router_addresses: tuple[str, ...]
    mtu: int
    at: Origin = ()


class HostBridge(NamedTuple):
    """A bridge on the host, of Linux or of Open vSwitch; made where `create` says so."""

    name: str
    kind: BridgeKind
    create: bool
    at: Origin = ()


class SegmentVeth(NamedTuple):
    """The pair that joins a VNI's `bridge` in the namespace with the host.

    The host's leg is a port of `host_bridge`, or in no bridge where that is None.
    """

    host: str
    router: str
    bridge: str
    host_bridge: str | None
    mtu: int
    at: Origin = ()


class Links(NamedTuple):
    """All links of a node, and the addresses of its `lo`."""

    loopback: tuple[str, ...] = ()
    nics: tuple[Nic, ...] = ()
    vrfs: tuple[VrfDevice, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    vxlans: tuple[Vxlan, ...] = ()
    veths: tuple[Veth, ...] = ()
    host_bridges: tuple[HostBridge, ...] = ()
    segment_veths: tuple[SegmentVeth, ...] = ()
