"""Rules over the fabric that the nodes are part of: what two nodes cannot share, and what never reaches the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source
from frrcompile.model.site import Site, SiteNode
from frrcompile.model.vni import VniOptions


def _says(node: SiteNode, *path: str) -> bool:
    """Whether a node's override says something at `path`."""
    part: object = node.override
    for step in path:
        if not isinstance(part, Mapping) or step not in part:
            return False
        part = part[step]
    return True


def _own_addresses(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR963: an address that only one node can have, given to several: router ids, VTEPs, addresses of the underlay."""
    shared: list[tuple[Origin, object]] = [
        (("router", "id"), site.router.id),
        (("vtep", "ipv4"), site.vtep.ipv4),
        (("vtep", "ipv6"), site.vtep.ipv6),
    ]
    for at, address in shared:
        nodes = [name for name, node in site.nodes.items() if not _says(node, *map(str, at))]
        if address and len(nodes) > 1:
            message = f"{address} can be one node's only, but {nodes[0]} and {nodes[1]} would have it"
            help_ = "take a pool, or say it in each node's `override`"
            yield source.error("FRR963", at, message, other=("nodes", nodes[1]), said="one of the nodes", help=help_)
    nodes = [name for name, node in site.nodes.items() if not _says(node, "underlay", "interfaces")]
    for position, nic in enumerate(site.underlay.interfaces):
        if nic.addresses and len(nodes) > 1:
            message = f"{nic.addresses[0]} can be one node's only, but {nodes[0]} and {nodes[1]} would have it"
            at = ("underlay", "interfaces", position, "addresses")
            help_ = "give each node its own in its `override`; a NIC that moves keeps the addresses that it has where none are given"
            yield source.error("FRR963", at, message, other=("nodes", nodes[1]), said="one of the nodes", help=help_)


def _vnis(site: Site) -> Iterator[tuple[Origin, int, VniOptions]]:
    """All VNIs of the site with the AS in whose name FRR exports them."""
    for name, vrf in site.vrfs.items():
        if vrf.l3vni:
            yield ("vrfs", name, "l3vni"), vrf.asn or site.router.asn, vrf.l3vni
    for position, segment in enumerate(site.l2vnis):
        yield ("l2vnis", position), site.router.asn, segment


def _imported(site: Site, source: Source) -> Iterator[Diagnostic]:
    """FRR945: a route target that is imported, and that nothing of the site exports. A warning: others may export it.

    FRR exports AS:VNI with the lower two bytes of the AS where no route target is given (bgpd/bgp_evpn.c, form_auto_rt).
    """
    exported = {target for _, _, vni in _vnis(site) for target in vni.export_rts}
    exported |= {f"{asn & 0xFFFF}:{vni.vni}" for _, asn, vni in _vnis(site) if not vni.export_rts}
    for at, _, vni in _vnis(site):
        for position, target in enumerate(vni.import_rts):
            if target not in exported:
                message = f"nothing in this site exports the route target {target} that VNI {vni.vni} imports"
                yield source.warning("FRR945", (*at, "import-rts", position), message)


def _underlay_family(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR946: a VTEP whose family the underlay does not have: its packets would find no way."""
    nics = scope.site.underlay.interfaces
    unnumbered = any(neighbor.interface for _, vrf, neighbor in scope.neighbors() if vrf is None)
    if unnumbered or not nics or not all(nic.addresses for nic in nics):
        return  # what the interfaces bring with them is not known here
    versions = {address.version for nic in nics for address in nic.addresses}
    for at, vni in scope.vnis():
        if vni.underlay == "ipv6" and 6 not in versions:
            message = f"VNI {vni.vni} travels over ipv6, but no interface of the underlay has an IPv6 address"
            yield source.error(
                "FRR946", (*at, "underlay"), message, other=("underlay", "interfaces"), said="the interfaces"
            )
        if vni.underlay == "ipv4" and 4 not in versions:
            message = f"VNI {vni.vni} travels over ipv4, but no interface of the underlay has an IPv4 address"
            yield source.error("FRR946", at, message, other=("underlay", "interfaces"), said="the interfaces")


def _unserved(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR947: a host session of a family that the VRF's L3VNI does not announce: its routes stay on the node."""
    for name, vrf in scope.vrfs().items():
        if not vrf.l3vni or not vrf.host_session:
            continue
        for family in ("ipv4", "ipv6"):
            if getattr(vrf.host_session, family) and family not in vrf.l3vni.advertise:
                message = f"the {family} routes of VRF {name}'s host stay on the node: its L3VNI does not announce them"
                at = ("vrfs", name, "host-session", family)
                other = ("vrfs", name, "l3vni", "advertise")
                yield source.warning("FRR947", at, message, other=other, said="what it announces")


SITE_RULES = (_own_addresses, _imported)
RULES = (_underlay_family, _unserved)
