"""Prefixes, and the prefix lists that they are held against (lib/plist.c)."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_network
from typing import NamedTuple

from frrcompile.ir.origin import Origin
from frrcompile.ir.policy import PrefixListEntry
from frrcompile.reach.route import Prefix

_WIDTH = {4: 32, 6: 128}


@lru_cache(maxsize=65536)
def prefix(text: str) -> Prefix:
    """A prefix from its text; an address is a prefix of full length. Host bits are cleared."""
    network = ip_network(text, strict=False)
    return Prefix(network.version, int(network.network_address), network.prefixlen, str(network))


def covers(outer: Prefix, inner: Prefix) -> bool:
    """Whether `inner` is `outer` or a part of it."""
    if outer.version != inner.version or outer.length > inner.length:
        return False
    shift = _WIDTH[outer.version] - outer.length
    return outer.bits >> shift == inner.bits >> shift


class Line(NamedTuple):
    """An entry of a prefix list: the lengths from `low` to `high` match."""

    permit: bool
    prefix: Prefix
    low: int
    high: int
    at: Origin


def line(entry: PrefixListEntry) -> Line:
    """An entry as it is matched: without `ge` and `le` the length is the prefix's own."""
    own = prefix(entry.prefix)
    if entry.ge or entry.le:
        low, high = entry.ge or own.length, entry.le or _WIDTH[own.version]
    else:
        low = high = own.length
    return Line(entry.action == "permit", own, low, high, entry.at)


def matching(lines: tuple[Line, ...], route: Prefix) -> Line | None:
    """The first entry that a prefix matches."""
    for one in lines:
        if one.low <= route.length <= one.high and covers(one.prefix, route):
            return one
    return None


def near(lines: tuple[Line, ...], route: Prefix) -> Line | None:
    """The first entry that would permit a prefix if it took its length."""
    for one in lines:
        if one.permit and not one.low <= route.length <= one.high and covers(one.prefix, route):
            return one
    return None


def inside(one: Line) -> tuple[Prefix, ...]:
    """Some prefixes that an entry matches: the first and the last one of its shortest and its longest length."""
    width = _WIDTH[one.prefix.version]
    found = []
    for length in {one.low, one.high}:
        last = one.prefix.bits | ((1 << (length - one.prefix.length)) - 1) << (width - length)
        found += [_made(one.prefix.version, bits, length) for bits in {one.prefix.bits, last}]
    return tuple(found)


def _made(version: int, bits: int, length: int) -> Prefix:
    from ipaddress import IPv4Network, IPv6Network

    return prefix(str((IPv4Network if version == 4 else IPv6Network)((bits, length))))
