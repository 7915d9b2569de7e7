"""The kernel's side of the router: the links, addresses and tables that FRR's namespace has."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.ir.origin import Origin, origin


@dataclass(frozen=True, slots=True)
class Nic:
    """A NIC that moves into the namespace; without addresses it keeps those that it has."""

    name: str
    addresses: tuple[str, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class VrfDevice:
    """A VRF device and the routing table that it selects."""

    name: str
    table: int
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridge of a VNI, enslaved to its VRF; `mac` is the RMAC of an L3VNI."""

    name: str
    vrf: str
    mac: str
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Vxlan:
    """The VXLAN device of a VNI, a port of `bridge`; `local` is the VTEP's address, `port` UDP (RFC 7348: 4789)."""

    name: str
    vni: int
    local: str
    bridge: str
    port: int = 4789
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Veth:
    """The pair between the host and a VRF: a leg on each side, with its addresses."""

    host: str
    router: str
    vrf: str
    host_addresses: tuple[str, ...]
    router_addresses: tuple[str, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a node, and the addresses of its `lo`."""

    loopback: tuple[str, ...] = ()
    nics: tuple[Nic, ...] = ()
    vrfs: tuple[VrfDevice, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    vxlans: tuple[Vxlan, ...] = ()
    veths: tuple[Veth, ...] = ()
