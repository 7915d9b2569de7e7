"""Rules over the fabric that the nodes are part of: what two nodes cannot share, and what never reaches the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frrcompile.diagnostics import Severity
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope, own_as
from frrcompile.ir.validate.rule import Problem, scope_rule, site_rule
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


@site_rule("MOD105", "address-of-several-nodes")
def address_of_several_nodes(site: Site) -> Iterator[Problem]:
    """An address that only one node can have is given to several.

    What: `router.id`, `vtep.ipv4`, `vtep.ipv6`, or an address of an underlay interface, in a site of several nodes whose
        `override` does not replace it.
    Why: two internal speakers with one router id have no session with each other (RFC 6286, section 2.2). Packets for a
        VTEP that two nodes have reach one of them.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1}}
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
    """
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
            yield Problem(at, message, other=("nodes", nodes[1]), said="one of the nodes", help=help_)
    nodes = [name for name, node in site.nodes.items() if not _says(node, "underlay", "interfaces")]
    for position, nic in enumerate(site.underlay.interfaces):
        if nic.addresses and len(nodes) > 1:
            message = f"{nic.addresses[0]} can be one node's only, but {nodes[0]} and {nodes[1]} would have it"
            at = ("underlay", "interfaces", position, "addresses")
            help_ = "give each node its own in its `override`; a NIC that moves keeps the addresses that it has where none are given"
            yield Problem(at, message, other=("nodes", nodes[1]), said="one of the nodes", help=help_)


def _vnis(site: Site) -> Iterator[tuple[Origin, frozenset[int], VniOptions]]:
    """All VNIs of the site with the lower two bytes of each AS in whose name FRR exports them."""
    router = site.router.asn
    ases = [router] if router else [own_as(site, node.index) for node in site.nodes.values()]
    own = frozenset(asn & 0xFFFF for asn in ases)
    for name, vrf in site.vrfs.items():
        if vrf.l3vni:
            yield ("vrfs", name, "l3vni"), frozenset({vrf.asn & 0xFFFF}) if vrf.asn else own, vrf.l3vni
    for position, segment in enumerate(site.l2vnis):
        yield ("l2vnis", position), own, segment


@site_rule("MOD106", "import-without-export", Severity.WARNING)
def import_without_export(site: Site) -> Iterator[Problem]:
    """A route target is imported, and nothing in the site exports it.

    What: an entry of `import-rts` that no VNI of the site has in `export-rts`. A VNI without `export-rts` exports AS:VNI,
        with the lower two bytes of the AS (bgpd/bgp_evpn.c: form_auto_rt). This is a warning, as routers outside the site
        may export it.
    Why: FRR imports no route and reports nothing.
    Bad:
        l2vnis: [{vni: 110, import-rts: ["64514:110", "64514:111"]}]
    Good:
        l2vnis: [{vni: 110, import-rts: ["64514:110"]}]
    """
    vnis = list(_vnis(site))
    given = {target for _, _, vni in vnis for target in vni.export_rts}
    given_numbers = {target.rpartition(":")[2] for target in given}
    implied: dict[str, set[str]] = {}
    for _, ases, vni in vnis:
        if not vni.export_rts:
            implied.setdefault(str(vni.vni), set()).update(map(str, ases))
    for at, _, vni in vnis:
        for position, target in enumerate(vni.import_rts):
            administrator, _, number = target.partition(":")
            if administrator == "*":
                found = number in implied or number in given_numbers
            else:
                found = target in given or administrator in implied.get(number, ())
            if not found:
                message = f"nothing in this site exports the route target {target} that VNI {vni.vni} imports"
                yield Problem((*at, "import-rts", position), message)


@scope_rule("MOD107", "vtep-without-underlay")
def vtep_without_underlay(scope: Scope) -> Iterator[Problem]:
    """A VNI travels over a family that the underlay does not have.

    What: a VNI with `underlay: ipv6` where no interface of the underlay has an IPv6 address, or the same with IPv4.
        Interfaces without `addresses` keep their own, and unnumbered neighbors need none: then nothing is found.
    Why: VXLAN packets from and to the VTEP have no route.
    Bad:
        underlay: {interfaces: [{name: eth1, addresses: [192.0.2.2/24]}]}
        vtep: {ipv6: "2001:db8::1"}
        l2vnis: [{vni: 110, underlay: ipv6}]
    Good:
        underlay: {interfaces: [{name: eth1, addresses: [192.0.2.2/24, "2001:db8:1::2/64"]}]}
        vtep: {ipv6: "2001:db8::1"}
        l2vnis: [{vni: 110, underlay: ipv6}]
    """
    nics = scope.site.underlay.interfaces
    unnumbered = any(neighbor.interface for _, vrf, neighbor in scope.neighbors() if vrf is None)
    if unnumbered or not nics or not all(nic.addresses for nic in nics):
        return  # what the interfaces bring with them is not known here
    versions = {address.version for nic in nics for address in nic.addresses}
    for at, vni in scope.vnis():
        if vni.underlay == "ipv6" and 6 not in versions:
            message = f"VNI {vni.vni} travels over ipv6, but no interface of the underlay has an IPv6 address"
            yield Problem((*at, "underlay"), message, other=("underlay", "interfaces"), said="the interfaces")
        if vni.underlay == "ipv4" and 4 not in versions:
            message = f"VNI {vni.vni} travels over ipv4, but no interface of the underlay has an IPv4 address"
            yield Problem(at, message, other=("underlay", "interfaces"), said="the interfaces")


@scope_rule("MOD108", "family-not-advertised", Severity.WARNING)
def family_not_advertised(scope: Scope) -> Iterator[Problem]:
    """A VRF's host session has a family that the VRF's L3VNI does not advertise.

    What: `ipv4` or `ipv6` of a `host-session`, where `advertise` of the `l3vni` lacks that family. This is a warning.
    Why: the host's routes of that family stay on the node: no type-5 route carries them.
    Bad:
        vrfs:
          red:
            table: 1100
            l3vni: {vni: 100, advertise: [ipv6]}
            host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}
    Good:
        vrfs:
          red:
            table: 1100
            l3vni: {vni: 100, advertise: [ipv4, ipv6]}
            host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}
    """
    for name, vrf in scope.vrfs().items():
        if not vrf.l3vni or not vrf.host_session:
            continue
        for family in ("ipv4", "ipv6"):
            if getattr(vrf.host_session, family) and family not in vrf.l3vni.advertise:
                message = f"the {family} routes of VRF {name}'s host stay on the node: its L3VNI does not announce them"
                at = ("vrfs", name, "host-session", family)
                other = ("vrfs", name, "l3vni", "advertise")
                yield Problem(at, message, other=other, said="what it announces")
