"""A node's router, whole: what `render` writes as frr.conf and `plumb` makes in the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frrcompile.ir.bgp import Instance
from frrcompile.ir.links import Links
from frrcompile.ir.origin import Origin, origin
from frrcompile.ir.policy import BfdProfile, CommunityListEntry, PrefixListEntry, RouteMapEntry


@dataclass(frozen=True, slots=True)
class StaticRoute:
    """A static route; `next_hop` is an address, an interface, both, or `blackhole`."""

    family: Literal["ip", "ipv6"]
    prefix: str
    next_hop: str
    tag: int | None
    distance: int | None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Vrf:
    """A VRF as zebra and staticd configure it."""

    name: str
    vni: int | None
    routes: tuple[StaticRoute, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Raw:
    """Lines of frr.conf that the operator wrote."""

    lines: tuple[str, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Node:
    """The router of one node.

    `declared` are the instances that must be there before any of them is configured, as (AS, VRF).
    """

    name: str
    index: int
    frr: str
    daemons: tuple[str, ...]
    log: tuple[str, ...]
    debug: tuple[str, ...]
    prefix_lists: tuple[PrefixListEntry, ...]
    community_lists: tuple[CommunityListEntry, ...]
    route_maps: tuple[RouteMapEntry, ...]
    bfd_profiles: tuple[BfdProfile, ...]
    routes: tuple[StaticRoute, ...]
    vrfs: tuple[Vrf, ...]
    declared: tuple[tuple[int, str | None], ...]
    bgp: tuple[Instance, ...]
    raw: tuple[Raw, ...]
    links: Links
