"""Lowering: the typed model and a node's index become that node's router. Every decision is made here."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address

from frrcompile.ir import dialect
from frrcompile.ir.bgp import Family, Instance, Member, Neighbor
from frrcompile.ir.links import Bridge, Links, Nic, Veth, VrfDevice, Vxlan
from frrcompile.ir.node import Log, Node, RouteMapEntry, Vrf
from frrcompile.ir.origin import Origin
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import FamilyOptions
from frrcompile.model.neighbor import Neighbor as NeighborModel
from frrcompile.model.site import Site
from frrcompile.model.vrf import Vrf as VrfModel

SEQUENCE_STEP = 10

DAEMONS = ("bgpd", "bfdd")
"""Started beside zebra and staticd: bfdd too, so that switching BFD on needs no new container."""

_FRR_NAMES = {"ipv4-unicast": "ipv4 unicast", "ipv6-unicast": "ipv6 unicast", "l2vpn-evpn": "l2vpn evpn"}


def lower(site: Site, name: str) -> Node:
    """The router of node `name`. The model's own rules hold already (`ir.validate.model`)."""
    return Node(
        name=name,
        index=site.nodes[name].index,
        frr=dialect.known(site.frr.version) or dialect.NEWEST if site.frr.version else dialect.NEWEST,
        daemons=DAEMONS,
        log=Log(tuple(_log(site))),
        debug=tuple(_debug(site)),
        vrfs=tuple(
            Vrf(vrf, model.l3vni.vni if model.l3vni else None, at=("vrfs", vrf)) for vrf, model in site.vrfs.items()
        ),
        route_maps=tuple(_route_maps(site)),
        # FRR 8.4 gives a VRF the default instance's AS when its L3VNI is up first: the VRFs' instances stand before it.
        bgp=(*(_vrf_instance(site, vrf, model) for vrf, model in site.vrfs.items()), _underlay_instance(site)),
        links=_links(site),
    )


def _log(site: Site) -> Iterator[str]:
    """`debugging` is the default level, and FRR leaves a default out when it shows its configuration (lib/log_vty.c)."""
    log = site.frr.log
    if log.file:
        yield f"file {log.file}" + ("" if log.level == "debugging" else f" {log.level}")
    if log.syslog:
        yield "syslog" + ("" if log.syslog == "debugging" else f" {log.syslog}")


def _debug(site: Site) -> Iterator[str]:
    """Each command as FRR shows it: what it splits into several lines never converges as one."""
    seen = dict.fromkeys(shown for words in site.frr.debug for shown in dialect.DEBUG_SHOWN.get(words, (words,)))
    yield from seen


def sequences(numbers: Iterator[int | None] | list[int | None]) -> list[int]:
    """Numbers for entries that have none: each ten more than the one before it."""
    last, given = 0, []
    for number in numbers:
        last = number or last + SEQUENCE_STEP
        given.append(last)
    return given


def _route_maps(site: Site) -> Iterator[RouteMapEntry]:
    for name, entries in site.route_maps.items():
        for position, (entry, seq) in enumerate(zip(entries, sequences([e.seq for e in entries]), strict=True)):
            yield RouteMapEntry(name, entry.action, seq, at=("route-maps", name, position))


def _underlay_instance(site: Site) -> Instance:
    has_vnis = any(vrf.l3vni for vrf in site.vrfs.values())
    neighbors: list[Neighbor] = []
    members: dict[str, list[Member]] = {name: [] for name in _FRR_NAMES}
    for position, neighbor in enumerate(site.underlay.neighbors):
        at: Origin = ("underlay", "neighbors", position)
        peer = str(neighbor.address or neighbor.interface)
        neighbors.append(Neighbor(peer, neighbor.interface is not None, neighbor.remote_as, at=at))
        for family_name, options in _families(neighbor, has_vnis):
            members[family_name].append(_member(peer, neighbor, options, at))
    networks = {"ipv4-unicast": (f"{site.vtep.ipv4}/32",) if site.vtep else ()}
    families = []
    for name, frr_name in _FRR_NAMES.items():
        evpn = name == "l2vpn-evpn" and has_vnis
        family = Family(
            frr_name,
            networks=networks.get(name, ()),
            members=tuple(members[name]),
            advertise_all_vni=evpn,
            advertise_svi_ip=evpn and site.evpn.advertise_svi_ip,
        )
        if family != Family(frr_name):  # an empty block never converges
            families.append(family)
    return Instance(
        asn=site.router.asn,
        vrf=None,
        router_id=str(site.router.id) if site.router.id else None,
        ebgp_requires_policy=site.router.ebgp_requires_policy,
        import_check=site.router.import_check,
        neighbors=tuple(neighbors),
        families=tuple(families),
        at=("router", "asn"),
    )


