"""`no-transit`: a node passes no route of a fabric neighbor on to another one.

Routes get a large community on import from an external neighbor of the underlay, and are not exported with it to any. An AS
path could not tell them: the routes of hosts and of VRFs have AS paths too. The community names the node's AS, so that nodes of
one AS with internal sessions between them carry no transit either. What the model says of `import` and `export` is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from frrcompile.ir.bgp import Family, Instance, Member
from frrcompile.ir.origin import Origin
from frrcompile.ir.policy import CommunityListEntry, CommunityListName, Match, RouteMapEntry, Set

AT: Origin = ("underlay", "no-transit")
"""The place of all that is made here."""

_VALUE = "7908:1"
"""Of the large community, behind the AS: after RFC 7908, "Problem Definition and Classification of BGP Route Leaks"."""

_IN, _OUT, _LEARNED = "no-transit/in", "no-transit/out", "no-transit/learned"
"""The model's own names have no slash."""


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
        places: dict[str, Origin] = {}
        if name_in:
            maps[name_in] = tuple(_import(name_in, member.import_map, community))
            places |= {} if member.import_map else {"import_map": AT}
        if name_out:
            maps[name_out] = tuple(_export(name_out, member.export_map))
            places |= {} if member.export_map else {"export_map": AT}
        return member._replace(import_map=name_in, export_map=name_out, elsewhere={**member.elsewhere, **places})

    def family(one: Family) -> Family:
        return one._replace(members=tuple(map(guard, one.members)))

    made = instance._replace(families=tuple(map(family, instance.families)))
    if not maps:
        return Guarded(instance)
    listed = CommunityListEntry("large", _LEARNED, 5, "permit", (community,), at=AT)
    return Guarded(made, (listed,), tuple(entry for entries in maps.values() for entry in entries))


def _name(guard: str, policy: str | None, instance: Instance) -> str | None:
    """The name of a route map; none where `ebgp-requires-policy` lets nothing through for want of a policy."""
    if policy is None and instance.ebgp_requires_policy:
        return None
    return f"{guard}/{policy}" if policy else guard


def _import(name: str, policy: str | None, community: str) -> Iterator[RouteMapEntry]:
    """First the model's policy, which may replace communities; then the mark."""
    if policy:
        places = {"call": AT, "on_match_next": AT}
        yield RouteMapEntry(name, "permit", 10, call=policy, on_match_next=True, at=AT, elsewhere=places)
    changes = Set(large_communities=(community,), additive=True, at=AT, elsewhere={"large_communities": AT})
    yield RouteMapEntry(name, "permit", 20, set=changes, at=AT)


def _export(name: str, policy: str | None) -> Iterator[RouteMapEntry]:
    """First the mark, which the model's policy may take away."""
    learned = Match(community_list=CommunityListName("large", _LEARNED), at=AT, elsewhere={"community_list": AT})
    yield RouteMapEntry(name, "deny", 10, match=learned, at=AT)
    yield RouteMapEntry(name, "permit", 20, call=policy, at=AT, elsewhere={"call": AT})
