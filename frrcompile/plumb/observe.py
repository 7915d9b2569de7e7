"""What the kernel has, read from dumps. Only the attributes that matter are unpacked: a dump of 5,000 links takes tenths of a second."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from frrcompile.plumb import netlink
from frrcompile.plumb.before import Before
from frrcompile.plumb.netlink import Socket, attribute, attributes
from frrcompile.plumb.netns import Netns
from frrcompile.plumb.observed import Kernel, Observed, SeenAddress, SeenLink
from frrcompile.plumb.observed_routes import routes_of
from frrcompile.plumb.ownership import moved_by
from frrcompile.plumb.state import (
    Address,
    Bridge,
    Desired,
    Family,
    Kind,
    Link,
    Macvlan,
    Moved,
    OvsPort,
    Port,
    Present,
    Side,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

SYSCTLS = Path("/proc/sys/net")

_LINK = struct.Struct("=BxHiII")  # struct ifinfomsg
_ADDRESS = struct.Struct("=BBBBI")  # struct ifaddrmsg
_RULE = struct.Struct("=B11x")  # struct fib_rule_hdr
_FRA_L3MDEV = 19
_U32 = struct.Struct("=I")
_S32 = struct.Struct("=i")
_SKIP_STATISTICS = 1 << 3  # RTEXT_FILTER_SKIP_STATS
_IFF_UP = 0x1
_USER_FLAGS = 0x02 | 0x10 | 0x100 | 0x200 | 0x400  # IFA_F_* that a user sets: see <linux/if_addr.h>
_SECONDARY, _FAILED = 0x01, 0x08
_NO_LINK_LOCAL = 1  # IN6_ADDR_GEN_MODE_NONE


class Sockets(NamedTuple):
    """A socket in each of the two namespaces, and the router's namespace itself."""

    host: Socket
    router: Socket
    netns: Netns

    def side(self, side: Side) -> Socket:
        """One of the two."""
        return self.host if side == "host" else self.router


class _Raw(NamedTuple):
    """A link before the numbers of others in it became names."""

    name: str
    number: int
    up: bool
    mtu: int
    mac: str | None
    word: str
    data: memoryview | None
    master: int
    lower: int | None
    lower_netns: int | None
    alias: str
    group: int
    link_local: bool | None
    port: Port | None


def observe(sockets: Sockets, desired: Desired, before: Before, owner: str, ovs: tuple[OvsPort, ...] = ()) -> Kernel:
    """Both namespaces, as far as the desired state, and what is ours, need it. Raises OSError."""
    raws: dict[Side, dict[int, _Raw]] = {"host": _raws(sockets.host), "router": _raws(sockets.router)}
    # The number that each namespace has for the other one, as IFLA_LINK_NETNSID says it.
    numbers = {"host": _number(sockets.host, sockets.netns.descriptor), "router": _number_of_own(sockets.router)}
    links: dict[Side, dict[str, SeenLink]] = {
        "host": _links("host", raws, numbers["host"]),
        "router": _links("router", raws, numbers["router"]),
    }
    nics = {link.name for link in desired.router.links if isinstance(link.kind, Moved)} | before.nics.keys()
    nics |= {name for name, seen in links["router"].items() if moved_by(owner, seen.alias)}
    names = {number: raw.name for number, raw in raws["host"].items()}
    routes = routes_of(sockets.host, [links["host"][name].number for name in nics if name in links["host"]], names)
    keys = {sysctl.key for sysctl in desired.router.sysctls} | before.settings.keys()
    return Kernel(
        Observed(links["host"], tuple(_addresses(sockets.host, raws["host"])), routes),
        Observed(
            links["router"],
            tuple(_addresses(sockets.router, raws["router"])),
            rules=_rules(sockets.router),
            sysctls=sockets.netns.call(lambda: _sysctls(keys)),
        ),
        ovs,
    )


