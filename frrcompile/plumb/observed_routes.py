"""The routes through a NIC, whole: a NIC that comes home gets them back."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping

from frrcompile.plumb import netlink
from frrcompile.plumb.netlink import Socket, attribute, attributes
from frrcompile.plumb.state import Hop, Route

_ROUTE = struct.Struct("=BBBBBBBBI")  # struct rtmsg
_HOP = struct.Struct("=HBBi")  # struct rtnexthop
_U32 = struct.Struct("=I")
_CLONED = 0x200  # RTM_F_CLONED
_ONLINK = 4  # RTNH_F_ONLINK
_LOCAL_TABLE = 255
_UNICAST_AND_DENYING = (1, 6, 7, 8)  # RTN_UNICAST, _BLACKHOLE, _UNREACHABLE, _PROHIBIT


def routes_of(one: Socket, numbers: Iterable[int], names: Mapping[int, str]) -> tuple[Route, ...]:
    """All routes that use one of the links, by their interface indexes, in every table but `local`."""
    found: dict[Route, None] = {}
    for number in numbers:
        for family in (socket.AF_INET, socket.AF_INET6):
            request = _ROUTE.pack(family, 0, 0, 0, 0, 0, 0, 0, 0) + attribute(4, _U32.pack(number))
            for body in one.dump(netlink.GETROUTE, request):
                route = _route(body, names)
                if route and any(hop.link == names.get(number) for hop in route.hops):
                    found[route] = None
    return tuple(found)


def _route(body: memoryview, names: Mapping[int, str]) -> Route | None:
    family, length, _, tos, table, protocol, scope, kind, flags = _ROUTE.unpack_from(body)
    if flags & _CLONED or kind not in _UNICAST_AND_DENYING:
        return None
    found = dict(attributes(body, 12))
    table = _U32.unpack(found[15])[0] if 15 in found else table
    if table == _LOCAL_TABLE:
        return None
    bits = 32 if family == socket.AF_INET else 128
    zero = bytes(bits // 8)
    destination = socket.inet_ntop(family, found.get(1, zero))
    if 9 in found:
        hops = tuple(_hops(family, found[9], names))
    else:
        number = _U32.unpack(found[4])[0] if 4 in found else 0
        hops = (Hop(names.get(number), _gateway(family, found), 1, flags & _ONLINK),)
    metrics = tuple(
        (metric, _U32.unpack(content)[0])
        for metric, content in attributes(found.get(8, memoryview(b"")), 0)
        if len(content) == 4
    )
    return Route(
        f"{destination}/{length}",
        hops,
        table,
        _U32.unpack(found[6])[0] if 6 in found else 0,
        socket.inet_ntop(family, found[7]) if 7 in found else None,
        protocol,
        scope,
        kind,
        tos,
        found[20][0] if 20 in found else None,
        metrics,
    )


def _hops(family: int, content: memoryview, names: Mapping[int, str]) -> Iterator[Hop]:
    at = 0
    while at + 8 <= len(content):
        length, flags, weight, number = _HOP.unpack_from(content, at)
        if length < 8:
            return
        found = dict(attributes(content[at : at + length], 8))
        yield Hop(names.get(number), _gateway(family, found), weight + 1, flags & _ONLINK)
        at += (length + 3) & ~3


def _gateway(family: int, found: Mapping[int, memoryview]) -> str | None:
    if 5 in found:
        return socket.inet_ntop(family, found[5])
    if 18 in found:  # RTA_VIA: the gateway is of the other family
        other = int.from_bytes(found[18][:2], sys.byteorder)
        return socket.inet_ntop(other, found[18][2:])
    return None
