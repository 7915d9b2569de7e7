"""VXLAN network identifiers: the L3VNI of a VRF, and L2VNIs."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.selector import Selector
from frrcompile.model.values import (
    ImportTarget,
    Interface4,
    Interface6,
    InterfaceName,
    Mac,
    Mtu,
    Port,
    RouteDistinguisher,
    RouteTarget,
    Truth,
    Vni,
    VrfName,
    choice,
)

VersionName = Literal["ipv4", "ipv6"]
IpVersion = Annotated[VersionName, choice(VersionName)]
BridgeKind = Literal["linux", "ovs"]


class VniOptions(Concept):
    """What L2VNIs and L3VNIs have in common."""

    vni: Vni = Field(examples=[100])
    """The VNI, the same on every VTEP that has part in it."""
    port: Port = 4789
    """The UDP port of the VXLAN packets (RFC 7348)."""
    underlay: IpVersion = "ipv4"
    """The family of the VTEP that the packets travel between."""
    rd: RouteDistinguisher | None = Field(default=None, examples=["192.0.2.1:100"])
    """The route distinguisher, unique to the node; FRR makes one from the router id by default."""
    import_rts: tuple[RouteTarget, ...] = Field(default=(), examples=[["64512:100"]])
    """The route targets that are imported; FRR takes AS:VNI of any AS by default."""
    export_rts: tuple[RouteTarget, ...] = Field(default=(), examples=[["64512:100"]])
    """The route targets that are exported; FRR takes AS:VNI by default."""


class L3Vni(VniOptions):
    """The VNI over which a VRF's routes travel between VTEPs (RFC 9136, interface-less IP-VRF-to-IP-VRF)."""

    import_rts: tuple[ImportTarget, ...] = Field(default=(), examples=[["64512:100", "*:200"]])
    """The route targets that are imported; FRR takes AS:VNI of any AS by default. `*:N` is N of any AS, in FRR 8.5 and newer."""

    router_mac: Mac | None = Field(default=None, examples=["aa:bb:cc:00:00:66"])
    """The RMAC: the MAC address of the L3VNI's bridge, unique to the node; one derived from the VTEP by default."""
    advertise: tuple[IpVersion, ...] = ("ipv4", "ipv6")
    """The families whose unicast routes become type-5 routes."""


class Gateway(Concept):
    """The anycast gateway of an L2VNI: the same addresses and MAC on every node (RFC 9135)."""

    ipv4: Interface4 | None = Field(default=None, examples=["10.1.0.1/24"])
    """The IPv4 gateway with its subnet."""
    ipv6: Interface6 | None = Field(default=None, examples=["2001:db8:1::1/64"])
    """The IPv6 gateway with its subnet."""
    mac: Mac | None = Field(default=None, examples=["00:00:5e:00:01:01"])
    """The MAC address of the gateway on every node; one derived from the VNI by default."""


class HostBridge(Concept):
    """The bridge on the host that an L2VNI is connected to."""

    name: InterfaceName | None = Field(default=None, examples=["br-tenant"])
    """The bridge's name; `hbrVNI` by default."""
    kind: Annotated[BridgeKind, choice(BridgeKind)] = "linux"
    """A Linux bridge, or one of Open vSwitch."""
    create: Truth = True
    """Whether it is made; otherwise it is there already."""


class HostLeg(Concept):
    """A veth's end on the host, up and in no bridge: for whatever else attaches to the segment there."""

    name: InterfaceName | None = Field(default=None, examples=["tenant0"])
    """The end's name; `hl2-VNI` by default."""


class L2Vni(VniOptions):
    """A stretched Ethernet segment (RFC 8365)."""

    vrf: VrfName | None = Field(default=None, examples=["red"])
    """The VRF that its gateway routes in; none for bridging alone."""
    gateway: Gateway | None = Field(default=None, examples=[{"ipv4": "10.1.0.1/24"}])
    """The anycast gateway; it needs a VRF."""
    host_bridge: HostBridge | None = Field(default=None, examples=[{"name": "br-tenant"}])
    """The bridge on the host that the segment is connected to. With neither `host-bridge` nor `host-leg` the segment has no end
    on the host: no pod or machine of the node is in it, only its gateway."""
    host_leg: HostLeg | None = Field(default=None, examples=[{"name": "tenant0"}])
    """In place of `host-bridge`: an end of the segment on the host, left for others to attach."""
    mtu: Mtu | None = Field(default=None, examples=[1450])
    """The MTU of the segment, in bytes; what the underlay leaves by default."""
    suppress_neighbors: Truth = True
    """Whether ARP and neighbor discovery are answered from EVPN's knowledge (`neigh_suppress`)."""
    nodes: Selector = Selector.defaults()
    """The nodes that have this VNI; all by default."""
