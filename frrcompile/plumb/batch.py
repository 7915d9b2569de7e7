"""Operations as a shell script of `ip -batch` lines and sysctls, for reading, and for running by hand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from frrcompile.plumb import operations as do
from frrcompile.plumb.ownership import group
from frrcompile.plumb.state import Address, Bridge, Family, Link, Macvlan, Port, Route, Side, Veth, Vlan, Vrf, Vxlan

Shell = Literal["host", "router", "sysctl", "sh"]
"""What runs a line: `ip -batch` in either namespace, a shell in the router's, the script's own shell."""

_HEAD = """\
#!/bin/sh
# Run as root on the host: sh FILE NAMESPACE
# NAMESPACE is the name of FRR's network namespace (ip netns list). `ip netns attach NAME PID` names that of a process.
set -eu
router=${1:?the name of the network namespace of FRR}
"""

_BEGIN: dict[Shell, str] = {
    "host": "ip -batch - <<END\n",
    "router": "ip -n \"$router\" -batch - <<'END'\n",
    "sysctl": "ip netns exec \"$router\" sh -eu <<'END'\n",
    "sh": "",
}

_ADDRESS_FLAGS = {0x02: "nodad", 0x10: "home", 0x100: "mngtmpaddr", 0x200: "noprefixroute", 0x400: "autojoin"}
"""IFA_F_* bits (linux/if_addr.h) and iproute2's words."""

_FAMILIES: dict[Family, str] = {"ipv4": "-4", "ipv6": "-6"}

_ROUTE_KINDS = {6: "blackhole ", 7: "unreachable ", 8: "prohibit ", 9: "throw "}
"""RTN_* numbers (linux/rtnetlink.h) and iproute2's words."""

_UNREADABLE = re.compile(r"""[#'"\\$`<>;&|()*?]""")
"""What ends a line for `ip -batch`, or means something to a shell."""


class UnwritableError(ValueError):
    """A name or an ifalias that `ip -batch` or a shell would read otherwise."""


class Line(NamedTuple):
    """One line, and what runs it. Lines for the host's `ip -batch` may name `$router`."""

    shell: Shell
    text: str


def script(operations: Iterable[do.Operation], owner: str, keeping: frozenset[str] = frozenset()) -> str:
    """A script that does the operations in their order; NICs in `keeping` keep their addresses. Raises UnwritableError.

    The links have the group of `owner`. The addresses have no mark, as older releases of iproute2 cannot set one.
    """
    lines = [line for operation in operations for line in _lines(operation, owner, keeping)]
    parts = [_HEAD]
    for shell, block in itertools.groupby(lines, lambda line: line.shell):
        end = "" if shell == "sh" else "END\n"
        parts.append(_BEGIN[shell] + "".join(f"{line.text}\n" for line in block) + end)
    return "".join(parts)


def _lines(operation: do.Operation, owner: str, keeping: frozenset[str]) -> Iterator[Line]:
    match operation:
        case do.SetLink(side, name, field, _, new):
            yield Line(side, f"link set dev {_name(name)} {_setting(field, new)}")
        case do.AddAddress(side, address):
            yield Line(side, f"addr add {_address(address)}")
        case do.AddLink(side, link, peer):
            yield _add_link(side, link, peer, group(owner))
        case do.RemoveLink(side, link):
            yield Line(side, f"link del dev {_name(link.name)}")
        case do.MoveLink(name, "host", alias):
            yield from _move(_name(name), alias, name in keeping)
        case do.MoveLink(name, _, alias):
            # `$$` is the script, which runs on the host.
            yield Line("sh", f'ip -n "$router" link set dev {_name(name)} netns $$')
            yield Line("host", f'link set dev {name} alias "{_name(alias)}"')
        case do.RemoveAddress(side, address):
            yield Line(side, f"addr del {address.address} dev {_name(address.link)}")
        case do.AddRoute(side, route):
            yield Line(side, f"route add {_route(route)}")
        case do.RemoveRoute(side, route):
            yield Line(side, f"route del {_route(route)}")
        case do.AddRule(_, family):
            # The kernel adds the rule with the first VRF of a namespace, and no second one is allowed.
            rule = f'ip -n "$router" {_FAMILIES[family]} rule'
            yield Line("sh", f"{rule} show | grep -q l3mdev || {rule} add l3mdev pref 1000")
        case do.RemoveRule(_, family):
            yield Line("sh", f'ip -n "$router" {_FAMILIES[family]} rule del l3mdev pref 1000')
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
            yield Line("sh", f"ovs-vsctl {bridge}--may-exist add-port {_name(port.bridge)} {_name(port.link)}")
        case do.RemoveOvsPort(port):
            yield Line("sh", f"ovs-vsctl --if-exists del-port {_name(port.bridge)} {_name(port.link)}")


def _move(name: str, alias: str, keeps: bool) -> Iterator[Line]:
    """Addresses do not survive a move: those that a NIC keeps are read before and added after it."""
    if keeps:
        read = f"ip -o addr show dev {name} scope global"
        yield Line("sh", f'kept=$({read} | awk \'{{print "addr add " $4 " dev {name}"}}\')')
    yield Line("host", f"link set dev {name} netns $router")
    if keeps:
        yield Line("sh", """printf '%s\\n' "$kept" | ip -n "$router" -batch -""")
    yield Line("router", f"link set dev {name} alias {_name(alias)}")


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
            return f'alias "{_name(str(value))}"'
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


def _name(text: str) -> str:
    if _UNREADABLE.search(text) or text.startswith("-"):
        raise UnwritableError(f"{text!r} means something else to `ip -batch` or to a shell; give the link another name")
    return text
