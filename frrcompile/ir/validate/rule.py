"""What rules have in common: the source that they speak about, and finding what is there twice or overlaps."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import TypeVar

from frrcompile.ir.origin import Origin
from frrcompile.ir.source import Source

__all__ = ["Key", "Network", "Source", "overlapping", "repeated"]

Key = TypeVar("Key", bound=Hashable)
Network = IPv4Network | IPv6Network


def repeated(pairs: Iterable[tuple[Key, Origin]]) -> Iterator[tuple[Key, Origin, Origin]]:
    """Each key that comes again, with its place and the place where it stood first."""
    first: dict[Key, Origin] = {}
    for key, at in pairs:
        if key in first:
            yield key, at, first[key]
        else:
            first[key] = at


def overlapping(pairs: Iterable[tuple[Network, Origin]]) -> Iterator[tuple[Network, Origin, Network, Origin]]:
    """Each network that lies within another, with its place, the other, and the other's place."""

    def widest_first(pair: tuple[Network, Origin]) -> tuple[int, bytes, int]:
        network = pair[0]
        return network.version, network.network_address.packed, network.prefixlen

    around: tuple[Network, Origin] | None = None
    for network, at in sorted(pairs, key=widest_first):
        if around and around[0].version == network.version and around[0].supernet_of(network):  # type: ignore[arg-type]
            yield network, at, *around
        else:
            around = network, at
