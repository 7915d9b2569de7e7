"""Policies as FRR has them: each entry with its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frrcompile.ir.origin import Origin, origin


@dataclass(frozen=True, slots=True)
class PrefixListEntry:
    """One entry of a prefix list; `family` is FRR's word, `ip` or `ipv6`."""

    family: Literal["ip", "ipv6"]
    name: str
    seq: int
    action: str
    prefix: str
    ge: int | None
    le: int | None
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class CommunityListEntry:
    """One entry of a community list; `kind` is FRR's word before `community-list`, empty for standard communities."""

    kind: Literal["", "large-", "ext"]
    name: str
    seq: int
    action: str
    communities: tuple[str, ...]
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class RouteMapEntry:
    """One entry of a route map; `matches` and `sets` are what stands after `match` and `set` in FRR."""

    name: str
    action: str
    seq: int
    matches: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    call: str | None = None
    on_match_next: bool = False
    at: Origin = origin()


@dataclass(frozen=True, slots=True)
class BfdProfile:
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
    at: Origin = origin()
