"""Operations as a shell script of `ip -batch` lines and sysctls, for reading, and for running by hand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from frrcompile.plumb import operations as do
from frrcompile.plumb.ownership import group, nic_mark
from frrcompile.plumb.state import Address, Bridge, Link, Macvlan, Port, Route, Side, Veth, Vlan, Vrf, Vxlan

Shell = Literal["host", "router", "sysctl", "ovs"]
"""What runs a line: `ip -batch` in either namespace, a shell in the router's, ovs-vsctl."""

_HEAD = """\
#!/bin/sh
# {title}
# Run as root on the host: sh FILE NAMESPACE
# NAMESPACE is the name of FRR's network namespace (ip netns list). `ip netns attach NAME PID` names that of a process.
set -eu
router=${{1:?the name of the network namespace of FRR}}
"""

_BEGIN: dict[Shell, str] = {
    "host": "ip -batch - <<END\n",
    "router": "ip -n \"$router\" -batch - <<'END'\n",
    "sysctl": "ip netns exec \"$router\" sh -eu <<'END'\n",
    "ovs": "sh -eu <<'END'\n",
}

_ADDRESS_FLAGS = {0x02: "nodad", 0x10: "home", 0x100: "mngtmpaddr", 0x200: "noprefixroute", 0x400: "autojoin"}
"""IFA_F_* bits (linux/if_addr.h) and iproute2's words."""

_ROUTE_KINDS = {6: "blackhole ", 7: "unreachable ", 8: "prohibit ", 9: "throw "}
"""RTN_* numbers (linux/rtnetlink.h) and iproute2's words."""

_UNREADABLE = re.compile(r"""[#'"\\$`<>;&|()*?]""")
"""What ends a line for `ip -batch`, or means something to a shell."""


class UnwritableError(ValueError):
    """A link's name that `ip -batch` or a shell would read otherwise."""


class Line(NamedTuple):
    """One line, and what runs it."""

    shell: Shell
    text: str


def script(operations: Iterable[do.Operation], owner: str, title: str) -> str:
    """A script that does the operations in their order. Raises UnwritableError.

    The links have the group of `owner`; the addresses have no mark, as older releases of iproute2 cannot set one.
    """
    lines = [line for operation in operations for line in _lines(operation, owner)]
    parts = [_HEAD.format(title=title)]
    for shell, block in itertools.groupby(lines, lambda line: line.shell):
        parts.append(_BEGIN[shell] + "".join(f"{line.text}\n" for line in block) + "END\n")
    return "".join(parts)


def _lines(operation: do.Operation, owner: str) -> Iterator[Line]:
    match operation:
        case do.AddLink(side, link, peer):
            yield _add_link(side, link, peer, group(owner))
        case do.RemoveLink(side, link):
            yield Line(side, f"link del dev {_name(link.name)}")
        case do.MoveLink(name, source, alias):
            # `$$` is the script, which runs on the host.
            where = "$router" if source == "host" else "$$"
            move = f"link set dev {_name(name)} netns {where}"
            yield Line("host", move) if source == "host" else Line("router", move)
            if alias == nic_mark(owner):
                yield Line(operation.target, f"link set dev {_name(name)} alias {alias}")
        case do.SetLink(side, name, field, _, new):
            yield Line(side, f"link set dev {_name(name)} {_setting(field, new)}")
        case do.AddAddress(side, address):
            yield Line(side, f"addr add {_address(address)}")
        case do.RemoveAddress(side, address):
            yield Line(side, f"addr del {address.address} dev {_name(address.link)}")
        case do.AddRoute(side, route):
            yield Line(side, f"route add {_route(route)}")
        case do.RemoveRoute(side, route):
            yield Line(side, f"route del {_route(route)}")
        case do.AddNeighbor(side, neighbor):
            text = f"neigh replace {neighbor.address} lladdr {neighbor.mac} dev {_name(neighbor.link)} nud permanent"
            yield Line(side, text)
        case do.RemoveNeighbor(side, neighbor):
            yield Line(side, f"neigh del {neighbor.address} dev {_name(neighbor.link)}")
        case do.SetSysctl(_, sysctl):
            path = f"/proc/sys/net/{sysctl.key}"
            test = f"[ ! -e {path} ] || " if sysctl.optional else ""
            yield Line("sysctl", f"{test}echo {sysctl.value} > {path}")
        case do.AddOvsPort(port):
            bridge = f"--may-exist add-br {_name(port.bridge)} -- " if port.create else ""
            yield Line("ovs", f"ovs-vsctl {bridge}--may-exist add-port {_name(port.bridge)} {_name(port.link)}")
        case do.RemoveOvsPort(port):
            yield Line("ovs", f"ovs-vsctl --if-exists del-port {_name(port.bridge)} {_name(port.link)}")


