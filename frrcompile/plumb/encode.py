"""Operations as netlink messages; how they are sent is decided in `apply`.

Written with `struct`: pyroute2 takes ten times as long for a message, and drops a name that it does not know without a word. It
is what the tests compare each message with. Numbers are those of linux/if_link.h, if_addr.h, rtnetlink.h, neighbour.h, fib_rules.h.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from frrcompile.plumb import netlink
from frrcompile.plumb.netlink import Message, attribute
from frrcompile.plumb.operations import (
    AddAddress,
    AddLink,
    AddNeighbor,
    AddRoute,
    AddRule,
    MoveLink,
    RemoveAddress,
    RemoveLink,
    RemoveNeighbor,
    RemoveRoute,
    RemoveRule,
    SetLink,
)
from frrcompile.plumb.ownership import PROTOCOL, group, mark
from frrcompile.plumb.state import (
    KIND_NAMES,
    Hop,
    Link,
    Macvlan,
    Neighbor,
    Port,
    Side,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

Numbers = Callable[[Side, str], int]
"""Interface index of a link on a side."""

_LINK = struct.Struct("=BxHiII")  # struct ifinfomsg
_ADDRESS = struct.Struct("=BBBBI")  # struct ifaddrmsg
_ROUTE = struct.Struct("=BBBBBBBBI")  # struct rtmsg, struct fib_rule_hdr
_HOP = struct.Struct("=HBBi")  # struct rtnexthop
_NEIGHBOR = struct.Struct("=BxxxiHBB")  # struct ndmsg
_U8, _U16, _U32 = (struct.Struct(f"={code}") for code in "BHI")

_IFF_UP = 0x1
_MACVLAN_MODE_BRIDGE = 4
_RTPROT_KERNEL = 2
_FR_ACT_TO_TBL, _L3MDEV_PRIORITY = 1, 1000
_NUD_PERMANENT = 0x80
_NESTED = 0x8000  # NLA_F_NESTED: without it the kernel reads IFLA_PROTINFO as one byte
_LINK_LOCAL, _NO_LINK_LOCAL = 0, 1  # IN6_ADDR_GEN_MODE_EUI64, _NONE
_METRICS = range(1, 16)  # RTAX_LOCK to RTAX_QUICKACK: the ones that are numbers


class Encoder(NamedTuple):
    """What messages need to know: the owner, a descriptor of each namespace, and the indexes of links."""

    owner: str
    descriptors: Mapping[Side, int]
    number: Numbers

    def add_link(self, operation: AddLink) -> tuple[Side, Message]:
        """The message that makes a link or a pair, and the side whose socket takes it."""
        side, link = operation.side, operation.link
        data = more = b""
        sent_on = side
        match link.kind:
            case Vrf(table):
                data = _u32(1, table)  # IFLA_VRF_TABLE
            case Vxlan(vni, _, port):
                data = _u32(1, vni) + _tunnel(link.kind, attribute(15, port.to_bytes(2, "big")))  # IFLA_VXLAN_ID, _PORT
            case Veth(_, peer_side) if operation.peer:
                peer = _LINK.pack(0, 0, 0, 0, 0) + self._new(operation.peer)
                if peer_side != side:
                    peer += _u32(28, self.descriptors[peer_side])
                data = attribute(1, peer)  # VETH_INFO_PEER
            case Vlan(parent, number):
                data = attribute(1, _U16.pack(number))  # IFLA_VLAN_ID
                more = _u32(5, self.number("host", parent))  # IFLA_LINK
                sent_on = "host"
            case Macvlan(parent):
                data = _u32(1, _MACVLAN_MODE_BRIDGE)  # IFLA_MACVLAN_MODE
                more = _u32(5, self.number("host", parent))
                sent_on = "host"
        if sent_on != side:
            more += _u32(28, self.descriptors[side])  # IFLA_NET_NS_FD
        info = _text(1, KIND_NAMES[type(link.kind)])  # IFLA_INFO_KIND
        if data:
            info += attribute(2, data)  # IFLA_INFO_DATA
        attributes = self._new(link) + more + attribute(18, info)  # IFLA_LINKINFO
        return sent_on, _link(netlink.NEWLINK, netlink.CREATE | netlink.EXCL, 0, attributes)

    def mark_link(self, name: str) -> Message:
        """Sets the ifalias of a new link, which the message that makes it cannot."""
        return _link(netlink.NEWLINK, 0, 0, _text(3, name) + _text(20, mark(self.owner)))

    def remove_link(self, operation: RemoveLink) -> Message:
        """By name: what has another name now is not what was observed."""
        return _link(netlink.DELLINK, 0, 0, _text(3, operation.link.name))

    def move_link(self, operation: MoveLink) -> Message:
        """To the other namespace, with its new ifalias."""
        target: Side = operation.target
        attributes = _u32(28, self.descriptors[target]) + _text(20, operation.alias)
        return _link(netlink.NEWLINK, 0, self.number(operation.source, operation.name), attributes)

    def set_link(self, side: Side, name: str, fields: list[SetLink]) -> Message:
        """Fields of one link that one message can change: not its port's settings."""
        attributes = b""
        flags = change = 0
        for one in fields:
            match one.field, one.new:
                case "mtu", int(mtu):
                    attributes += _u32(4, mtu)  # IFLA_MTU
                case "mac", str(mac):
                    attributes += attribute(1, _mac(mac))  # IFLA_ADDRESS
                case "alias", str(alias):
                    attributes += _text(20, alias)  # IFLA_IFALIAS
                case "master", master:
                    attributes += _u32(10, self.number(side, str(master)) if master else 0)  # IFLA_MASTER
                case "link_local", on:
                    mode = _LINK_LOCAL if on else _NO_LINK_LOCAL
                    inet6 = attribute(socket.AF_INET6, attribute(8, _U8.pack(mode)))  # IFLA_INET6_ADDR_GEN_MODE
                    attributes += attribute(26, inet6)  # IFLA_AF_SPEC
                case "up", up:
                    flags, change = _IFF_UP if up else 0, _IFF_UP
                case "kind", Vxlan() as kind:
                    # The kernel refuses a port and a VNI here, also those that the device has.
                    attributes += attribute(18, _text(1, "vxlan") + attribute(2, _tunnel(kind)))
        return _link(netlink.NEWLINK, 0, self.number(side, name), attributes, flags, change)

    def set_port(self, side: Side, name: str, port: Port) -> Message:
        """The settings of a bridge's port."""
        # IFLA_BRPORT_LEARNING, IFLA_BRPORT_NEIGH_SUPPRESS, in IFLA_PROTINFO
        data = attribute(8, _U8.pack(port.learning)) + attribute(32, _U8.pack(port.suppress_neighbors))
        head = _LINK.pack(socket.AF_BRIDGE, 0, self.number(side, name), 0, 0)
        return Message(netlink.SETLINK, 0, head + attribute(12 | _NESTED, data))

    def address(self, operation: AddAddress | RemoveAddress) -> Message:
        """Adds or removes an address."""
        address = operation.address
        local, length = address.address.split("/")
        number = self.number(operation.side, address.link)
        head = _ADDRESS.pack(_family(local), int(length), 0, address.scope, number)
        attributes = attribute(2, _packed(local)) + attribute(
            1, _packed(address.peer or local)
        )  # IFA_LOCAL, IFA_ADDRESS
        if isinstance(operation, RemoveAddress):
            return Message(netlink.DELADDR, 0, head + attributes)
        if address.broadcast:
            attributes += attribute(4, _packed(address.broadcast))  # IFA_BROADCAST
        if address.label:
            attributes += _text(3, address.label)  # IFA_LABEL
        attributes += _u32(8, address.flags)  # IFA_FLAGS
        if operation.owned:
            attributes += attribute(11, _U8.pack(PROTOCOL))  # IFA_PROTO
        return Message(netlink.NEWADDR, netlink.CREATE | netlink.REPLACE, head + attributes)

    def route(self, operation: AddRoute | RemoveRoute) -> Message:
        """Adds or removes a route."""
        side, route = operation.side, operation.route
        destination, length = route.destination.split("/")
        family = _family(destination)
        single = route.hops[0] if len(route.hops) == 1 else None
        table = route.table if route.table < 256 else 0
        flags = single.flags if single else 0
        head = _ROUTE.pack(family, int(length), 0, route.tos, table, route.protocol, route.scope, route.kind, flags)
        attributes = _u32(15, route.table)  # RTA_TABLE
        if int(length):
            attributes += attribute(1, _packed(destination))  # RTA_DST
        if route.priority:
            attributes += _u32(6, route.priority)  # RTA_PRIORITY
        if route.source:
            attributes += attribute(7, _packed(route.source))  # RTA_PREFSRC
        if route.preference is not None:
            attributes += attribute(20, _U8.pack(route.preference))  # RTA_PREF
        if route.metrics:
            attributes += attribute(8, b"".join(_u32(one, value) for one, value in route.metrics if one in _METRICS))
        if single is None:
            attributes += attribute(9, b"".join(self._hops(side, family, route.hops)))  # RTA_MULTIPATH
        else:
            if single.link:
                attributes += _u32(4, self.number(side, single.link))  # RTA_OIF
            attributes += _gateway(family, single)
        if isinstance(operation, RemoveRoute):
            return Message(netlink.DELROUTE, 0, head + attributes)
        # IPv4: beside a route of others with the same metric. IPv6 would make one route with two next hops of them.
        beside = netlink.APPEND if family == socket.AF_INET else netlink.EXCL
        return Message(netlink.NEWROUTE, netlink.CREATE | beside, head + attributes)

    def rule(self, operation: AddRule | RemoveRule) -> Message:
        """Adds or removes the rule of VRFs, as the kernel makes it."""
        family = socket.AF_INET if operation.family == "ipv4" else socket.AF_INET6
        head = _ROUTE.pack(family, 0, 0, 0, 0, 0, 0, _FR_ACT_TO_TBL, 0)
        attributes = _u32(6, _L3MDEV_PRIORITY) + attribute(19, _U8.pack(1))  # FRA_PRIORITY, FRA_L3MDEV
        if isinstance(operation, RemoveRule):
            return Message(netlink.DELRULE, 0, head + attributes)
        # With another protocol it would be a second rule beside the kernel's.
        attributes += attribute(21, _U8.pack(_RTPROT_KERNEL))  # FRA_PROTOCOL
        return Message(netlink.NEWRULE, netlink.CREATE | netlink.EXCL, head + attributes)

    def neighbor(self, operation: AddNeighbor | RemoveNeighbor) -> Message:
        """Adds or removes a permanent neighbor."""
        neighbor: Neighbor = operation.neighbor
        number = self.number(operation.side, neighbor.link)
        head = _NEIGHBOR.pack(_family(neighbor.address), number, _NUD_PERMANENT, 0, 0)
        attributes = attribute(1, _packed(neighbor.address))  # NDA_DST
        if isinstance(operation, RemoveNeighbor):
            return Message(netlink.DELNEIGH, 0, head + attributes)
        attributes += attribute(2, _mac(neighbor.mac)) + attribute(12, _U8.pack(PROTOCOL))  # NDA_LLADDR, NDA_PROTOCOL
        return Message(netlink.NEWNEIGH, netlink.CREATE | netlink.REPLACE, head + attributes)

    def _new(self, link: Link) -> bytes:
        attributes = _text(3, link.name) + _u32(27, group(self.owner))  # IFLA_IFNAME, IFLA_GROUP
        if link.mtu:
            attributes += _u32(4, link.mtu)
        if link.mac:
            attributes += attribute(1, _mac(link.mac))
        return attributes

    def _hops(self, side: Side, family: int, hops: Iterable[Hop]) -> Iterator[bytes]:
        for hop in hops:
            gateway = _gateway(family, hop)
            number = self.number(side, hop.link) if hop.link else 0
            yield _HOP.pack(_HOP.size + len(gateway), hop.flags, hop.weight - 1, number) + gateway


