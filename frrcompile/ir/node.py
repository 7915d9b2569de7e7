"""A node's router, whole: what `render` writes as frr.conf and `plumb` makes in the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from frrcompile.ir.bgp import Declaration, Instance
from frrcompile.ir.links import Links
from frrcompile.ir.origin import Listed, Origin
from frrcompile.ir.policy import AsPathListEntry, BfdProfile, CommunityListEntry, PrefixListEntry, RouteMapEntry

if TYPE_CHECKING:
    from frrcompile.model.frr import LevelName


class Log(NamedTuple):
    """A target of FRR's log, and the least severe level there; None is FRR's default level."""

    target: Literal["file", "syslog", "stdout"]
    path: str | None
    level: LevelName | None
    at: Origin = ()


class Timestamps(NamedTuple):
    """The digits of a second's fraction in the log's timestamps."""

    precision: int
    at: Origin = ()


class StaticRoute(NamedTuple):
    """A static route through an address, an interface or both; without either it drops the packets.

    A distance that is None is FRR's default.
    """

    family: Literal["ipv4", "ipv6"]
    prefix: str
    via: str | None
    interface: str | None
    tag: int | None
    distance: int | None
    at: Origin = ()


class Vrf(NamedTuple):
    """A VRF as zebra and staticd configure it."""

    name: str
    vni: int | None
    routes: tuple[StaticRoute, ...]
    at: Origin = ()


class Raw(NamedTuple):
    """Lines of frr.conf that the operator wrote."""

    lines: tuple[Listed, ...]
    at: Origin = ()


@dataclass(frozen=True, slots=True)
class Node:
    """The router of one node.

    `debug` and `raw` are in FRR's words: the operator wrote them so.
    """

    name: str
    index: int
    frr: str
    daemons: tuple[str, ...]
    log: tuple[Log, ...]
    timestamps: Timestamps | None
    debug: tuple[Listed, ...]
    prefix_lists: tuple[PrefixListEntry, ...]
    community_lists: tuple[CommunityListEntry, ...]
    as_path_lists: tuple[AsPathListEntry, ...]
    route_maps: tuple[RouteMapEntry, ...]
    bfd_profiles: tuple[BfdProfile, ...]
    routes: tuple[StaticRoute, ...]
    vrfs: tuple[Vrf, ...]
    declared: tuple[Declaration, ...]
    bgp: tuple[Instance, ...]
    raw: tuple[Raw, ...]
    links: Links
    at: Origin = ()