def _families(neighbor: NeighborModel, has_vnis: bool) -> Iterator[tuple[str, FamilyOptions]]:
    if neighbor.families is None:
        yield "ipv4-unicast", FamilyOptions()
        if has_vnis:
            yield "l2vpn-evpn", FamilyOptions()
        return
    for name, options in neighbor.families.items():
        yield name, options or FamilyOptions()


def _member(peer: str, neighbor: NeighborModel, options: FamilyOptions, at: Origin) -> Member:
    allowas_in = options.allowas_in or neighbor.allowas_in
    return Member(
        peer,
        allowas_in=None if allowas_in is None else str(allowas_in),
        import_map=options.import_,
        export_map=options.export,
        at=at,
    )


def _vrf_instance(site: Site, name: str, vrf: VrfModel) -> Instance:
    neighbors: list[Neighbor] = []
    families: list[Family] = []
    if session := vrf.host_session:
        at: Origin = ("vrfs", name, "host-session")
        for version, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            if ends is not None:
                peer = str(ends.host.ip)
                neighbors.append(Neighbor(peer, False, session.asn, at=(*at, version)))
                member = Member(peer, import_map=session.import_, export_map=session.export, at=at)
                families.append(Family(f"{version} unicast", members=(member,)))
    if vrf.l3vni and vrf.l3vni.advertise:
        families.append(Family("l2vpn evpn", advertise=tuple(dict.fromkeys(vrf.l3vni.advertise))))
    return Instance(
        asn=vrf.asn or site.router.asn,
        vrf=name,
        router_id=str(site.router.id) if site.router.id else None,
        ebgp_requires_policy=site.router.ebgp_requires_policy,
        import_check=site.router.import_check,
        neighbors=tuple(neighbors),
        families=tuple(families),
        at=("vrfs", name),
    )


def _links(site: Site) -> Links:
    vrfs, bridges, vxlans, veths = [], [], [], []
    for name, vrf in site.vrfs.items():
        vrfs.append(VrfDevice(name, vrf.table, at=("vrfs", name)))
        if vrf.l3vni and site.vtep:
            at: Origin = ("vrfs", name, "l3vni")
            vni = vrf.l3vni.vni
            bridges.append(Bridge(f"br{vni}", name, vrf.l3vni.router_mac or _router_mac(site.vtep.ipv4), at=at))
            vxlans.append(Vxlan(f"vni{vni}", vni, str(site.vtep.ipv4), f"br{vni}", at=at))
        if vrf.host_session:
            veths.append(_veth(name, vrf.table, vrf.host_session))
    return Links(
        loopback=(f"{site.vtep.ipv4}/32",) if site.vtep else (),
        nics=tuple(
            Nic(nic.name, tuple(map(str, nic.addresses)), at=("underlay", "interfaces", position))
            for position, nic in enumerate(site.underlay.interfaces)
        ),
        vrfs=tuple(vrfs),
        bridges=tuple(bridges),
        vxlans=tuple(vxlans),
        veths=tuple(veths),
    )


def _router_mac(vtep: IPv4Address) -> str:
    """A locally administered address that no two VTEPs share."""
    return ":".join(f"{byte:02x}" for byte in b"\x02\x00" + vtep.packed)


def _veth(vrf: str, table: int, session: HostSession) -> Veth:
    ends = [pair for pair in (session.ipv4, session.ipv6) if pair]
    return Veth(
        host=session.host_interface or f"host{table}",
        router=session.router_interface or f"pe{table}",
        vrf=vrf,
        host_addresses=tuple(str(pair.host) for pair in ends),
        router_addresses=tuple(str(pair.router) for pair in ends),
        at=("vrfs", vrf, "host-session"),
    )
