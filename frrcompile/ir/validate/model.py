"""Rules that must hold before a model can be lowered: what a field's type alone cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic, nearest
from frrcompile.ir import dialect
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.site import Site
from frrcompile.model.tree import Path


def check(site: Site, source: Source) -> list[Diagnostic]:
    """All findings of all rules of this file, in the order of the document."""
    findings = [finding for rule in RULES for finding in rule(site, source)]
    return sorted(findings, key=lambda finding: finding.place)


def _version(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR950: a version that nobody compiled for."""
    if site.frr.version and not dialect.known(site.frr.version):
        yield source.error(
            "FRR950",
            ("frr", "version"),
            f"`frr.version`: found {site.frr.version!r}; allowed: {', '.join(dialect.VERSIONS)}",
        )


def _node_index(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR951: two nodes with one index would get the same addresses."""
    places = ((node.index, ("nodes", name, "index")) for name, node in site.nodes.items())
    for index, at, first in repeated(places):
        yield source.error("FRR951", at, f"node index {index} is taken", other=first, said="first used here")


def _one_peer(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR952: a neighbour is an address or an interface."""
    for position, neighbor in enumerate(site.underlay.neighbors):
        at: Path = ("underlay", "neighbors", position)
        if neighbor.address and neighbor.interface:
            yield source.error("FRR952", (*at, "interface"), "a neighbour has an address or an interface, not both")
        elif not neighbor.address and not neighbor.interface:
            yield source.error(
                "FRR952", at, "a neighbour needs an `address`, or an `interface` for an unnumbered session"
            )


def _same_peer(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR953: two neighbours with one address are one neighbour in FRR, and the last line wins."""
    places: list[tuple[str, Path]] = []
    for position, neighbor in enumerate(site.underlay.neighbors):
        if peer := neighbor.address or neighbor.interface:
            places.append(
                (str(peer), ("underlay", "neighbors", position, "address" if neighbor.address else "interface"))
            )
    for peer, at, first in repeated(places):
        yield source.error("FRR953", at, f"two neighbours are {peer}", other=first, said="the first one")


def _vni(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR954: a VNI belongs to one VRF; zebra refuses it in a second."""
    places = ((vrf.l3vni.vni, ("vrfs", name, "l3vni", "vni")) for name, vrf in site.vrfs.items() if vrf.l3vni)
    for vni, at, first in repeated(places):
        yield source.error(
            "FRR954",
            at,
            f"VNI {vni} is used twice: VRF {at[1]} and VRF {first[1]}",
            other=first,
            said="first used here",
        )


def _table(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR955: two VRFs with one table are one VRF to the kernel."""
    places = ((vrf.table, ("vrfs", name, "table")) for name, vrf in site.vrfs.items())
    for table, at, first in repeated(places):
        yield source.error(
            "FRR955",
            at,
            f"table {table} is used twice: VRF {at[1]} and VRF {first[1]}",
            other=first,
            said="first used here",
        )


def _vrf_name(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR956: names that Linux or FRR keep for themselves."""
    for name in site.vrfs:
        if name in ("default", "lo", "all"):
            yield source.key_error(
                "FRR956", ("vrfs", name), f"a VRF cannot be called {name!r}: FRR or Linux uses the name itself"
            )


def _route_map_defined(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR957: an undefined route map denies everything (bgpd/bgp_route.c), and FRR says nothing."""
    used: list[tuple[str | None, Path]] = []
    for position, neighbor in enumerate(site.underlay.neighbors):
        for family, options in (neighbor.families or {}).items():
            at: Path = ("underlay", "neighbors", position, "families", family)
            used += [(options.import_, (*at, "import")), (options.export, (*at, "export"))] if options else []
    for name, vrf in site.vrfs.items():
        if session := vrf.host_session:
            at = ("vrfs", name, "host-session")
            used += [(session.import_, (*at, "import")), (session.export, (*at, "export"))]
    for policy, place in used:
        if policy and policy not in site.route_maps:
            near = nearest(policy, site.route_maps)
            yield source.error(
                "FRR957",
                place,
                f"route map {policy!r} is not defined; FRR would deny every route",
                help=f"did you mean {near!r}?"
                if near
                else f"define it under `route-maps`, for example `{policy}: [{{action: permit}}]`",
            )


def _route_map_order(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR958: entries are tried by their number, so they are written in that order, each number once."""
    for name, entries in site.route_maps.items():
        last = 0
        for position, entry in enumerate(entries):
            seq = entry.seq or last + 10
            at: Path = ("route-maps", name, position)
            if seq <= last:
                yield source.error(
                    "FRR958",
                    (*at, "seq"),
                    f"entry {seq} of route map {name!r} comes after entry {last}",
                    other=(*at[:-1], position - 1),
                    said="the entry before it",
                    help="write the entries in the order of their numbers, each number once",
                )
            elif seq > 65535:
                yield source.error(
                    "FRR958", at, f"this entry of route map {name!r} would have number {seq}; the last is 65535"
                )
            last = max(seq, last)


def _session_ends(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR959: a host session has two different ends in one subnet, in at least one family."""
    for name, vrf in site.vrfs.items():
        if not (session := vrf.host_session):
            continue
        at: Path = ("vrfs", name, "host-session")
        if not session.ipv4 and not session.ipv6:
            yield source.error(
                "FRR959", at, f"the host session of VRF {name} has no address", help="give `ipv4`, `ipv6` or both"
            )
        for family, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            if ends and ends.host.ip == ends.router.ip:
                yield source.error(
                    "FRR959",
                    (*at, family, "router"),
                    f"both ends of the host session of VRF {name} are {ends.host.ip}",
                    other=(*at, family, "host"),
                    said="the host's end",
                )
            elif ends and ends.host.network != ends.router.network:
                yield source.error(
                    "FRR959",
                    (*at, family, "router"),
                    f"the ends of the host session of VRF {name} are in two subnets, {ends.router.network} and {ends.host.network}",
                    other=(*at, family, "host"),
                    said="the host's end",
                )


def _session_as(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR960: the host's AS differs from the VRF's, as the peering is an eBGP session."""
    for name, vrf in site.vrfs.items():
        own = vrf.asn or site.router.asn
        if vrf.host_session and vrf.host_session.asn == own:
            yield source.error(
                "FRR960",
                ("vrfs", name, "host-session", "asn"),
                f"the host of VRF {name} has the VRF's own AS {own}; the peering with the host is an eBGP session",
                other=("vrfs", name, "asn") if vrf.asn else ("router", "asn"),
                said="the VRF's AS",
            )


def _vtep(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR961: a VNI needs a VTEP: without a local address no type-5 route leaves the node."""
    for name, vrf in site.vrfs.items():
        if vrf.l3vni and not site.vtep:
            yield source.error(
                "FRR961",
                ("vrfs", name, "l3vni"),
                f"VRF {name} has VNI {vrf.l3vni.vni}, but the node has no VTEP",
                help="add a VTEP address that the underlay announces, for example `vtep: {ipv4: 100.65.0.2}`",
            )


RULES = (
    _version,
    _node_index,
    _one_peer,
    _same_peer,
    _vni,
    _table,
    _vrf_name,
    _route_map_defined,
    _route_map_order,
    _session_ends,
    _session_as,
    _vtep,
)
