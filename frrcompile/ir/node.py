"""A node's router, whole: what `render` writes as frr.conf and `plumb` makes in the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.ir.bgp import Instance
from frrcompile.ir.links import Links
from frrcompile.ir.origin import Origin, origin


@dataclass(frozen=True, slots=True)
class Log:
    """FRR's log targets, each the words after `log`."""

    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vrf:
    """A VRF as zebra configures it."""

    name: str
    vni: int | None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class RouteMapEntry:
    """One entry of a route map."""

    name: str
    action: str
    seq: int
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class Node:
    """The router of one node."""

    name: str
    index: int
    frr: str
    daemons: tuple[str, ...]
    log: Log
    debug: tuple[str, ...]
    vrfs: tuple[Vrf, ...]
    route_maps: tuple[RouteMapEntry, ...]
    bgp: tuple[Instance, ...]
    links: Links
