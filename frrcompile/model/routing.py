"""Routes that do not come from a neighbor: static, networks, aggregates, redistributed."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address, InterfaceName, PolicyName, Prefix, Truth, choice, whole

ProtocolName = Literal["connected", "static", "kernel"]
Protocol = Annotated[ProtocolName, choice(ProtocolName)]


class StaticRoute(Concept):
    """A static route (FRR manual, "STATIC"): through `via`, `interface` or both, or a `blackhole`."""

    prefix: Prefix = Field(examples=["10.1.0.0/16"])
    """Where to."""
    via: Address | None = Field(default=None, examples=["192.168.11.2"])
    """The next hop."""
    interface: InterfaceName | None = Field(default=None, examples=["eth1"])
    """The interface; a link-local next hop needs it."""
    blackhole: Truth = False
    """Drop the packets."""
    distance: Annotated[int, whole(1, 255, "a distance")] = 1
    """The administrative distance."""
    tag: Annotated[int, whole(1, 4294967295, "a tag")] | None = Field(default=None, examples=[100])
    """A tag for policies."""


class Aggregate(Concept):
    """An aggregate of more specific routes (`aggregate-address`)."""

    prefix: Prefix = Field(examples=["10.0.0.0/8"])
    """The aggregate."""
    summary_only: Truth = False
    """Announce the aggregate alone."""


class Redistribute(Concept):
    """How routes of another protocol enter BGP."""

    policy: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that they pass."""


class RedistributeFamilies(Concept):
    """Which protocols' routes enter BGP, by family."""

    ipv4: dict[Protocol, Redistribute | None] = Field(default={}, examples=[{"connected": {}}])
    """IPv4 routes."""
    ipv6: dict[Protocol, Redistribute | None] = Field(default={}, examples=[{"connected": {}}])
    """IPv6 routes."""


MostPaths = Annotated[int, whole(1, 256, "a number of paths")]


class MaximumPaths(Concept):
    """A limit on the paths of a prefix that are used together (ECMP). By default bgpd uses as many as it is built for."""

    ebgp: MostPaths | None = Field(default=None, examples=[4])
    """The most external paths (`maximum-paths`)."""
    ibgp: MostPaths | None = Field(default=None, examples=[2])
    """The most internal paths (`maximum-paths ibgp`)."""


class Routing(Concept):
    """The routes of a routing table of our own."""

    static_routes: tuple[StaticRoute, ...] = Field(
        default=(), examples=[[{"prefix": "10.1.0.0/16", "blackhole": True}]]
    )
    """Static routes."""
    networks: tuple[Prefix, ...] = Field(default=(), examples=[["10.9.0.0/24"]])
    """Prefixes that BGP announces (`network`)."""
    aggregates: tuple[Aggregate, ...] = Field(default=(), examples=[[{"prefix": "10.0.0.0/8"}]])
    """Aggregates that BGP announces."""
    redistribute: RedistributeFamilies = RedistributeFamilies.defaults()
    """Other protocols' routes that enter BGP."""
    maximum_paths: MaximumPaths = MaximumPaths.defaults()
    """The most paths of a prefix that are used together, for IPv4 and IPv6 unicast."""
