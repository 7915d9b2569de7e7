"""BGP instances: who the neighbours are, what each family carries, and in which order instances come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import Any, get_args

from frrcompile.facts.values import MULTIPATH, RESTART_TIME, STALEPATH_TIME
from frrcompile.ir.bgp import (
    Aggregate,
    Declaration,
    Fabric,
    Family,
    GracefulRestart,
    Instance,
    Leak,
    MaximumPaths,
    Member,
    Neighbor,
    Redistributed,
    TypeFive,
    VniTargets,
)
from frrcompile.ir.lower import neighbor as lower_neighbor
from frrcompile.ir.lower.families import UNICAST, derived
from frrcompile.ir.origin import Listed, Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import FamilyName, FamilyOptions
from frrcompile.model.neighbor import Neighbor as NeighborModel
from frrcompile.model.router import GracefulRestart as GracefulRestartModel
from frrcompile.model.routing import MaximumPaths as MaximumPathsModel
from frrcompile.model.routing import Routing
from frrcompile.model.vni import L2Vni, L3Vni
from frrcompile.model.vrf import Vrf

ORDER: tuple[FamilyName, ...] = get_args(FamilyName)
"""The address families in the order in which FRR shows them."""


class _Families:
    """The families of an instance while they are put together.

    A family that nothing is added to has no block: an empty one never converges.
    """

    def __init__(self) -> None:
        self._fields: dict[FamilyName, dict[str, Any]] = {}
        self._members: dict[FamilyName, list[Member]] = {}

    def add(self, name: FamilyName, at: Origin, **fields: Any) -> None:
        """Adds what something `at` a place of the model says; the entries of lists follow each other."""
        known = self._fields.setdefault(name, {"at": at})
        for field, value in fields.items():
            known[field] = known.get(field, ()) + value if type(value) is tuple else value

    def join(self, name: FamilyName, member: Member, at: Origin) -> None:
        """Adds a neighbor's part, which the model has `at` a place."""
        self.add(name, at)
        self._members.setdefault(name, []).append(member)

    def build(self) -> tuple[Family, ...]:
        return tuple(
            Family(name, members=tuple(self._members.get(name, ())), **self._fields[name])
            for name in ORDER
            if name in self._fields
        )


def instances(scope: Scope) -> Iterator[Instance]:
    """All instances, those of VRFs first.

    FRR 8.4 gives a VRF's instance the default one's AS when the VRF's L3VNI is up and `advertise-all-vni` comes before
    the instance.
    """
    leaked = {name for vrf in scope.vrfs().values() if vrf.leak for name in vrf.leak.from_}
    underlay = _underlay_instance(scope)
    relax_at = _multipath_relax(scope, underlay)
    for name, vrf in scope.vrfs().items():
        instance = _vrf_instance(scope, name, vrf)
        if instance.neighbors or instance.families or name in leaked:
            yield _relaxed(instance, relax_at)
    yield _relaxed(underlay, relax_at)


def _multipath_relax(scope: Scope, underlay: Instance) -> Origin | None:
    """The place in the model that makes paths with different AS paths equal; None where they are not equal.

    Without `multipath-relax` in the model it is the second external neighbor, or a range of them: two leaves may have two
    ASes, and bgpd uses paths together by default only where their AS paths are the same.
    """
    said = scope.site.router.multipath_relax
    if said is not None:
        return ("router", "multipath-relax") if said else None
    fabric = [one for one in underlay.neighbors if one.at[0] == "underlay" and underlay.is_external(one)]
    several = [one.at for one in fabric if one.listen] or [one.at for one in fabric[1:]]
    return several[0] if several else None


def _relaxed(instance: Instance, at: Origin | None) -> Instance:
    if at is None:
        return instance
    return instance._replace(multipath_relax=True, elsewhere={**instance.elsewhere, "multipath_relax": at})


def declared(instances: Iterable[Instance]) -> Iterator[Declaration]:
    """Instances that must exist before any is configured.

    `import vrf X` makes bgpd create X's instance, and the default one, with the AS of the VRF that imports
    (bgpd/bgp_vty.c, bgp_imexport_vrf): seen on 8.4.4 as "BGP is already running". And bgpd looks a VRF's import RTs up in
    the default instance, which is "not created yet" where the VRF's comes first (seen on all versions).
    """
    found = list(instances)
    if any(_needs_instances(family) for instance in found for family in instance.families):
        yield from (Declaration(one.asn, one.vrf, at=one.at) for one in reversed(found))


def _needs_instances(family: Family) -> bool:
    return bool(family.leak or (family.type_five and family.type_five.import_rts))


