"""Rules over VNIs and VTEPs."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface, IPv6Interface

from frrcompile.diagnostics import Severity, nearest
from frrcompile.facts import boundaries, releases
from frrcompile.ir import dialect
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Network, Problem, overlapping, repeated, scope_rule
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.vrf import Vrf


@scope_rule("MOD401", "vni-taken")
def vni_taken(scope: Scope) -> Iterator[Problem]:
    """A VNI is used twice on a node.

    What: a VNI that two L2VNIs have, two VRFs have, or an L2VNI and a VRF have.
    Why: a VNI is one segment or one VRF. zebra refuses the second line; 10.x refuses all VNIs that it reads together.
    Bad:
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
        l2vnis: [{vni: 100}]
    Good:
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
        l2vnis: [{vni: 110}]
    """
    for vni, at, first in repeated((vni.vni, (*at, "vni")) for at, vni in scope.vnis()):
        message = f"VNI {vni} is used twice: {_owner(at)} and {_owner(first)}"
        yield Problem(at, message, other=first, said="first used here")


def _owner(at: Origin) -> str:
    return f"VRF {at[1]}" if at[0] == "vrfs" else "an L2VNI"


@scope_rule("MOD402", "vni-without-vtep")
def vni_without_vtep(scope: Scope) -> Iterator[Problem]:
    """A VNI has no VTEP of its underlay's family.

    What: a VNI with `underlay: ipv4` on a node without an IPv4 VTEP, or the same with IPv6.
    Why: without a local address the kernel's VXLAN device has no source, and no type-5 route leaves the node.
    Bad:
        vtep: {ipv4: null}
        l2vnis: [{vni: 110}]
    Good:
        vtep: {ipv4: 100.65.0.1}
        l2vnis: [{vni: 110}]
    """
    for at, vni in scope.vnis():
        if not scope.vtep(vni.underlay):
            example = "100.65.0.2" if vni.underlay == "ipv4" else '"2001:db8:65::2"'
            yield Problem(
                at,
                f"VNI {vni.vni} travels over {vni.underlay}, but the node has no VTEP of that family",
                help=f"add an address that the underlay announces, for example `vtep: {{{vni.underlay}: {example}}}`",
            )


@scope_rule("MOD403", "vtep-unknown-to-neighbors")
def vtep_unknown_to_neighbors(scope: Scope) -> Iterator[Problem]:
    """No neighbor of the underlay learns the VTEP's address.

    What: a VTEP on `lo` whose family no neighbor of the underlay has.
    Why: other VTEPs have no route to this one, so that no packet reaches it.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {l2vpn-evpn: {}}}]}
        l2vnis: [{vni: 110}]
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {}, l2vpn-evpn: {}}}]}
        l2vnis: [{vni: 110}]
    """
    if scope.site.vtep.interface != "lo":
        return
    for family in dict.fromkeys(vni.underlay for _, vni in scope.vnis()):
        vtep = scope.vtep(family)
        neighbors = [neighbor for _, neighbor in scope.parts(scope.site.underlay.neighbors, "underlay", "neighbors")]
        told = any(neighbor.families is None or f"{family}-unicast" in neighbor.families for neighbor in neighbors)
        if vtep and not told:
            lack, help_ = _without(scope, neighbors, f"{family}-unicast")
            message = f"no other router learns a route to the VTEP {vtep} of node {scope.name}: {lack}"
            yield Problem(scope.vtep_at(family), message, ("underlay", "neighbors"), "the neighbors", help_)


@scope_rule("MOD404", "vni-not-announced")
def vni_not_announced(scope: Scope) -> Iterator[Problem]:
    """No neighbor of the underlay exchanges EVPN routes.

    What: a node with a VNI, whose underlay has no neighbor with the family `l2vpn-evpn`.
    Why: the VNI's routes stay on the node, and it learns none of other VTEPs.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {}}}]}
        l2vnis: [{vni: 110}]
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, families: {ipv4-unicast: {}, l2vpn-evpn: {}}}]}
        l2vnis: [{vni: 110}]
    """
    neighbors = [neighbor for _, neighbor in scope.parts(scope.site.underlay.neighbors, "underlay", "neighbors")]
    told = any(neighbor.families is None or "l2vpn-evpn" in neighbor.families for neighbor in neighbors)
    for at, vni in scope.vnis():
        if not told:
            lack, help_ = _without(scope, neighbors, "l2vpn-evpn")
            message = f"VNI {vni.vni} is announced to no neighbor: {lack}"
            yield Problem(at, message, ("underlay", "neighbors"), "the neighbors", help_)
            return


def _without(scope: Scope, neighbors: list[Neighbor], family: str) -> tuple[str, str]:
    """What a node lacks that has no neighbor with a family, and what to do about it."""
    if neighbors:
        return (
            f"no neighbor of the underlay has the family {family}",
            f"add `{family}: {{}}` to `families` of a neighbor",
        )
    if scope.site.underlay.neighbors:
        return f"no neighbor of the underlay is for node {scope.name}", (
            f"add {scope.name} to `nodes` of a neighbor in `underlay.neighbors`; each entry there is for other nodes"
        )
    return "the underlay has no neighbors", "add the leaf to `underlay.neighbors`"


@scope_rule("MOD405", "rd-taken")
def rd_taken(scope: Scope) -> Iterator[Problem]:
    """Two VNIs of a node have one route distinguisher.

    What: an `rd` that another VNI of the node has.
    Why: a route distinguisher tells the routes of one table from those of another (RFC 7432, section 7.9). With one for
        two, a route of one VNI replaces the other's at every router.
    Bad:
        l2vnis: [{vni: 110, rd: "192.0.2.9:1"}, {vni: 120, rd: "192.0.2.9:1"}]
    Good:
        l2vnis: [{vni: 110, rd: "192.0.2.9:1"}, {vni: 120, rd: "192.0.2.9:2"}]
    """
    places = ((vni.rd, (*at, "rd")) for at, vni in scope.vnis() if vni.rd)
    for rd, at, first in repeated(places):
        message = f"the route distinguisher {rd} is used twice: {_owner(at)} and {_owner(first)}"
        yield Problem(at, message, other=first, said="first used here")


@scope_rule("MOD406", "gateway-without-vrf")
def gateway_without_vrf(scope: Scope) -> Iterator[Problem]:
    """A gateway has no VRF that the node has, or no address.

    What: an L2VNI with a `gateway` and no `vrf`, with a `vrf` that the node does not have, or with a gateway without `ipv4`
        and `ipv6`.
    Why: the gateway's address would be in the underlay, or nowhere.
    Bad:
        l2vnis: [{vni: 110, gateway: {ipv4: 10.0.0.1/24}, host-leg: {}}]
    Good:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24}, host-leg: {}}]
    """
    vrfs = scope.vrfs()
    for at, segment in scope.l2vnis():
        if segment.vrf and segment.vrf not in vrfs:
            near = nearest(segment.vrf, vrfs)
            message = f"L2VNI {segment.vni} is in VRF {segment.vrf!r}, which this node does not have"
            yield Problem((*at, "vrf"), message, help=f"did you mean {near!r}?" if near else "")
        if not segment.gateway:
            continue
        if not segment.vrf:
            yield Problem((*at, "gateway"), f"the gateway of L2VNI {segment.vni} needs a `vrf` to route in")
        if not segment.gateway.ipv4 and not segment.gateway.ipv6:
            yield Problem((*at, "gateway"), f"the gateway of L2VNI {segment.vni} needs `ipv4`, `ipv6` or both")


@scope_rule("MOD407", "subnets-overlap")
def subnets_overlap(scope: Scope) -> Iterator[Problem]:
    """Two subnets of a VRF overlap.

    What: the subnets of gateways, and of the host session, that have addresses in common in one VRF.
    Why: the kernel would send packets for the addresses in both to one of the two links.
    Bad:
        vrfs: {red: {table: 1100}}
        l2vnis:
          - {vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/16}, host-leg: {}}
          - {vni: 120, vrf: red, gateway: {ipv4: 10.0.7.1/24}, host-leg: {}}
    Good:
        vrfs: {red: {table: 1100}}
        l2vnis:
          - {vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24}, host-leg: {}}
          - {vni: 120, vrf: red, gateway: {ipv4: 10.0.7.1/24}, host-leg: {}}
    """
    subnets: dict[str | None, list[tuple[Network, Origin]]] = {}
    for at, segment in scope.l2vnis():
        for family in ("ipv4", "ipv6") if segment.gateway else ():
            gateway: IPv4Interface | IPv6Interface | None = getattr(segment.gateway, family)
            if gateway:
                subnets.setdefault(segment.vrf, []).append((gateway.network, (*at, "gateway", family)))
    for at, vrf, session in scope.sessions():
        for ends in scope.ends(session):
            subnets.setdefault(vrf, []).append((ends.network, (*at, ends.family)))
    for vrf, found in subnets.items():
        for subnet, at, other, other_at in overlapping(found):
            message = f"the subnet {subnet} overlaps {other} in VRF {vrf or 'default'}"
            yield Problem(at, message, other=other_at, said="the other subnet")


@scope_rule("MOD408", "mtu-too-large")
def mtu_too_large(scope: Scope) -> Iterator[Problem]:
    """A segment's MTU and VXLAN's headers do not fit into the underlay's MTU.

    What: an `mtu` of an L2VNI that is larger than the underlay's less 50 bytes over IPv4, or 70 bytes over IPv6 (RFC 7348,
        section 5).
    Why: the VXLAN packets of full frames are larger than the underlay's MTU, and are dropped.
    Bad:
        l2vnis: [{vni: 110, mtu: 1500}]
    Good:
        underlay: {interfaces: [{name: eth1, mtu: 1600}]}
        l2vnis: [{vni: 110, mtu: 1500}]
    """
    for at, segment in scope.l2vnis():
        room = scope.mtu(segment.underlay)
        if segment.mtu and segment.mtu > room:
            message = f"L2VNI {segment.vni} has an MTU of {segment.mtu} bytes, but the underlay leaves {room} over {segment.underlay}"
            yield Problem((*at, "mtu"), message, help=f"at most {room}, or a larger `mtu` on the underlay's interfaces")


@scope_rule("MOD410", "l3vni-lost-with-a-leaf", Severity.WARNING)
def l3vni_lost_with_a_leaf(scope: Scope) -> Iterator[Problem]:
    """FRR before 9.1 loses the packets of L3VNIs when the session with one of several leaves ends.

    What: several neighbors of the underlay on a node with an L3VNI, with `frr.version` below 9.1.
    Why: zebra removes the router MAC of each remote VTEP although the other leaf announces the same routes, and no packet
        leaves the VRF until they are announced anew (FRRouting/frr issue 12391; measured: 8.4.4 removes it, 10.3 and 10.7.1
        keep it). `maximum-paths` does not help.
    Bad:
        frr: {version: "8.4"}
        underlay:
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}, {address: 192.0.2.9, remote-as: 64513, allowas-in: 1}]
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
    Good:
        frr: {version: "10.3"}
        underlay:
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}, {address: 192.0.2.9, remote-as: 64513, allowas-in: 1}]
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
    """
    version = dialect.before(scope.site.frr.version, boundaries.ROUTER_MAC_STAYS)
    if not version:
        return
    places = [at for at, vrf, _ in scope.neighbors() if vrf is None]
    routed = next((name for name, vrf in scope.vrfs().items() if vrf.l3vni), None)
    if routed and len(places) > 1:
        message = (
            f"packets through L3VNIs are lost when the session with one of the {len(places)} neighbors ends: "
            f"FRR {version} removes the router MACs of the remote VTEPs"
        )
        help_ = f"run FRR {releases.spell(boundaries.ROUTER_MAC_STAYS)} or newer"
        yield Problem(places[1], message, other=("vrfs", routed, "l3vni"), said="an L3VNI", help=help_)


@scope_rule("MOD409", "gateway-not-announced", Severity.WARNING)
def gateway_not_announced(scope: Scope) -> Iterator[Problem]:
    """The host behind a VRF's session gets no route to the subnet of a gateway of this VRF.

    What: a `gateway` of an L2VNI in a VRF with a host session of the same family, where neither `networks`, `aggregates` nor
        `redistribute` of the VRF announce its subnet.
    Why: BGP announces no connected subnet by itself. The host's pods do not reach the segment's hosts on their own node.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 192.169.10.0/24}}}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}]
    Good:
        vrfs:
          red:
            table: 1100
            redistribute: {ipv4: {connected: {}}}
            host-session: {asn: 64515, ipv4: {pool: 192.169.10.0/24}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}]
    """
    families = {vrf: {ends.family for ends in scope.ends(session)} for _, vrf, session in scope.sessions()}
    vrfs = scope.vrfs()
    for at, segment in scope.l2vnis():
        if segment.vrf not in vrfs or segment.gateway is None:
            continue
        for family in sorted(families.get(segment.vrf, ())):
            gateway: IPv4Interface | IPv6Interface | None = getattr(segment.gateway, family)
            if gateway and not gateway.is_link_local and not _announces(vrfs[segment.vrf], family, gateway.network):
                subnet = f"{gateway.network}, the subnet of L2VNI {segment.vni}"
                message = f"the host behind the session of VRF {segment.vrf} gets no route to {subnet}"
                help_ = (
                    f"add `redistribute: {{{family}: {{connected: {{}}}}}}` to the VRF, or the subnet to its `networks`"
                )
                session = ("vrfs", segment.vrf, "host-session")
                yield Problem((*at, "gateway", family), message, other=session, said="the session", help=help_)


def _announces(vrf: Vrf, family: str, subnet: Network) -> bool:
    """Whether BGP of a VRF announces a connected subnet, or a prefix that covers it."""
    redistributed = getattr(vrf.redistribute, family)
    if "connected" in redistributed:
        return True
    prefixes = [*vrf.networks, *(one.prefix for one in vrf.aggregates)]
    prefixes += [one.prefix for one in vrf.static_routes if "static" in redistributed]
    return any(one.version == subnet.version and one.supernet_of(subnet) for one in prefixes)  # type: ignore[arg-type]


@scope_rule("MOD411", "wildcard-target-unknown")
def wildcard_target_unknown(scope: Scope) -> Iterator[Problem]:
    """FRR before 8.5 imports no route target of any AS.

    What: `*:N` in `import-rts`, with `frr.version` below 8.5.
    Why: bgpd calls it malformed, and imports nothing.
    Bad:
        frr: {version: "8.4"}
        vrfs: {red: {table: 1100, l3vni: {vni: 100, import-rts: ["*:100"]}}}
    Good:
        frr: {version: "8.4"}
        vrfs: {red: {table: 1100, l3vni: {vni: 100}}}
    """
    message = dialect.lacks(scope.site.frr.version, dialect.WILDCARD_TARGET)
    if not message:
        return
    for at, vni in scope.vnis():
        for position, target in enumerate(vni.import_rts):
            if target.startswith("*"):
                yield Problem((*at, "import-rts", position), message, help="name each AS, or leave `import-rts` out")
