"""Rules over references: a route map, a list or a BFD profile that is used must be defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frrcompile.diagnostics import nearest
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope, policies
from frrcompile.ir.validate.rule import Problem, scope_rule
from frrcompile.model.routing import Routing
from frrcompile.model.session import FamilyPolicy

Use = tuple[str | None, Origin]


def _family_uses(policy: FamilyPolicy, at: Origin) -> Iterator[Use]:
    yield policy.import_, (*at, "import")
    yield policy.export, (*at, "export")
    default = policy.default_originate
    yield default.policy if default else None, (*at, "default-originate", "policy")


def _routing_uses(routing: Routing, at: Origin) -> Iterator[Use]:
    for family, protocols in (("ipv4", routing.redistribute.ipv4), ("ipv6", routing.redistribute.ipv6)):
        for protocol, options in protocols.items():
            yield options.policy if options else None, (*at, "redistribute", family, protocol, "policy")


def _route_map_uses(scope: Scope) -> Iterator[Use]:
    """Every place that names a route map."""
    site = scope.site
    for at, _, session in scope.peerings():
        for place, policy in policies(at, session):
            yield from _family_uses(policy, place)
    yield from _routing_uses(site.underlay, ("underlay",))
    for name, vrf in scope.vrfs().items():
        yield from _routing_uses(vrf, ("vrfs", name))
        yield vrf.leak.policy if vrf.leak else None, ("vrfs", name, "leak", "policy")
    for name, entries in site.route_maps.items():
        for position, entry in enumerate(entries):
            yield entry.call, ("route-maps", name, position, "call")


def _undefined(what: str, section: str, uses: Iterable[Use], defined: Iterable[str], so: str) -> Iterator[Problem]:
    names = set(defined)
    for name, at in uses:
        if name and name not in names:
            near = nearest(name, names)
            hint = f"did you mean {near!r}?" if near else f"define it under `{section}`"
            yield Problem(at, f"{what} {name!r} is not defined{so}", help=hint)


@scope_rule("MOD601", "unknown-route-map")
def unknown_route_map(scope: Scope) -> Iterator[Problem]:
    """A route map that is used is not defined.

    What: a route map that `import`, `export`, a `policy` or `call` names, and that `route-maps` does not have.
    Why: bgpd denies every route by an undefined route map (bgpd/bgp_route.c), and reports nothing.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: leaf-in}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, import: leaf-in}]}
        route-maps: {leaf-in: [{action: permit}]}
    """
    so = "; FRR would deny every route"
    yield from _undefined("route map", "route-maps", _route_map_uses(scope), scope.site.route_maps, so)


@scope_rule("MOD602", "unknown-list")
def unknown_list(scope: Scope) -> Iterator[Problem]:
    """A prefix list, community list or AS path list that is used is not defined.

    What: a list that `match` of a route map names, and that `prefix-lists`, `community-lists` or `as-path-lists` does not have.
    Why: an undefined list matches no route, and FRR reports nothing.
    Bad:
        route-maps: {leaf-in: [{action: permit, match: {prefix-list: pods}}]}
    Good:
        route-maps: {leaf-in: [{action: permit, match: {prefix-list: pods}}]}
        prefix-lists: {pods: [{action: permit, prefix: 10.0.0.0/8}]}
    """
    site = scope.site
    prefix_uses: list[Use] = []
    community_uses: list[Use] = []
    as_path_uses: list[Use] = []
    for name, entries in site.route_maps.items():
        for position, entry in enumerate(entries):
            at = ("route-maps", name, position, "match")
            prefix_uses.append((entry.match.prefix_list, (*at, "prefix-list")))
            community_uses.append((entry.match.community_list, (*at, "community-list")))
            as_path_uses.append((entry.match.as_path_list, (*at, "as-path-list")))
    so = "; FRR would match no route"
    yield from _undefined("prefix list", "prefix-lists", prefix_uses, site.prefix_lists, so)
    yield from _undefined("community list", "community-lists", community_uses, site.community_lists, so)
    yield from _undefined("AS path list", "as-path-lists", as_path_uses, site.as_path_lists, so)


@scope_rule("MOD603", "unknown-bfd-profile")
def unknown_bfd_profile(scope: Scope) -> Iterator[Problem]:
    """A BFD profile that is used is not defined.

    What: a `bfd.profile` of a session that `bfd-profiles` does not have.
    Why: bfdd uses BFD's defaults for the session, and reports nothing.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, bfd: {profile: fast}}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, bfd: {profile: fast}}]}
        bfd-profiles: {fast: {detect-multiplier: 3}}
    """
    uses = ((one.bfd.profile if one.bfd else None, (*at, "bfd", "profile")) for at, _, one in scope.peerings())
    so = "; FRR would take BFD's defaults"
    yield from _undefined("BFD profile", "bfd-profiles", uses, scope.site.bfd_profiles, so)
