"""Policies as FRR has them: each entry with its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from frrcompile.ir.origin import BELOW, Origin

if TYPE_CHECKING:
    from frrcompile.model.policy import ActionName, RouteType, SourceProtocol

IpVersion = Literal["ipv4", "ipv6"]
CommunityKind = Literal["standard", "large", "extended"]


class PrefixListEntry(NamedTuple):
    """One entry of a prefix list."""

    family: IpVersion
    name: str
    seq: int
    action: ActionName
    prefix: str
    ge: int | None
    le: int | None
    at: Origin = ()


class ExtendedCommunity(NamedTuple):
    """An extended community (RFC 4360): `value` is the administrator and the number, such as 65000:1."""

    kind: Literal["route-target", "site-of-origin"]
    value: str


class CommunityListEntry(NamedTuple):
    """One entry of a community list: the communities that a route must all have, all of one kind, in FRR's order."""

    kind: CommunityKind
    name: str
    seq: int
    action: ActionName
    communities: tuple[str, ...] | tuple[ExtendedCommunity, ...]
    at: Origin = ()


class CommunityListName(NamedTuple):
    """A community list that a route map names, and the kind of its communities."""

    kind: CommunityKind
    name: str


class AsPathListEntry(NamedTuple):
    """One entry of an AS path list: a regular expression over AS paths."""

    name: str
    seq: int
    action: ActionName
    regex: str
    at: Origin = ()


class PrefixListName(NamedTuple):
    """A prefix list that a route map names, and its family."""

    family: IpVersion
    name: str


class Match(NamedTuple):
    """What a route must be like, in every respect that is not None."""

    as_path_list: str | None = None
    community_list: CommunityListName | None = None
    route_type: RouteType | None = None
    vni: int | None = None
    interface: str | None = None
    prefix_list: PrefixListName | None = None
    source_protocol: SourceProtocol | None = None
    tag: int | None = None
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class NextHop(NamedTuple):
    """The next hop that a route gets; without an address, FRR leaves the one that it has."""

    family: IpVersion
    address: str | None


class Set(NamedTuple):
    """What is changed in a route. Communities are in FRR's order; `additive` ones join those that the route has."""

    prepend: tuple[int, ...] = ()
    communities: tuple[str, ...] = ()
    next_hop: NextHop | None = None
    large_communities: tuple[str, ...] = ()
    additive: bool = False
    local_preference: int | None = None
    metric: int | None = None
    tag: int | None = None
    weight: int | None = None
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class RouteMapEntry(NamedTuple):
    """One entry of a route map."""

    name: str
    action: ActionName
    seq: int
    match: Match = Match()
    set: Set = Set()
    call: str | None = None
    on_match_next: bool = False
    on_match_goto: int | None = None
    at: Origin = ()
    elsewhere: Mapping[str, Origin] = BELOW


class BfdProfile(NamedTuple):
    """A BFD profile; times in milliseconds, None where FRR's default is meant."""

    name: str
    detect_multiplier: int | None
    transmit_interval: int | None
    receive_interval: int | None
    passive_mode: bool
    echo_mode: bool
    echo_transmit_interval: int | None
    echo_receive_interval: int | None
    minimum_ttl: int | None
    at: Origin = ()