def numbers_of(one: Socket) -> dict[str, int]:
    """Names and interface indexes of all links, and nothing else."""
    found = {}
    for body in one.dump(netlink.GETLINK, _LINK.pack(0, 0, 0, 0, 0) + attribute(29, _U32.pack(_SKIP_STATISTICS))):
        # IFLA_IFNAME is the first attribute of a link.
        name = next(content for kind, content in attributes(body, 16) if kind == 3)
        found[_text(name)] = _LINK.unpack_from(body)[2]
    return found


def _raws(one: Socket) -> dict[int, _Raw]:
    request = _LINK.pack(0, 0, 0, 0, 0) + attribute(29, _U32.pack(_SKIP_STATISTICS))
    return {raw.number: raw for raw in map(_raw, one.dump(netlink.GETLINK, request))}


def _raw(body: memoryview) -> _Raw:
    _, _, number, flags, _ = _LINK.unpack_from(body)
    name = word = alias = ""
    mtu = master = group = 0
    mac: str | None = None
    data: memoryview | None = None
    lower: int | None = None
    lower_netns: int | None = None
    link_local: bool | None = None
    port: Port | None = None
    for kind, content in attributes(body, 16):
        match kind:
            case 3:
                name = _text(content)
            case 4:
                mtu = _U32.unpack(content)[0]
            case 1:
                mac = content.hex(":") if len(content) == 6 else None
            case 5:
                lower = _U32.unpack(content)[0]
            case 10:
                master = _U32.unpack(content)[0]
            case 18:
                word, data, port = _info(content)
            case 20:
                alias = _text(content)
            case 26:
                link_local = _link_local(content)
            case 27:
                group = _U32.unpack(content)[0]
            case 37:
                lower_netns = _S32.unpack(content)[0]
    return _Raw(
        name,
        number,
        bool(flags & _IFF_UP),
        mtu,
        mac,
        word,
        data,
        master,
        lower,
        lower_netns,
        alias,
        group,
        link_local,
        port,
    )


def _info(info: memoryview) -> tuple[str, memoryview | None, Port | None]:
    """IFLA_LINKINFO: the kind, its data, and the settings of a bridge's port."""
    word = slave = ""
    data: memoryview | None = None
    port: memoryview | None = None
    for kind, content in attributes(info, 0):
        match kind:
            case 1:
                word = _text(content)
            case 2:
                data = content
            case 4:
                slave = _text(content)
            case 5:
                port = content
    if slave != "bridge" or port is None:
        return word, data, None
    found = {kind: content[0] for kind, content in attributes(port, 0) if kind in (8, 32)}
    return word, data, Port(bool(found.get(32)), bool(found.get(8)))


def _link_local(families: memoryview) -> bool | None:
    for family, content in attributes(families, 0):
        if family == socket.AF_INET6:
            for kind, mode in attributes(content, 0):
                if kind == 8:
                    return mode[0] != _NO_LINK_LOCAL
    return None


def _links(side: Side, raws: dict[Side, dict[int, _Raw]], other_number: int) -> dict[str, SeenLink]:
    own = raws[side]
    other_side: Side = "router" if side == "host" else "host"
    found = {}
    for raw in own.values():
        if raw.lower_netns is None:
            lower_side, lower = side, own.get(raw.lower or 0)
        elif raw.lower_netns == other_number and other_number >= 0:
            lower_side, lower = other_side, raws[other_side].get(raw.lower or 0)
        else:  # in a third namespace
            lower_side, lower = other_side, None
        master = own[raw.master].name if raw.master in own else None
        link = Link(
            raw.name,
            _kind(raw, lower_side, lower),
            raw.mtu,
            mac=raw.mac,
            master=master,
            link_local=raw.link_local,
            port=raw.port,
            up=raw.up,
        )
        found[raw.name] = SeenLink(link, raw.number, raw.word, raw.alias, raw.group)
    return found


