"""BGP as the router will run it: one instance for the underlay, one for each VRF."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.ir.origin import Origin, origin


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A session of an instance; `peer` is an address, or an interface's name for an unnumbered one."""

    peer: str
    interface: bool
    remote_as: int | str
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Member:
    """A neighbour's part in an address family. `allowas_in` is what follows the keyword in FRR."""

    peer: str
    allowas_in: str | None = None
    import_map: str | None = None
    export_map: str | None = None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Family:
    """An address family of an instance; `name` is FRR's, such as "ipv4 unicast"."""

    name: str
    networks: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    advertise_all_vni: bool = False
    advertise_svi_ip: bool = False
    advertise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A `router bgp`, the default one where `vrf` is None."""

    asn: int
    vrf: str | None
    router_id: str | None
    ebgp_requires_policy: bool
    import_check: bool
    neighbors: tuple[Neighbor, ...] = ()
    families: tuple[Family, ...] = ()
    at: Origin = origin()
