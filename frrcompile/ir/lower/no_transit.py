"""`no-transit`: a node passes no route of a fabric neighbor on to another one.

A route from an external neighbor of the underlay gets a large community on import. A route with this community is not exported
to an external neighbor. The AS path does not mark these routes: routes of hosts and of VRFs have AS paths too. The community has
the node's AS in it, so that nodes of one AS with internal sessions between them carry no transit either. The route maps call
the policies that the model gives in `import` and `export`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from frrcompile.ir.bgp import Family, Instance, Member
from frrcompile.ir.origin import Origin
from frrcompile.ir.policy import CommunityListEntry, CommunityListName, Match, RouteMapEntry, Set

AT: Origin = ("underlay", "no-transit")
"""The place of the lists, route maps and lines that `no-transit` adds."""

_VALUE = "7908:1"
"""The large community's second and third part: RFC 7908 is "Problem Definition and Classification of BGP Route Leaks"."""

_IN, _OUT, _LEARNED = "no-transit/in", "no-transit/out", "no-transit/learned"
"""Names with a slash: names in a model have none."""


class Guarded(NamedTuple):
    """The instance of the underlay with its policies, and what these need."""

    instance: Instance
    community_lists: tuple[CommunityListEntry, ...] = ()
    route_maps: tuple[RouteMapEntry, ...] = ()


def guarded(instance: Instance) -> Guarded:
    """The instance of the underlay without transit; as it is where a node has one fabric neighbor, or no external one."""
    fabric = [one for one in instance.neighbors if one.at[0] == "underlay"]
    external = {one.peer for one in fabric if instance.is_external(one)}
    if not external or (len(fabric) == 1 and not fabric[0].listen):
        return Guarded(instance)
    community = f"{instance.asn}:{_VALUE}"
    maps: dict[str, tuple[RouteMapEntry, ...]] = {}

    def guard(member: Member) -> Member:
        if member.peer not in external:
            return member
        name_in, name_out = _name(_IN, member.import_map, instance), _name(_OUT, member.export_map, instance)
        places = dict(member.elsewhere)
        if name_in:
            maps[name_in] = tuple(_import(name_in, member.import_map, community))
            if not member.import_map:
                places["import_map"] = AT
        if name_out:
            maps[name_out] = tuple(_export(name_out, member.export_map))
            if not member.export_map:
                places["export_map"] = AT
        return member._replace(import_map=name_in, export_map=name_out, elsewhere=places)

    def family(one: Family) -> Family:
        return one._replace(members=tuple(map(guard, one.members)))

    made = instance._replace(families=tuple(map(family, instance.families)))
    if not maps:
        return Guarded(instance)
    listed = CommunityListEntry("large", _LEARNED, 5, "permit", (community,), at=AT)
    return Guarded(made, (listed,), tuple(entry for entries in maps.values() for entry in entries))


def _name(guard: str, policy: str | None, instance: Instance) -> str | None:
    """The name of a route map; None without a policy under `ebgp-requires-policy`, as bgpd then exchanges no routes."""
    if policy is None and instance.ebgp_requires_policy:
        return None
    return f"{guard}/{policy}" if policy else guard


def _import(name: str, policy: str | None, community: str) -> Iterator[RouteMapEntry]:
    """The model's policy comes first, as it may replace communities; then the community is added."""
    if policy:
        places = {"call": AT, "on_match_next": AT}
        yield RouteMapEntry(name, "permit", 10, call=policy, on_match_next=True, at=AT, elsewhere=places)
    changes = Set(large_communities=(community,), additive=True, at=AT, elsewhere={"large_communities": AT})
    yield RouteMapEntry(name, "permit", 20, set=changes, at=AT)


def _export(name: str, policy: str | None) -> Iterator[RouteMapEntry]:
    """The match of the community comes first, as the model's policy may remove it."""
    learned = Match(community_list=CommunityListName("large", _LEARNED), at=AT, elsewhere={"community_list": AT})
    yield RouteMapEntry(name, "deny", 10, match=learned, at=AT)
    yield RouteMapEntry(name, "permit", 20, call=policy, at=AT, elsewhere={"call": AT})
