"""Policies: prefix lists, community lists, route maps."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import (
    Address,
    Asn,
    AsPathRegex,
    Community,
    ExtendedCommunity,
    Hint,
    InterfaceName,
    LargeCommunity,
    PolicyName,
    Prefix,
    Reads,
    Truth,
    Vni,
    choice,
    read_address,
    whole,
)

ActionName = Literal["permit", "deny"]
Action = Annotated[ActionName, choice(ActionName)]
RouteType = Literal["macip", "multicast", "prefix"]
SourceProtocol = Literal["bgp", "connected", "kernel", "static"]
Length = Annotated[int, whole(0, 128, "a prefix length")]
ListSequence = Annotated[int, whole(1, 4294967295, "a sequence number")]
MapSequence = Annotated[int, whole(1, 65535, "a sequence number")]


class PrefixListEntry(Concept):
    """One entry of a prefix list (FRR manual, "IP Prefix List")."""

    action: Action = Field(examples=["permit"])
    """Whether a prefix that matches is taken."""
    prefix: Prefix = Field(examples=["10.0.0.0/8"])
    """The prefix to match; a list is of one family."""
    ge: Length | None = Field(default=None, examples=[16])
    """Match more specific prefixes of at least this length."""
    le: Length | None = Field(default=None, examples=[24])
    """Match more specific prefixes of at most this length."""
    seq: ListSequence | None = Field(default=None, examples=[5])
    """The entry's number; five more than the one before it by default, so that an entry put at the end changes no other."""


class CommunityListEntry(Concept):
    """One entry of a community list: the communities that a route must all have. One kind of them is given."""

    action: Action = Field(examples=["permit"])
    """Whether a route that matches is taken."""
    communities: tuple[Community, ...] = Field(default=(), examples=[["65000:1"]])
    """Standard communities (RFC 1997)."""
    large_communities: tuple[LargeCommunity, ...] = Field(default=(), examples=[["65000:1:2"]])
    """Large communities (RFC 8092)."""
    extended_communities: tuple[ExtendedCommunity, ...] = Field(default=(), examples=[["rt 65000:1"]])
    """Extended communities (RFC 4360), `rt` or `soo` and a value."""
    seq: ListSequence | None = Field(default=None, examples=[5])
    """The entry's number; five more than the one before it by default."""


class AsPathListEntry(Concept):
    """One entry of an AS path list (FRR manual, "AS Path Access Lists")."""

    action: Action = Field(examples=["permit"])
    """Whether a route that matches is taken."""
    regex: AsPathRegex = Field(examples=["^64512_"])
    """A regular expression over the AS path, whose numbers have a blank between them. `_` is such a blank, or an end of the path."""
    seq: ListSequence | None = Field(default=None, examples=[5])
    """The entry's number; five more than the one before it by default."""


class Match(Concept):
    """The conditions for a route, which must meet all that are given."""

    prefix_list: PolicyName | None = Field(default=None, examples=["pods"])
    """Its prefix is in a prefix list."""
    community_list: PolicyName | None = Field(default=None, examples=["customers"])
    """It has the communities of a community list of any kind."""
    as_path_list: PolicyName | None = Field(default=None, examples=["from-leaf"])
    """Its AS path is in an AS path list."""
    interface: InterfaceName | None = Field(default=None, examples=["eth1"])
    """Its next hop is on an interface."""
    tag: Annotated[int, whole(1, 4294967295, "a tag")] | None = Field(default=None, examples=[100])
    """It has a tag."""
    vni: Vni | None = Field(default=None, examples=[100])
    """It is an EVPN route with this VNI."""
    route_type: Annotated[RouteType, choice(RouteType)] | None = Field(default=None, examples=["prefix"])
    """It is an EVPN route of this type: 2, 3 or 5."""
    source_protocol: Annotated[SourceProtocol, choice(SourceProtocol)] | None = Field(default=None, examples=["static"])
    """It came from this protocol."""


def _next_hop(text: str) -> str:
    if text == "unchanged":
        return text
    try:
        return str(read_address(text, None))
    except ValueError as error:
        raise Hint(str(error)) from None


class Set(Concept):
    """What is changed in a route that is permitted."""

    local_preference: Annotated[int, whole(0, 4294967295, "a preference")] | None = Field(default=None, examples=[200])
    """The local preference."""
    metric: Annotated[int, whole(0, 4294967295, "a metric")] | None = Field(default=None, examples=[100])
    """The multi-exit discriminator."""
    weight: Annotated[int, whole(0, 4294967295, "a weight")] | None = Field(default=None, examples=[100])
    """FRR's weight."""
    tag: Annotated[int, whole(1, 4294967295, "a tag")] | None = Field(default=None, examples=[100])
    """A tag."""
    communities: tuple[Community, ...] = Field(default=(), examples=[["65000:1", "no-export"]])
    """Standard communities."""
    large_communities: tuple[LargeCommunity, ...] = Field(default=(), examples=[["65000:1:2"]])
    """Large communities."""
    additive: Truth = False
    """Whether communities are added to those that the route has, and not put in their place."""
    next_hop: Annotated[str, Reads(_next_hop, "an address, or unchanged", {"type": "string"})] | None = Field(
        default=None, examples=["192.0.2.1"]
    )
    """The next hop: an IPv4 or IPv6 address."""
    prepend: tuple[Asn, ...] = Field(default=(), examples=[[64514, 64514]])
    """AS numbers put before the path."""


class RouteMapEntry(Concept):
    """One entry of a route map: what matches is permitted or denied (FRR manual, "Route Maps")."""

    action: Action = Field(examples=["permit"])
    """Whether a route that matches is taken."""
    seq: MapSequence | None = Field(default=None, examples=[10])
    """The entry's number; ten more than the one before it by default, so that an entry put at the end changes no other."""
    match: Match = Match.defaults()
    """What the route must be like; any route where it is empty."""
    set: Set = Set.defaults()
    """What is changed."""
    call: PolicyName | None = Field(default=None, examples=["common"])
    """Another route map that the route must pass too."""
    next: Truth = False
    """Whether a route that is permitted goes on to the entry after this one (`on-match next`)."""
    goto: MapSequence | None = Field(default=None, examples=[100])
    """The number of a later entry, to which a route that is permitted goes on (`on-match goto`, also called `continue`)."""


__all__ = ["Address", "CommunityListEntry", "Match", "PrefixListEntry", "RouteMapEntry", "Set"]