def _instance(
    scope: Scope, asn: int, vrf: str | None, neighbors: list[Neighbor], families: _Families, at: Origin
) -> Instance:
    """An instance; what goes for all of them stands under `router`, whichever place `at` is."""
    router = scope.site.router
    elsewhere = {
        "router_id": scope.router_id_at(),
        "ebgp_requires_policy": ("router", "ebgp-requires-policy"),
        "import_check": ("router", "import-check"),
        "log_neighbor_changes": ("router", "log-neighbor-changes"),
        "graceful_shutdown": ("router", "graceful-shutdown"),
        "cluster_id": ("router", "cluster-id"),
    }
    if vrf is None:
        elsewhere["asn"] = scope.asn_at()
    elif not scope.site.vrfs[vrf].asn:
        elsewhere["asn"] = at
    return Instance(
        asn=asn,
        vrf=vrf,
        router_id=scope.router_id(),
        ebgp_requires_policy=router.ebgp_requires_policy,
        import_check=router.import_check,
        log_neighbor_changes=router.log_neighbor_changes,
        graceful_shutdown=router.graceful_shutdown,
        cluster_id=str(router.cluster_id) if router.cluster_id and vrf is None else None,
        graceful_restart=_graceful_restart(router.graceful_restart),
        neighbors=tuple(neighbors),
        families=families.build(),
        at=at,
        elsewhere=elsewhere,
    )


def _graceful_restart(model: GracefulRestartModel | None) -> GracefulRestart | None:
    if model is None:
        return None
    return GracefulRestart(
        restart_time=None if model.restart_time == RESTART_TIME else model.restart_time,
        stalepath_time=None if model.stalepath_time == STALEPATH_TIME else model.stalepath_time,
        preserve_forwarding_state=model.preserve_forwarding_state,
        at=("router", "graceful-restart"),
    )


def _underlay_instance(scope: Scope) -> Instance:
    site = scope.site
    families = _Families()
    first_vni = next((at for at, _ in scope.vnis()), None)
    vteps = {family: address for family in UNICAST if (address := scope.vtep(family))}
    if site.vtep.interface == "lo":
        for family, address in vteps.items():
            at = scope.vtep_at(family)
            families.add(UNICAST[family], at, networks=(Listed(f"{address}/{address.max_prefixlen}", at),))
    neighbors: list[Neighbor] = []
    for at, model in scope.parts(site.underlay.neighbors, "underlay", "neighbors"):
        _add_neighbor(model, at, derived(scope, None, model), neighbors, families)
    if session := scope.passthrough():
        _add_host(scope, session, ("passthrough",), neighbors, families)
    _add_routing(site.underlay, ("underlay",), families)
    if first_vni:
        families.add("l2vpn-evpn", first_vni, fabric=_fabric(scope, first_vni))
    return _instance(scope, scope.asn(None), None, neighbors, families, ("router",))


def _fabric(scope: Scope, at: Origin) -> Fabric:
    targets = tuple(_vni_targets(scope.asn(None), vni, place) for place, vni in scope.l2vnis())
    said = tuple(one for one in targets if one.rd or one.import_rts or one.export_rts)
    elsewhere = {"advertise_svi_ip": ("evpn", "advertise-svi-ip")}
    return Fabric(scope.site.evpn.advertise_svi_ip, said, at=at, elsewhere=elsewhere)


def _vni_targets(asn: int, vni: L2Vni, at: Origin) -> VniTargets:
    """The RD and RTs of an L2VNI, without or last what bgpd drops: its own RT, where it comes first.

    bgpd takes the first RT that a VNI is given in place of its own, AS:VNI; where it is the same, it keeps nothing, and
    the next RT takes its place (8.4.4 and 10.3; 10.7.1 keeps it where it is alone). Without a line, the VNI exports this
    RT, and imports the VNI of any AS.
    """
    own = f"{asn & 0xFFFF}:{vni.vni}"

    def kept(targets: tuple[Listed, ...]) -> tuple[Listed, ...]:
        others = tuple(target for target in targets if target != own)
        return others + tuple(target for target in targets if target == own) if others else ()

    imported, exported = _distinct(vni.import_rts, (*at, "import-rts")), _distinct(vni.export_rts, (*at, "export-rts"))
    return VniTargets(vni.vni, vni.rd, kept(imported), kept(exported), at=at)


