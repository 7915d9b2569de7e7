"""BGP as the router will run it: one instance for the underlay, one for each VRF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from frrcompile.ir.origin import BELOW, Listed, Origin
from frrcompile.ir.secret import SecretSource

if TYPE_CHECKING:
    from frrcompile.model.neighbor import FamilyName
    from frrcompile.model.routing import ProtocolName
    from frrcompile.model.session import RestartMode

NextHopSelf = Literal["unless-reflected", "always"]
"""The routes that are announced with the router's own address as next hop."""


class LocalAs(NamedTuple):
    """Another AS that the router shows to a neighbor.

    `prepend` puts it into the path of incoming routes; `replace` leaves the router's own AS out of outgoing ones.
    """

    asn: int
    prepend: bool
    replace: bool


class Neighbor(NamedTuple):
    """A session of an instance. A field that is None has FRR's default, and no line.

    `peer` is an address, an interface's name (unnumbered), or the name of the peer group of the range `listen`.
    Times are in seconds; `ebgp_multihop` is a TTL and `ttl_security` a number of hops.
    """

    peer: str
    kind: Literal["address", "interface", "group"]
    remote_as: int | Literal["internal", "external"]
    listen: str | None = None
    description: str | None = None
    local_as: LocalAs | None = None
    source: str | None = None
    port: int | None = None
    password: SecretSource | None = None
    keepalive: int | None = None
    hold: int | None = None
    connect: int | None = None
    ebgp_multihop: int | None = None
    ttl_security: int | None = None
    disable_connected_check: bool = False
    bfd: bool = False
    bfd_profile: str | None = None
    shutdown: bool = False
    shutdown_message: str | None = None
    graceful_shutdown: bool = False
    advertisement_interval: int | None = None
    graceful_restart: RestartMode | None = None
    extended_nexthop: bool = False
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class MaximumPrefix(NamedTuple):
    """A limit on a neighbor's prefixes, and what happens at it: a warning, or the end of the session.

    `threshold` is a percentage, None for FRR's default; `restart` the minutes until the session is tried again.
    """

    limit: int
    threshold: int | None
    warning_only: bool
    restart: int | None


class DefaultOriginate(NamedTuple):
    """A default route for a neighbor: always, or while a route of the table passes a route map."""

    policy: str | None


class RemovePrivateAs(NamedTuple):
    """Private AS numbers are removed from outgoing paths, or replaced by the router's AS.

    Without `all`, paths that also have public AS numbers stay as they are.
    """

    all: bool
    replace: bool


class Member(NamedTuple):
    """A neighbor's part in an address family. `allowas_in` is how often the router's own AS may be in a path.

    `as_override` puts the router's AS in the place of the neighbor's in the paths that the neighbor gets.
    """

    peer: str
    allowas_in: int | Literal["origin"] | None = None
    next_hop_self: NextHopSelf | None = None
    route_reflector_client: bool = False
    as_override: bool = False
    maximum_prefix: MaximumPrefix | None = None
    import_map: str | None = None
    export_map: str | None = None
    soft_reconfiguration_inbound: bool = False
    default_originate: DefaultOriginate | None = None
    remove_private_as: RemovePrivateAs | None = None
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class VniTargets(NamedTuple):
    """The RD and RTs of an L2VNI, where they are not FRR's own."""

    vni: int
    rd: str | None
    import_rts: tuple[Listed, ...]
    export_rts: tuple[Listed, ...]
    at: Origin = ()


class Fabric(NamedTuple):
    """What the underlay's instance does with the node's VNIs: it announces all of them."""

    advertise_svi_ip: bool
    vnis: tuple[VniTargets, ...]
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class TypeFive(NamedTuple):
    """A VRF's type-5 routes (RFC 9136): the families that become such routes, and the RD and RTs that are not FRR's own."""

    advertise: tuple[Listed, ...]
    rd: str | None
    import_rts: tuple[Listed, ...]
    export_rts: tuple[Listed, ...]
    at: Origin = ()


class Leak(NamedTuple):
    """Routes that come from other VRFs, through a route map or as they are."""

    vrfs: tuple[Listed, ...]
    policy: str | None
    at: Origin = ()


class Redistributed(NamedTuple):
    """A protocol whose routes enter BGP, through a route map or as they are."""

    protocol: ProtocolName
    policy: str | None
    at: Origin = ()


class Aggregate(NamedTuple):
    """An aggregate that is announced."""

    prefix: str
    summary_only: bool
    at: Origin = ()


class MaximumPaths(NamedTuple):
    """The most external and internal paths of a prefix that are used together; None is FRR's default."""

    ebgp: int | None
    ibgp: int | None
    at: Origin = ()


class Family(NamedTuple):
    """An address family of an instance; `at` is the first thing of the model that needs it."""

    name: FamilyName
    networks: tuple[Listed, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    redistribute: tuple[Redistributed, ...] = ()
    maximum_paths: MaximumPaths | None = None
    members: tuple[Member, ...] = ()
    leak: Leak | None = None
    fabric: Fabric | None = None
    type_five: TypeFive | None = None
    at: Origin = ()


class GracefulRestart(NamedTuple):
    """Graceful restart of an instance; times in seconds, None where FRR's default is meant."""

    restart_time: int | None
    stalepath_time: int | None
    preserve_forwarding_state: bool
    at: Origin = ()


class Instance(NamedTuple):
    """A `router bgp`, the default one where `vrf` is None."""

    asn: int
    vrf: str | None
    router_id: str | None
    ebgp_requires_policy: bool
    import_check: bool
    cluster_id: str | None = None
    multipath_relax: bool = False
    log_neighbor_changes: bool = False
    graceful_shutdown: bool = False
    graceful_restart: GracefulRestart | None = None
    neighbors: tuple[Neighbor, ...] = ()
    families: tuple[Family, ...] = ()
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW

    def is_external(self, neighbor: Neighbor) -> bool:
        """Whether a session of this instance is an eBGP one, by the AS that the neighbor sees."""
        own = neighbor.local_as.asn if neighbor.local_as else self.asn
        return neighbor.remote_as not in ("internal", own)


class Declaration(NamedTuple):
    """An instance that must be there before any is configured."""

    asn: int
    vrf: str | None
    at: Origin = ()