def _link(kind: int, flags: int, number: int, attributes: bytes, state: int = 0, change: int = 0) -> Message:
    return Message(kind, flags, _LINK.pack(0, 0, number, state, change) + attributes)


def _tunnel(kind: Vxlan, port: bytes = b"") -> bytes:
    """IFLA_VXLAN_LOCAL or _LOCAL6, and IFLA_VXLAN_LEARNING."""
    local = attribute(17 if ":" in kind.local else 4, _packed(kind.local))
    return local + port + attribute(7, _U8.pack(kind.learning))


def _gateway(family: int, hop: Hop) -> bytes:
    """RTA_GATEWAY, or RTA_VIA where it is of the other family."""
    if hop.gateway is None:
        return b""
    own = _family(hop.gateway)
    return attribute(5, _packed(hop.gateway)) if own == family else attribute(18, _U16.pack(own) + _packed(hop.gateway))


def _family(address: str) -> int:
    return int(socket.AF_INET6 if ":" in address else socket.AF_INET)


def _packed(address: str) -> bytes:
    return socket.inet_pton(_family(address), address)


def _mac(address: str) -> bytes:
    return bytes.fromhex(address.replace(":", ""))


def _u32(kind: int, value: int) -> bytes:
    return attribute(kind, _U32.pack(value))


def _text(kind: int, text: str) -> bytes:
    return attribute(kind, text.encode() + b"\0")