def _add_link(side: Side, link: Link, peer: Link | None, number: int) -> Line:
    """Pairs, and links of a NIC that the host keeps, are made on the host: there both namespaces can be named."""
    match link.kind:
        case Veth() if peer:
            host, router = (link, peer) if side == "host" else (peer, link)
            return Line("host", f"link add {_head(host, number)} type veth peer {_head(router, number)} netns $router")
        case Vlan(parent, vlan):
            where = f"link {_name(parent)} {_head(link, number)} netns $router"
            return Line("host", f"link add {where} type vlan id {vlan}")
        case Macvlan(parent):
            where = f"link {_name(parent)} {_head(link, number)} netns $router"
            return Line("host", f"link add {where} type macvlan mode bridge")
        case Vrf(table):
            kind = f"vrf table {table}"
        case Vxlan():
            kind = _vxlan(link.kind)
        case Bridge():
            kind = "bridge"
        case _:
            raise AssertionError(f"a link of this kind is not made: {link}")
    return Line(side, f"link add {_head(link, number)} type {kind}")


def _head(link: Link, number: int) -> str:
    mtu = f" mtu {link.mtu}" if link.mtu else ""
    mac = f" address {link.mac}" if link.mac else ""
    return f"name {_name(link.name)}{mac}{mtu} group {number}"


def _vxlan(kind: Vxlan) -> str:
    learning = "learning" if kind.learning else "nolearning"
    return f"vxlan id {kind.vni} local {kind.local} dstport {kind.port} {learning}"


def _setting(field: do.Field, value: do.Value) -> str:
    match field, value:
        case "up", bool():
            return "up" if value else "down"
        case "master", str():
            return f"master {_name(value)}"
        case "master", _:
            return "nomaster"
        case "link_local", bool():
            return f"addrgenmode {'eui64' if value else 'none'}"
        case "port", Port(suppress, learning):
            return f"type bridge_slave neigh_suppress {_switch(suppress)} learning {_switch(learning)}"
        case "kind", Vxlan():
            return f"type {_vxlan(value)}"
        case "mac", _:
            return f"address {value}"
        case "alias", _:
            return f'alias "{value}"'
    return f"{field} {value}"


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _address(address: Address) -> str:
    words = [address.address, "dev", _name(address.link)]
    words += ["peer", address.peer] if address.peer else []
    words += ["broadcast", address.broadcast] if address.broadcast else []
    words += ["label", _name(address.label)] if address.label else []
    words += ["scope", str(address.scope)] if address.scope else []
    return " ".join([*words, *(word for bit, word in _ADDRESS_FLAGS.items() if address.flags & bit)])


def _route(route: Route) -> str:
    hops = [
        " ".join([*(["via", hop.gateway] if hop.gateway else []), *(["dev", _name(hop.link)] if hop.link else [])])
        + (" onlink" if hop.flags & 4 else "")
        for hop in route.hops
    ]
    weighted = [f"nexthop {hop} weight {one.weight}" for hop, one in zip(hops, route.hops, strict=True)]
    words = [f"{_ROUTE_KINDS.get(route.kind, '')}{route.destination}"]
    words += ["table", str(route.table)] if route.table != 254 else []
    words += ["metric", str(route.priority)] if route.priority else []
    words += ["proto", str(route.protocol)] if route.protocol else []
    words += ["scope", str(route.scope)] if route.scope else []
    words += ["src", route.source] if route.source else []
    return " ".join([*words, *(hops if len(hops) == 1 else weighted)])


def _name(name: str) -> str:
    if _UNREADABLE.search(name) or name.startswith("-"):
        raise UnwritableError(f"the name {name!r} means something else to `ip -batch` or to a shell; rename the link")
    return name
