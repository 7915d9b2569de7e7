"""Rules over sessions as lowered: whether they exchange routes, and over which interface."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity, nearest
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.ir.validate.rule import Problem, node_rule


@node_rule("MOD212", "session-without-policy", Severity.WARNING)
def session_without_policy(node: Node) -> Iterator[Problem]:
    """An eBGP session without a policy exchanges no routes.

    What: an external neighbor or host session with a family that has no `import` or no `export`, where
        `ebgp-requires-policy` is on. This is a warning.
    Why: bgpd accepts no route and sends none without a policy (RFC 8212; bgpd/bgp_route.c). The session is established
        nevertheless.
    Bad:
        router: {ebgp-requires-policy: true}
    Good:
        router: {ebgp-requires-policy: true}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: all, export: all}]}
        route-maps: {all: [{action: permit}]}
    """
    for instance in node.bgp:
        if not instance.ebgp_requires_policy:
            continue
        for neighbor in instance.neighbors:
            missing = _missing(instance, neighbor) if instance.is_external(neighbor) else []
            if missing:
                yield Problem(
                    neighbor.elsewhere.get("peer", neighbor.at),
                    f"the eBGP session with {neighbor.peer} exchanges no routes: it has no policy for "
                    f"{', '.join(missing)}, and `ebgp-requires-policy` is on",
                    help="name a policy under `import` and `export`, or set `ebgp-requires-policy: false` in `router`",
                )


@node_rule("MOD214", "interface-not-there", Severity.WARNING)
def interface_not_there(node: Node) -> Iterator[Problem]:
    """A session or static route of the underlay is over an interface that the underlay does not have.

    What: `interface` or `source` of an underlay neighbor, or `interface` of a static route, that is neither an entry of
        `underlay.interfaces` nor another link that the model makes. A model without `underlay.interfaces` has its links
        from elsewhere: then nothing is found. An interface has the name that it has in FRR's namespace. This is a warning.
    Why: FRR takes the line and waits for an interface of that name: the session is never established, the route never
        installed.
    Bad:
        underlay: {interfaces: [{name: eth1, vlan: 10}], neighbors: [{interface: eth1, remote-as: external}]}
    Good:
        underlay: {interfaces: [{name: eth1, vlan: 10}], neighbors: [{interface: eth1.10, remote-as: external}]}
    """
    links = node.links
    if not links.nics:
        return
    own = [nic.name for nic in links.nics]
    there = {"lo", *own}
    there.update(link.name for kind in (links.vrfs, links.bridges, links.vxlans) for link in kind)
    there.update(pair.router for pairs in (links.veths, links.segment_veths) for pair in pairs)
    for at, name in _interfaces(node):
        if name not in there:
            near = nearest(name, own)
            message = f"FRR's namespace has no interface {name!r}: the underlay has {', '.join(own)}"
            help_ = f"did you mean {near!r}?" if near else "add it to `underlay.interfaces`"
            yield Problem(at, message, other=("underlay", "interfaces"), said="the interfaces", help=help_)


def _interfaces(node: Node) -> Iterator[tuple[Origin, str]]:
    """The interfaces that the underlay's sessions and static routes name."""
    for neighbor in (one for instance in node.bgp if instance.vrf is None for one in instance.neighbors):
        if neighbor.kind == "interface":
            yield (*neighbor.at, "interface"), neighbor.peer
        if neighbor.source and not _is_address(neighbor.source):
            yield (*neighbor.at, "source"), neighbor.source
    for route in node.routes:
        if route.interface:
            yield (*route.at, "interface"), route.interface


def _is_address(source: str) -> bool:
    return ":" in source or source.replace(".", "").isdecimal()


def _missing(instance: Instance, neighbor: Neighbor) -> list[str]:
    """The families and directions of a neighbour that no policy is given for."""
    return [
        f"{way} in {family.name}"
        for family in instance.families
        for member in family.members
        if member.peer == neighbor.peer
        for way, policy in (("import", member.import_map), ("export", member.export_map))
        if policy is None
    ]