def _kind(raw: _Raw, lower_side: Side, lower: _Raw | None) -> Kind:
    data = dict(attributes(raw.data, 0)) if raw.data is not None else {}
    match raw.word:
        case "vrf" if 1 in data:
            return Vrf(_U32.unpack(data[1])[0])
        case "bridge":
            return Bridge()
        case "vxlan" if 1 in data and 15 in data:
            local = socket.inet_ntop(socket.AF_INET, data[4]) if 4 in data else ""
            local = socket.inet_ntop(socket.AF_INET6, data[17]) if 17 in data else local
            learning = bool(data[7][0]) if 7 in data else False
            return Vxlan(_U32.unpack(data[1])[0], local, int.from_bytes(data[15], "big"), learning)
        case "veth":
            return Veth(lower.name if lower and lower.word == "veth" and lower.lower == raw.number else "", lower_side)
        case "vlan" if 1 in data:
            return Vlan(lower.name if lower and lower_side == "host" else "", int.from_bytes(data[1], sys.byteorder))
        case "macvlan":
            return Macvlan(lower.name if lower and lower_side == "host" else "")
    return Present()


def _addresses(one: Socket, raws: dict[int, _Raw]) -> Iterator[SeenAddress]:
    for body in one.dump(netlink.GETADDR, _ADDRESS.pack(0, 0, 0, 0, 0)):
        family, length, flags, scope, number = _ADDRESS.unpack_from(body)
        if number not in raws or family not in (socket.AF_INET, socket.AF_INET6):
            continue
        found = dict(attributes(body, 8))
        if 8 in found:
            flags = _U32.unpack(found[8])[0]
        name = raws[number].name
        whole = found.get(1)
        local = found.get(2, whole)
        if local is None or whole is None:
            continue
        # The kernel knows the scope of an IPv6 address by itself.
        six = family == socket.AF_INET6
        label = _text(found[3]) if 3 in found else name
        address = Address(
            name,
            f"{socket.inet_ntop(family, local)}/{length}",
            peer=socket.inet_ntop(family, whole) if whole != local else None,
            broadcast=socket.inet_ntop(family, found[4]) if 4 in found else None,
            label=label if label != name else None,
            scope=0 if six else scope,
            flags=flags & _USER_FLAGS,
        )
        protocol = found[11][0] if 11 in found else 0
        yield SeenAddress(address, protocol, bool(flags & _SECONDARY) and not six, bool(flags & _FAILED))


def _rules(one: Socket) -> frozenset[Family]:
    """The families that have a rule of VRFs."""
    families: dict[int, Family] = {socket.AF_INET: "ipv4", socket.AF_INET6: "ipv6"}
    bodies = one.dump(netlink.GETRULE, _RULE.pack(0))
    return frozenset(
        families[body[0]]
        for body in bodies
        if body[0] in families and any(kind == _FRA_L3MDEV and content[0] for kind, content in attributes(body, 12))
    )


def _sysctls(keys: Iterable[str]) -> dict[str, str]:
    """The values of keys; those that the kernel does not have are left out. Runs in the namespace."""
    found = {}
    for key in keys:
        try:
            found[key] = (SYSCTLS / key).read_text().strip()
        except FileNotFoundError:
            continue
    return found


def _number(one: Socket, descriptor: int) -> int:
    """The number that a socket's namespace has for the one behind a descriptor; -1 where it has none."""
    body = one.ask(netlink.GETNSID, struct.pack("=Bxxx", 0) + attribute(3, _U32.pack(descriptor)))
    return next((_S32.unpack(content)[0] for kind, content in attributes(body, 4) if kind == 1), -1)


def _number_of_own(one: Socket) -> int:
    """The number that the router's namespace has for this process's."""
    from frrcompile.plumb.netns import own

    here = own()
    try:
        return _number(one, here.descriptor)
    finally:
        here.close()


def _text(content: memoryview) -> str:
    return bytes(content).rstrip(b"\0").decode(errors="replace")
