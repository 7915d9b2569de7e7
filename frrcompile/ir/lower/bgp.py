"""BGP instances: who the neighbours are, what each family carries, and in which order instances come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from frrcompile.ir.bgp import Aggregate, Family, GracefulRestart, Instance, Member, Neighbor, Redistributed, VniTargets
from frrcompile.ir.lower import neighbor as lower_neighbor
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import FamilyOptions
from frrcompile.model.neighbor import Neighbor as NeighborModel
from frrcompile.model.router import GracefulRestart as GracefulRestartModel
from frrcompile.model.routing import Routing
from frrcompile.model.vrf import Vrf

FRR_NAMES = {
    "ipv4-unicast": "ipv4 unicast",
    "ipv6-unicast": "ipv6 unicast",
    "ipv4-vpn": "ipv4 vpn",
    "ipv6-vpn": "ipv6 vpn",
    "l2vpn-evpn": "l2vpn evpn",
}
"""The address families as the model and as FRR call them."""


class _Families:
    """The families of an instance while they are put together."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, Any]] = {name: {} for name in FRR_NAMES}
        self._members: dict[str, list[Member]] = {name: [] for name in FRR_NAMES}

    def add(self, name: str, **fields: Any) -> None:
        for field, value in fields.items():
            if value:
                self._fields[name][field] = (
                    self._fields[name].get(field, ()) + value if isinstance(value, tuple) else value
                )

    def join(self, name: str, member: Member) -> None:
        self._members[name].append(member)

    def build(self) -> tuple[Family, ...]:
        """The families that have something to say: an empty block never converges."""
        families = (
            Family(frr_name, members=tuple(self._members[name]), **self._fields[name])
            for name, frr_name in FRR_NAMES.items()
        )
        return tuple(family for family in families if family != Family(family.name))


def instances(scope: Scope) -> Iterator[Instance]:
    """All instances, those of VRFs first.

    FRR 8.4 gives a VRF's instance the default one's AS when the VRF's L3VNI is up and `advertise-all-vni` comes before
    the instance.
    """
    leaked = {name for vrf in scope.vrfs().values() if vrf.leak for name in vrf.leak.from_}
    for name, vrf in scope.vrfs().items():
        instance = _vrf_instance(scope, name, vrf)
        if instance.neighbors or instance.families or name in leaked:
            yield instance
    yield _underlay_instance(scope)


def declared(instances: Iterable[Instance]) -> Iterator[tuple[int, str | None]]:
    """Instances that must exist before any is configured.

    `import vrf X` makes bgpd create X's instance, and the default one, with the AS of the VRF that imports
    (bgpd/bgp_vty.c, bgp_imexport_vrf): seen on 8.4.4 as "BGP is already running". And bgpd looks a VRF's import RTs up in
    the default instance, which is "not created yet" where the VRF's comes first (seen on all versions).
    """
    found = list(instances)
    if any(family.import_vrfs or family.import_rts for instance in found for family in instance.families):
        yield from ((instance.asn, instance.vrf) for instance in reversed(found))


def _instance(
    scope: Scope, asn: int, vrf: str | None, neighbors: list[Neighbor], families: _Families, at: Origin
) -> Instance:
    router = scope.site.router
    return Instance(
        asn=asn,
        vrf=vrf,
        router_id=scope.router_id(),
        ebgp_requires_policy=router.ebgp_requires_policy,
        import_check=router.import_check,
        cluster_id=str(router.cluster_id) if router.cluster_id and vrf is None else None,
        graceful_restart=_graceful_restart(router.graceful_restart),
        neighbors=tuple(neighbors),
        families=families.build(),
        at=at,
    )


def _graceful_restart(model: GracefulRestartModel | None) -> GracefulRestart | None:
    if model is None:
        return None
    return GracefulRestart(
        restart_time=None if model.restart_time == 120 else model.restart_time,
        stalepath_time=None if model.stalepath_time == 360 else model.stalepath_time,
        preserve_forwarding_state=model.preserve_forwarding_state,
    )


