"""The same messages by pyroute2, which is what the encoder is compared with."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pyroute2.netlink.rtnl.fibmsg import fibmsg
from pyroute2.netlink.rtnl.ifaddrmsg import ifaddrmsg
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg
from pyroute2.netlink.rtnl.ndmsg import ndmsg
from pyroute2.netlink.rtnl.rtmsg import rtmsg

from frrcompile.plumb import netlink
from frrcompile.plumb.netlink import Message
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
    Link,
    Macvlan,
    Neighbor,
    Port,
    Route,
    Side,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

Attributes = list[tuple[str, Any]]
Numbers = Callable[[Side, str], int]
"""Interface index of a link on a side."""

_IFF_UP = 0x1
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
        data: Attributes = []
        more: Attributes = []
        sent_on = side
        match link.kind:
            case Vrf(table):
                data = [("IFLA_VRF_TABLE", table)]
            case Vxlan():
                data = _vxlan(link.kind)
            case Veth(_, peer_side) if operation.peer:
                attributes = self._new(operation.peer)
                if peer_side != side:
                    attributes.append(("IFLA_NET_NS_FD", self.descriptors[peer_side]))
                data = [("VETH_INFO_PEER", {"attrs": attributes})]
            case Vlan(parent, number):
                data = [("IFLA_VLAN_ID", number)]
                more = [("IFLA_LINK", self.number("host", parent))]
                sent_on = "host"
            case Macvlan(parent):
                data = [("IFLA_MACVLAN_MODE", "bridge")]
                more = [("IFLA_LINK", self.number("host", parent))]
                sent_on = "host"
        if sent_on != side:
            more.append(("IFLA_NET_NS_FD", self.descriptors[side]))
        info: Attributes = [("IFLA_INFO_KIND", KIND_NAMES[type(link.kind)])]
        if data:
            info.append(("IFLA_INFO_DATA", {"attrs": data}))
        attributes = [*self._new(link), *more, ("IFLA_LINKINFO", {"attrs": info})]
        return sent_on, _link(netlink.NEWLINK, netlink.CREATE | netlink.EXCL, 0, attributes)

    def mark_link(self, name: str) -> Message:
        """Sets the ifalias of a new link, which the message that makes it cannot."""
        return _link(netlink.NEWLINK, 0, 0, [("IFLA_IFNAME", name), ("IFLA_IFALIAS", mark(self.owner))])

    def remove_link(self, operation: RemoveLink) -> Message:
        """By name: what has another name now is not what was observed."""
        return _link(netlink.DELLINK, 0, 0, [("IFLA_IFNAME", operation.link.name)])

    def move_link(self, operation: MoveLink) -> Message:
        """To the other namespace, with its new ifalias."""
        target: Side = operation.target
        attributes: Attributes = [("IFLA_NET_NS_FD", self.descriptors[target]), ("IFLA_IFALIAS", operation.alias)]
        return _link(netlink.NEWLINK, 0, self.number(operation.source, operation.name), attributes)

    def set_link(self, side: Side, name: str, fields: list[SetLink]) -> Message:
        """Fields of one link that one message can change: not its port's settings."""
        attributes: Attributes = []
        flags = change = 0
        for one in fields:
            match one.field, one.new:
                case "mtu", int(mtu):
                    attributes.append(("IFLA_MTU", mtu))
                case "mac", str(mac):
                    attributes.append(("IFLA_ADDRESS", mac))
                case "alias", str(alias):
                    attributes.append(("IFLA_IFALIAS", alias))
                case "master", master:
                    attributes.append(("IFLA_MASTER", self.number(side, str(master)) if master else 0))
                case "link_local", on:
                    mode = _LINK_LOCAL if on else _NO_LINK_LOCAL
                    attributes.append(
                        ("IFLA_AF_SPEC", {"attrs": [("AF_INET6", {"attrs": [("IFLA_INET6_ADDR_GEN_MODE", mode)]})]})
                    )
                case "up", up:
                    flags, change = _IFF_UP if up else 0, _IFF_UP
                case "kind", Vxlan() as kind:
                    # The kernel refuses a port and a VNI here, also those that the device has.
                    data = [one for one in _vxlan(kind) if one[0] not in ("IFLA_VXLAN_ID", "IFLA_VXLAN_PORT")]
                    info: Attributes = [("IFLA_INFO_KIND", "vxlan"), ("IFLA_INFO_DATA", {"attrs": data})]
                    attributes.append(("IFLA_LINKINFO", {"attrs": info}))
        return _link(netlink.NEWLINK, 0, self.number(side, name), attributes, flags, change)

    def set_port(self, side: Side, name: str, port: Port) -> Message:
        """The settings of a bridge's port."""
        data = [
            ("IFLA_BRPORT_LEARNING", int(port.learning)),
            ("IFLA_BRPORT_NEIGH_SUPPRESS", int(port.suppress_neighbors)),
        ]
        message = ifinfmsg()
        message["family"] = socket.AF_BRIDGE
        message["index"] = self.number(side, name)
        message["attrs"] = [("IFLA_PROTINFO", {"attrs": data}, _NESTED)]
        return Message(netlink.SETLINK, 0, _body(message))

    def address(self, operation: AddAddress | RemoveAddress) -> Message:
        """Adds or removes an address."""
        address = operation.address
        message = ifaddrmsg()
        local, length = address.address.split("/")
        message["family"] = _family(local)
        message["prefixlen"] = int(length)
        message["scope"] = address.scope
        message["index"] = self.number(operation.side, address.link)
        attributes: Attributes = [("IFA_LOCAL", local), ("IFA_ADDRESS", address.peer or local)]
        if isinstance(operation, RemoveAddress):
            message["attrs"] = attributes
            return Message(netlink.DELADDR, 0, _body(message))
        if address.broadcast:
            attributes.append(("IFA_BROADCAST", address.broadcast))
        if address.label:
            attributes.append(("IFA_LABEL", address.label))
        attributes.append(("IFA_FLAGS", address.flags))
        if operation.owned:
            attributes.append(("IFA_PROTO", PROTOCOL))
        message["attrs"] = attributes
        return Message(netlink.NEWADDR, netlink.CREATE | netlink.REPLACE, _body(message))

    def route(self, operation: AddRoute | RemoveRoute) -> Message:
        """Adds or removes a route."""
        side, route = operation.side, operation.route
        message = rtmsg()
        destination, length = route.destination.split("/")
        family = _family(destination)
        message["family"] = family
        message["dst_len"] = int(length)
        message["tos"] = route.tos
        message["table"] = route.table if route.table < 256 else 0
        message["proto"] = route.protocol
        message["scope"] = route.scope
        message["type"] = route.kind
        attributes: Attributes = [("RTA_TABLE", route.table)]
        if int(length):
            attributes.append(("RTA_DST", destination))
        if route.priority:
            attributes.append(("RTA_PRIORITY", route.priority))
        if route.source:
            attributes.append(("RTA_PREFSRC", route.source))
        if route.preference is not None:
            attributes.append(("RTA_PREF", route.preference))
        if route.metrics:
            attributes.append(("RTA_METRICS", {"attrs": list(_metrics(route))}))
        if len(route.hops) == 1:
            message["flags"] = route.hops[0].flags
            attributes += self._hop(side, family, route)
        else:
            attributes.append(("RTA_MULTIPATH", list(self._hops(side, family, route))))
        message["attrs"] = attributes
        if isinstance(operation, RemoveRoute):
            return Message(netlink.DELROUTE, 0, _body(message))
        # IPv4: beside a route of others with the same metric. IPv6 would make one route with two next hops of them.
        beside = netlink.APPEND if family == socket.AF_INET else netlink.EXCL
        return Message(netlink.NEWROUTE, netlink.CREATE | beside, _body(message))

    def rule(self, operation: AddRule | RemoveRule) -> Message:
        """Adds or removes the rule of VRFs, as the kernel makes it."""
        message = fibmsg()
        message["family"] = int(socket.AF_INET if operation.family == "ipv4" else socket.AF_INET6)
        message["action"] = _FR_ACT_TO_TBL
        attributes: Attributes = [("FRA_PRIORITY", _L3MDEV_PRIORITY), ("FRA_L3MDEV", 1)]
        message["attrs"] = attributes
        if isinstance(operation, RemoveRule):
            return Message(netlink.DELRULE, 0, _body(message))
        # With another protocol it would be a second rule beside the kernel's.
        message["attrs"] = [*attributes, ("FRA_PROTOCOL", _RTPROT_KERNEL)]
        return Message(netlink.NEWRULE, netlink.CREATE | netlink.EXCL, _body(message))

    def neighbor(self, operation: AddNeighbor | RemoveNeighbor) -> Message:
        """Adds or removes a permanent neighbor."""
        neighbor: Neighbor = operation.neighbor
        message = ndmsg()
        message["family"] = _family(neighbor.address)
        message["ifindex"] = self.number(operation.side, neighbor.link)
        message["state"] = _NUD_PERMANENT
        attributes: Attributes = [("NDA_DST", neighbor.address)]
        if isinstance(operation, RemoveNeighbor):
            message["attrs"] = attributes
            return Message(netlink.DELNEIGH, 0, _body(message))
        message["attrs"] = [*attributes, ("NDA_LLADDR", neighbor.mac), ("NDA_PROTOCOL", PROTOCOL)]
        return Message(netlink.NEWNEIGH, netlink.CREATE | netlink.REPLACE, _body(message))

    def _new(self, link: Link) -> Attributes:
        attributes: Attributes = [("IFLA_IFNAME", link.name), ("IFLA_GROUP", group(self.owner))]
        if link.mtu:
            attributes.append(("IFLA_MTU", link.mtu))
        if link.mac:
            attributes.append(("IFLA_ADDRESS", link.mac))
        return attributes

    def _hop(self, side: Side, family: int, route: Route) -> Iterator[tuple[str, Any]]:
        (hop,) = route.hops
        if hop.link:
            yield "RTA_OIF", self.number(side, hop.link)
        if hop.gateway:
            yield _gateway(family, hop.gateway)

    def _hops(self, side: Side, family: int, route: Route) -> Iterator[dict[str, Any]]:
        for hop in route.hops:
            yield {
                "oif": self.number(side, hop.link) if hop.link else 0,
                "hops": hop.weight - 1,
                "flags": hop.flags,
                "attrs": [_gateway(family, hop.gateway)] if hop.gateway else [],
            }