def _distinct(texts: Iterable[str], at: Origin) -> tuple[Listed, ...]:
    """Each text of the list `at` a place once."""
    found: dict[str, Listed] = {}
    for position, text in enumerate(texts):
        found.setdefault(text, Listed(text, (*at, position)))
    return tuple(found.values())


def _vrf_instance(scope: Scope, name: str, vrf: Vrf) -> Instance:
    at: Origin = ("vrfs", name)
    families = _Families()
    neighbors: list[Neighbor] = []
    if vrf.host_session:
        _add_host(scope, vrf.host_session, (*at, "host-session"), neighbors, families)
    for place, model in scope.parts(vrf.neighbors, *at, "neighbors"):
        _add_neighbor(model, place, derived(scope, name, model), neighbors, families)
    _add_routing(vrf, at, families)
    if vrf.leak:
        place = (*at, "leak")
        leak = Leak(_distinct(vrf.leak.from_, (*place, "from")), vrf.leak.policy, at=place)
        for family in dict.fromkeys(vrf.leak.families):
            families.add(UNICAST[family], place, leak=leak)
    if vrf.l3vni and (type_five := _type_five(vrf.l3vni, (*at, "l3vni"))):
        families.add("l2vpn-evpn", type_five.at, type_five=type_five)
    return _instance(scope, scope.asn(name), name, neighbors, families, at)


def _type_five(model: L3Vni, at: Origin) -> TypeFive | None:
    """What the VRF's instance says of its L3VNI, None where it has nothing to say."""
    found = TypeFive(
        advertise=_distinct(model.advertise, (*at, "advertise")),
        rd=model.rd,
        import_rts=_distinct(model.import_rts, (*at, "import-rts")),
        export_rts=_distinct(model.export_rts, (*at, "export-rts")),
        at=at,
    )
    return found if found.advertise or found.rd or found.import_rts or found.export_rts else None


def _unicast(network: IPv4Network | IPv6Network) -> FamilyName:
    return UNICAST[f"ipv{network.version}"]


def _add_neighbor(
    model: NeighborModel, at: Origin, names: list[FamilyName], neighbors: list[Neighbor], families: _Families
) -> None:
    """Adds a neighbor, with the families that it says, or `names`."""
    lowered = lower_neighbor.neighbor(model, at)
    neighbors.append(lowered)
    chosen: dict[FamilyName, FamilyOptions | None] = {name: model.per_family.get(name) for name in names}
    for name, options in (chosen if model.families is None else model.families).items():
        field = "per-family" if model.families is None else "families"
        place = (*at, field, name) if model.families is not None or options else at
        member = lower_neighbor.member(lowered.peer, name, options or FamilyOptions(), model, at, place)
        families.join(name, member, place)


def _add_host(scope: Scope, session: HostSession, at: Origin, neighbors: list[Neighbor], families: _Families) -> None:
    for ends in scope.ends(session):
        place = (*at, ends.family)
        neighbors.append(lower_neighbor.host(session, ends, at))
        families.join(UNICAST[ends.family], lower_neighbor.host_member(session, ends, at), place)


def _add_routing(routing: Routing, at: Origin, families: _Families) -> None:
    networks: dict[IPv4Network | IPv6Network, Origin] = {}
    for position, network in enumerate(routing.networks):
        networks.setdefault(network, (*at, "networks", position))
    for network, place in networks.items():
        families.add(_unicast(network), place, networks=(Listed(str(network), place),))
    for position, aggregate in enumerate(routing.aggregates):
        place = (*at, "aggregates", position)
        added = Aggregate(str(aggregate.prefix), aggregate.summary_only, at=place)
        families.add(_unicast(aggregate.prefix), place, aggregates=(added,))
    for family, protocols in (("ipv4", routing.redistribute.ipv4), ("ipv6", routing.redistribute.ipv6)):
        for protocol, options in protocols.items():
            place = (*at, "redistribute", family, protocol)
            policy = options.policy if options else None
            added_protocol = Redistributed(protocol, policy, at=place)
            families.add(UNICAST[family], place, redistribute=(added_protocol,))
    if (limit := _maximum_paths(routing.maximum_paths, (*at, "maximum-paths"))) is not None:
        for name in UNICAST.values():
            families.add(name, limit.at, maximum_paths=limit)


def _maximum_paths(model: MaximumPathsModel, at: Origin) -> MaximumPaths | None:
    """The limits that differ from bgpd's own, None without any: FRR does not show a limit that is its own."""
    ebgp, ibgp = (None if limit == MULTIPATH else limit for limit in (model.ebgp, model.ibgp))
    return MaximumPaths(ebgp, ibgp, at=at) if ebgp or ibgp else None
