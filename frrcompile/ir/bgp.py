"""BGP as the router will run it: one instance for the underlay, one for each VRF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frrcompile.ir.origin import Origin, origin
from frrcompile.ir.secret import SecretSource


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A session of an instance. What is None is FRR's default, and not written.

    `peer` is an address, an interface's name (unnumbered), or the name of the peer group of the range `listen`.
    Times are in seconds; `local_as` and `graceful_restart` are FRR's words.
    """

    peer: str
    kind: Literal["address", "interface", "group"]
    remote_as: int | str
    listen: str | None = None
    description: str | None = None
    local_as: str | None = None
    source: str | None = None
    port: int | None = None
    password: SecretSource | None = None
    keepalive: int | None = None
    hold: int | None = None
    connect: int | None = None
    ebgp_multihop: str | None = None
    ttl_security: int | None = None
    disable_connected_check: bool = False
    bfd: bool = False
    bfd_profile: str | None = None
    graceful_restart: str | None = None
    extended_nexthop: bool = False
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Member:
    """A neighbour's part in an address family; each text is what stands after `neighbor PEER` in FRR."""

    peer: str
    allowas_in: str | None = None
    next_hop_self: str | None = None
    route_reflector_client: bool = False
    maximum_prefix: str | None = None
    import_map: str | None = None
    export_map: str | None = None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class VniTargets:
    """The RD and RTs of an L2VNI, where they are not FRR's own."""

    vni: int
    rd: str | None
    import_rts: tuple[str, ...]
    export_rts: tuple[str, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Redistributed:
    """A protocol whose routes enter BGP, through a route map or as they are."""

    protocol: str
    policy: str | None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate that is announced."""

    prefix: str
    summary_only: bool


@dataclass(frozen=True, slots=True)
class Family:
    """An address family of an instance; `name` is FRR's, such as "ipv4 unicast"."""

    name: str
    networks: tuple[str, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    redistribute: tuple[Redistributed, ...] = ()
    members: tuple[Member, ...] = ()
    import_policy: str | None = None
    import_vrfs: tuple[str, ...] = ()
    advertise_all_vni: bool = False
    advertise_svi_ip: bool = False
    vnis: tuple[VniTargets, ...] = ()
    advertise: tuple[str, ...] = ()
    rd: str | None = None
    import_rts: tuple[str, ...] = ()
    export_rts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GracefulRestart:
    """Graceful restart of an instance; times in seconds, None where FRR's default is meant."""

    restart_time: int | None
    stalepath_time: int | None
    preserve_forwarding_state: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """A `router bgp`, the default one where `vrf` is None."""

    asn: int
    vrf: str | None
    router_id: str | None
    ebgp_requires_policy: bool
    import_check: bool
    cluster_id: str | None = None
    graceful_restart: GracefulRestart | None = None
    neighbors: tuple[Neighbor, ...] = ()
    families: tuple[Family, ...] = ()
    at: Origin = origin()