def _link(kind: int, flags: int, number: int, attributes: Attributes, state: int = 0, change: int = 0) -> Message:
    message = ifinfmsg()
    message["index"] = number
    message["flags"] = state
    message["change"] = change
    message["attrs"] = attributes
    return Message(kind, flags, _body(message))


def _vxlan(kind: Vxlan) -> Attributes:
    local = "IFLA_VXLAN_LOCAL6" if ":" in kind.local else "IFLA_VXLAN_LOCAL"
    return [
        ("IFLA_VXLAN_ID", kind.vni),
        (local, kind.local),
        ("IFLA_VXLAN_PORT", kind.port),
        ("IFLA_VXLAN_LEARNING", int(kind.learning)),
    ]


def _gateway(family: int, gateway: str) -> tuple[str, Any]:
    if _family(gateway) == family:
        return "RTA_GATEWAY", gateway
    return "RTA_VIA", {"family": _family(gateway), "addr": gateway}


def _metrics(route: Route) -> Iterator[tuple[str, int]]:
    names = dict(enumerate(name for name, _ in rtmsg.metrics.nla_map))
    for number, value in route.metrics:
        if number in _METRICS:
            yield names[number], value


def _family(address: str) -> int:
    return int(socket.AF_INET6 if ":" in address else socket.AF_INET)


def _body(message: Any) -> bytes:
    """An encoded message without the header, which `netlink` writes."""
    message.encode()
    return bytes(message.data[16:])
