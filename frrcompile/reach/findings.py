"""The findings of the site check: one for each cause, and one for each thing that is not followed.

Each function makes one kind of finding, and documents it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.ir.origin import Origin
from frrcompile.ir.source import Source
from frrcompile.model.tree import locate
from frrcompile.reach.follow import Fate
from frrcompile.reach.raw import unfollowed
from frrcompile.reach.route import Cause, Kind, Unknown
from frrcompile.reach.speakers import Router

Sources = Callable[[str], Source]
"""The document as a node has it, by the node's name."""


def as_path_loop(source: Source, cause: Cause, message: str) -> Diagnostic:
    """Routes do not reach another node: their AS path has that node's AS.

    What: two nodes with one AS and external sessions, neither with `allowas-in`; or an AS that a route map prepends, or a
        local AS, that is the other node's.
    Why: bgpd drops a route whose AS path has its own AS (RFC 4271, 9.1.2; bgpd/bgp_route.c, bgp_update). The leaf has the
        routes of all nodes, and each node has its own only.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}]}
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]}
    """
    return source.finding(Severity.WARNING, "MOD801", cause.at, message, help=cause.help)


def policy_denies(source: Source, cause: Cause, message: str) -> Diagnostic:
    """Routes that nodes need of each other pass no policy.

    What: a route map, on export or on import, denies the VTEP's prefix, or the EVPN routes of a VNI, on every way to another
        node. A prefix list without `le` or `ge` permits one prefix of one length only.
    Why: a route map denies what no entry matches. A prefix list of a neighbor's policy counts for l2vpn-evpn too, where it
        matches no type-3 route (bgpd/bgp_routemap.c).
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, export: vteps}]}
        prefix-lists: {vteps: [{action: permit, prefix: 100.65.0.0/24}]}
        route-maps: {vteps: [{action: permit, match: {prefix-list: vteps}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, export: vteps}]}
        prefix-lists: {vteps: [{action: permit, prefix: 100.65.0.0/24, le: 32}]}
        route-maps: {vteps: [{action: permit, match: {prefix-list: vteps}}]}
    """
    return source.finding(Severity.WARNING, "MOD802", cause.at, message, help=cause.help)


def not_carried(source: Source, cause: Cause, message: str) -> Diagnostic:
    """Routes that nodes need of each other are on no session, or arrive spoiled.

    What: no session has the address family; a community such as no-export keeps the routes in one AS; an internal session
        passes on no route of another; a node on the way has `no-transit`; or `next-hop-self` in l2vpn-evpn puts the session's
        address in the VTEP's place.
    Why: a route travels in the families that both ends have (RFC 4760), as far as its communities allow (RFC 1997). Packets
        travel to the next hop of an EVPN route, which is the VTEP (RFC 8365).
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, next-hop-self: true, allowas-in: origin}]}
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        l2vnis: [{vni: 110}]
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        nodes: {k0: {index: 0}, k1: {index: 1}}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        l2vnis: [{vni: 110}]
    """
    return source.finding(Severity.WARNING, "MOD803", cause.at, message, help=cause.help)


def targets_differ(source: Source, cause: Cause, message: str) -> Diagnostic:
    """A VNI does not import what the same VNI of another node exports.

    What: the route targets that one node exports for a VNI are none of those that another node imports for it.
    Why: a VNI takes the routes that have one of its import targets (RFC 4364, 4.3.1): without any, those with the VNI as
        number and any AS; with some, those alone.
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1, override: {l2vnis: [{vni: 110, export-rts: ["2:2"]}]}}}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        l2vnis: [{vni: 110}]
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
        l2vnis: [{vni: 110}]
    """
    return source.finding(Severity.WARNING, "MOD804", cause.at, message, help=cause.help)


def not_announced(source: Source, cause: Cause, message: str) -> Diagnostic:
    """A node does not announce what others need of it.

    What: a network that the routing table of the model never has, while `import-check` is on; a VTEP that an aggregate with
        `summary-only` suppresses; an IPv6 VTEP with an FRR before 10.6.
    Why: bgpd announces a network while the routing table has it (`bgp network import-check`), and no part of such an
        aggregate. FRR before 10.6 sends type-3 routes of IPv6 VTEPs with the router id as next hop (measured).
    Bad:
        underlay: {aggregates: [{prefix: 100.65.0.0/24, summary-only: true}]}
    Good:
        underlay: {aggregates: [{prefix: 100.65.0.0/24}]}
    """
    return source.finding(Severity.WARNING, "MOD805", cause.at, message, help=cause.help)