def _underlay_instance(scope: Scope) -> Instance:
    site = scope.site
    families = _Families()
    has_vnis = any(True for _ in scope.vnis())
    vteps = {family: address for family in ("ipv4", "ipv6") if (address := scope.vtep(family))}
    if site.vtep.interface == "lo":
        for family, address in vteps.items():
            families.add(f"{family}-unicast", networks=(f"{address}/{address.max_prefixlen}",))
    derived = [f"{family}-unicast" for family in vteps] + (["l2vpn-evpn"] if has_vnis else [])
    neighbors: list[Neighbor] = []
    for at, model in scope.parts(site.underlay.neighbors, "underlay", "neighbors"):
        _add_neighbor(model, at, derived if vteps else [*_own_families(model), *derived], neighbors, families)
    if session := scope.passthrough():
        _add_host(scope, session, ("passthrough",), neighbors, families)
    _add_routing(site.underlay, ("underlay",), families)
    if has_vnis:
        families.add(
            "l2vpn-evpn",
            advertise_all_vni=True,
            advertise_svi_ip=site.evpn.advertise_svi_ip,
            vnis=tuple(
                VniTargets(
                    vni.vni,
                    vni.rd,
                    tuple(dict.fromkeys(vni.import_rts)),
                    tuple(dict.fromkeys(vni.export_rts)),
                    at=at,
                )
                for at, vni in scope.l2vnis()
                if vni.rd or vni.import_rts or vni.export_rts
            ),
        )
    return _instance(scope, site.router.asn, None, neighbors, families, ("router", "asn"))


def _vrf_instance(scope: Scope, name: str, vrf: Vrf) -> Instance:
    at: Origin = ("vrfs", name)
    families = _Families()
    neighbors: list[Neighbor] = []
    if vrf.host_session:
        _add_host(scope, vrf.host_session, (*at, "host-session"), neighbors, families)
    for place, model in scope.parts(vrf.neighbors, *at, "neighbors"):
        _add_neighbor(model, place, _own_families(model), neighbors, families)
    _add_routing(vrf, at, families)
    if vrf.leak:
        for family in dict.fromkeys(vrf.leak.families):
            families.add(
                f"{family}-unicast",
                import_policy=vrf.leak.policy,
                import_vrfs=tuple(dict.fromkeys(vrf.leak.from_)),
            )
    if vrf.l3vni:
        families.add(
            "l2vpn-evpn",
            advertise=tuple(dict.fromkeys(vrf.l3vni.advertise)),
            rd=vrf.l3vni.rd,
            import_rts=tuple(dict.fromkeys(vrf.l3vni.import_rts)),
            export_rts=tuple(dict.fromkeys(vrf.l3vni.export_rts)),
        )
    return _instance(scope, vrf.asn or scope.site.router.asn, name, neighbors, families, at)


def _own_families(model: NeighborModel) -> list[str]:
    """The unicast family of the neighbour's address; both where it has none."""
    address = model.address or model.range
    return [f"ipv{address.version}-unicast"] if address else ["ipv4-unicast", "ipv6-unicast"]


def _add_neighbor(
    model: NeighborModel, at: Origin, derived: list[str], neighbors: list[Neighbor], families: _Families
) -> None:
    lowered = lower_neighbor.neighbor(model, at)
    neighbors.append(lowered)
    chosen = dict.fromkeys(derived) if model.families is None else model.families
    for name, options in chosen.items():
        families.join(name, lower_neighbor.member(lowered.peer, options or FamilyOptions(), model, at))


def _add_host(scope: Scope, session: HostSession, at: Origin, neighbors: list[Neighbor], families: _Families) -> None:
    for ends in scope.ends(session):
        peer = ends.host
        neighbors.append(lower_neighbor.host(session, peer, session.asn, (*at, ends.family)))
        families.join(f"{ends.family}-unicast", lower_neighbor.member(peer, ends.model, session, (*at, ends.family)))


def _add_routing(routing: Routing, at: Origin, families: _Families) -> None:
    for network in dict.fromkeys(routing.networks):
        families.add(f"ipv{network.version}-unicast", networks=(str(network),))
    for aggregate in routing.aggregates:
        added = Aggregate(str(aggregate.prefix), aggregate.summary_only)
        families.add(f"ipv{aggregate.prefix.version}-unicast", aggregates=(added,))
    for family, protocols in (("ipv4", routing.redistribute.ipv4), ("ipv6", routing.redistribute.ipv6)):
        for protocol, options in protocols.items():
            place = (*at, "redistribute", family, protocol)
            policy = options.policy if options else None
            families.add(f"{family}-unicast", redistribute=(Redistributed(protocol, policy, at=place),))