def limit_ends_session(source: Source, cause: Cause, message: str) -> Diagnostic:
    """A prefix limit ends a session when all nodes announce their routes.

    What: a `maximum-prefix` without `warning-only` that is lower than the number of routes that the other nodes of the site
        announce for certain: a prefix for each VTEP, a type-3 route for each L2VNI.
    Why: bgpd ends the session, with all its families, when it has accepted more prefixes than the limit (FRR manual,
        `neighbor PEER maximum-prefix`).
    Bad:
        nodes: {k0: {index: 0}, k1: {index: 1}, k2: {index: 2}}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin, maximum-prefix: {limit: 1}}]}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
    Good:
        nodes: {k0: {index: 0}, k1: {index: 1}, k2: {index: 2}}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin, maximum-prefix: {limit: 1000}}]}
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
    """
    return source.finding(Severity.WARNING, "MOD806", cause.at, message, help=cause.help)


def not_followed(source: Source, unknown: Unknown) -> Diagnostic:
    """The site check does not know whether routes arrive.

    What: raw lines about BGP and its policies; `match: {interface}` and `match: {source-protocol}`; a next hop that a route
        map sets on import; a VTEP that others announce. docs/site-check.md lists what is followed.
    Why: what such lines do depends on more than the model says. This is a note: nothing is known to be wrong.
    Bad:
        raw: [{lines: "router bgp 64514\\n neighbor 192.0.2.1 weight 5\\nexit"}]
    Good:
        raw: [{lines: "router bgp 64514\\n bgp bestpath compare-routerid\\nexit"}]
    """
    message = f"the site check does not follow {unknown.what}: it is not known whether all routes arrive"
    place = source.line(unknown.at) if unknown.at[:1] == ("raw",) else locate(source.root, unknown.at)
    return source.finding(Severity.INFO, "MOD809", unknown.at, message)._replace(span=place)


_BY_KIND: dict[Kind, Callable[[Source, Cause, str], Diagnostic]] = {
    "loop": as_path_loop,
    "policy": policy_denies,
    "carried": not_carried,
    "targets": targets_differ,
    "origin": not_announced,
    "limit": limit_ends_session,
}


def losses(fates: Iterable[Fate], sources: Sources) -> Iterator[Diagnostic]:
    """A finding for each cause, with the first thing that it stops. Causes that another rule reports are left out."""
    stopped: dict[tuple[str, Origin], list[tuple[Fate, Cause]]] = {}
    for fate in fates:
        if isinstance(fate.stopped, Cause) and fate.stopped.kind in _BY_KIND:
            stopped.setdefault((fate.stopped.kind, fate.stopped.at), []).append((fate, fate.stopped))
    for found in stopped.values():
        fate, cause = found[0]
        finding = _BY_KIND[cause.kind](sources(fate.at.name), cause._replace(help=_help(found)), _message(found))
        lost = Label(locate(sources(fate.origin.name).root, fate.source.at), "what is lost")
        yield finding if lost.span == finding.span else finding._replace(labels=(lost,))


def _message(found: list[tuple[Fate, Cause]]) -> str:
    """The first thing that a cause stops, why, and how much more it stops."""
    fate, cause = found[0]
    to = f"node {fate.target.name}" if fate.target else "the fabric"
    if cause.kind == "targets":
        message = f"{cause.why}, so that {fate.source.what} does not reach {to}"
    else:
        message = f"{fate.source.what} of node {fate.origin.name} does not reach {to}: {cause.why}"
    more = list(dict.fromkeys(other.source.what for other, _ in found if other.source.what != fate.source.what))
    if not more:
        return message
    rest = f" and {len(more) - 2} more" if len(more) > 2 else ""
    return f"{message}. The same stops {', '.join(more[:2])}{rest}"


def _help(found: list[tuple[Fate, Cause]]) -> str:
    """What to do, and all other sessions that need it: the finding ends when one of them is repaired, because routes then arrive."""
    help_ = found[0][1].help
    also = list(dict.fromkeys(peer for _, cause in found for peer in cause.also if peer != found[0][1].session))
    if not also:
        return help_
    sessions = f"session{'s' * (len(also) > 1)} with {', '.join(also)}"
    others = f"repair the {sessions} too, which the check does not name again once one way is open"
    return f"{help_}; {others}" if help_ else others


def unknowns(routers: Iterable[Router], fates: Iterable[Fate], sources: Sources) -> Iterator[Diagnostic]:
    """A finding for each thing that is not followed."""
    places: dict[Origin, tuple[str, Unknown]] = {}
    for one in routers:
        for unknown in unfollowed(one.node):
            places.setdefault(unknown.at, (one.name, unknown))
    for fate in fates:
        if isinstance(fate.stopped, Unknown):
            places.setdefault(fate.stopped.at, (fate.at.name, fate.stopped))
    for name, unknown in places.values():
        yield not_followed(sources(name), unknown)
