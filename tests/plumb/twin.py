"""A kernel in memory that does one operation after the other as Linux does, and refuses what Linux refuses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from ipaddress import ip_interface

from frrcompile.plumb import operations as do
from frrcompile.plumb.observed import Kernel, Observed, SeenAddress, SeenLink, SeenNeighbor
from frrcompile.plumb.ownership import PROTOCOL, group, mark
from frrcompile.plumb.state import (
    Address,
    Family,
    Kind,
    Link,
    Neighbor,
    OvsPort,
    Port,
    Present,
    Route,
    Side,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

EFFECTS = {
    "ipv4/ip_forward": {
        "ipv4/conf/all/accept_redirects": {"1": "0", "0": "1"},
        "ipv4/conf/default/forwarding": {"1": "1", "0": "0"},
    },
    "ipv6/conf/all/forwarding": {"ipv6/conf/default/forwarding": {"1": "1", "0": "0"}},
}
"""Sysctls that change with another one: key -> the other -> value -> its value."""


class RefusedError(Exception):
    """An operation that Linux would refuse."""


@dataclass
class TwinLink:
    name: str
    kind: Kind
    number: int
    word: str = ""
    alias: str = ""
    group: int = 0
    mtu: int = 1500
    mac: str | None = None
    master: str | None = None
    link_local: bool = True
    learning: bool = True
    suppress: bool = False
    up: bool = False
    addresses: list[SeenAddress] = field(default_factory=list)
    touched: int = 0  # how often it was written


@dataclass
class Twin:
    """Two namespaces. `owner` is whose marks new links get."""

    owner: str = "frrcompile"
    links: dict[Side, dict[str, TwinLink]] = field(default_factory=lambda: {"host": {}, "router": {}})
    routes: dict[Side, list[Route]] = field(default_factory=lambda: {"host": [], "router": []})
    neighbors: dict[Side, list[SeenNeighbor]] = field(default_factory=lambda: {"host": [], "router": []})
    sysctls: dict[str, str] = field(default_factory=dict)
    ovs: list[OvsPort] = field(default_factory=list)
    rules: set[Family] = field(default_factory=set)
    had_vrf: bool = False
    numbers: int = 10

    def nic(self, side: Side, name: str, kind: Kind | None = None, **more: object) -> TwinLink:
        """A link of others."""
        self.numbers += 1
        link = TwinLink(name, kind or Present(), self.numbers, **more)  # type: ignore[arg-type]
        self.links[side][name] = link
        return link

    def observe(self) -> Kernel:
        return Kernel(self._side("host"), self._side("router"), tuple(self.ovs))

    def dump(self) -> dict[str, set[object]]:
        """All that counts, without the numbers of links."""
        kernel = self.observe()
        found: dict[str, set[object]] = {"ovs": set(kernel.ovs), "sysctls": set(kernel.router.sysctls.items())}
        for side, one in (("host", kernel.host), ("router", kernel.router)):
            found[f"{side} links"] = {link._replace(number=0) for link in one.links.values()}
            found[f"{side} addresses"] = set(one.addresses)
            found[f"{side} routes"] = set(one.routes)
            found[f"{side} neighbors"] = set(one.neighbors)
            found[f"{side} rules"] = set(one.rules)
        return found

    def _side(self, side: Side) -> Observed:
        links = {
            one.name: SeenLink(
                Link(
                    one.name,
                    one.kind,
                    one.mtu,
                    mac=one.mac,
                    master=one.master,
                    link_local=one.link_local,
                    port=Port(one.suppress, one.learning) if one.master else None,
                    up=one.up,
                ),
                one.number,
                one.word,
                one.alias,
                one.group,
            )
            for one in self.links[side].values()
        }
        addresses = tuple(address for one in self.links[side].values() for address in one.addresses)
        sysctls = self.sysctls if side == "router" else {}
        return Observed(
            links,
            addresses,
            tuple(self.routes[side]),
            tuple(self.neighbors[side]),
            frozenset(self.rules) if side == "router" else frozenset(),
            dict(sysctls),
        )

    def carry_out(self, operation: do.Operation) -> None:
        match operation:
            case do.AddLink(side, link, peer):
                self._add(side, link)
                if isinstance(link.kind, Veth):
                    assert peer
                    self._add(link.kind.side, peer)
                if isinstance(link.kind, Vlan) and link.kind.parent not in self.links["host"]:
                    raise RefusedError(operation.words)
            case do.RemoveLink(side, link):
                self._remove(side, link.name)
                if isinstance(link.kind, Veth) and link.kind.peer in self.links[link.kind.side]:
                    self._remove(link.kind.side, link.kind.peer)
            case do.MoveLink(name, source, alias):
                self._move(name, source, operation.target, alias)
            case do.SetLink(side, name, what, old, new):
                self._set(side, name, what, old, new)
            case do.AddAddress(side, address, owned):
                self._add_address(side, address, owned)
            case do.RemoveAddress(side, address):
                self._remove_address(side, address)
            case do.AddRoute(side, route):
                if any(hop.link and not self._link(side, hop.link).up for hop in route.hops):
                    raise RefusedError(operation.words)
                if route in self.routes[side]:
                    raise RefusedError(operation.words)
                self.routes[side].append(route)
            case do.RemoveRoute(side, route):
                self.routes[side].remove(route)
            case do.AddRule(_, family):
                self.rules.add(family)
            case do.RemoveRule(_, family):
                self.rules.remove(family)
            case do.AddNeighbor(side, neighbor):
                self._link(side, neighbor.link)
                self.neighbors[side].append(SeenNeighbor(neighbor, PROTOCOL))
            case do.RemoveNeighbor(side, neighbor):
                self.neighbors[side] = [one for one in self.neighbors[side] if one.neighbor != neighbor]
            case do.SetSysctl(_, sysctl):
                if sysctl.key not in self.sysctls:
                    raise RefusedError(operation.words)
                if self.sysctls[sysctl.key] != sysctl.value:  # the kernel acts on a change
                    for key, values in EFFECTS.get(sysctl.key, {}).items():
                        if key in self.sysctls:
                            self.sysctls[key] = values[sysctl.value]
                self.sysctls[sysctl.key] = sysctl.value
            case do.AddOvsPort(port):
                self._link("host", port.link)
                self.ovs.append(port)
            case do.RemoveOvsPort(port):
                self.ovs.remove(port)

    def _link(self, side: Side, name: str) -> TwinLink:
        if name not in self.links[side]:
            raise RefusedError(f"no {name} in {side}")
        return self.links[side][name]

    def _add(self, side: Side, link: Link) -> None:
        if link.name in self.links[side]:
            raise RefusedError(f"{link.name} exists in {side}")
        for other in self.links[side].values():
            same_table = isinstance(link.kind, Vrf) and other.kind == link.kind
            same_vni = isinstance(link.kind, Vxlan) and isinstance(other.kind, Vxlan)
            if same_table or (same_vni and _tunnel(other.kind) == _tunnel(link.kind)):
                raise RefusedError(f"{link.name} collides with {other.name}")
        if isinstance(link.kind, Vrf) and side == "router" and not self.had_vrf:
            self.had_vrf, self.rules = True, {"ipv4", "ipv6"}
        self.numbers += 1
        self.links[side][link.name] = TwinLink(
            link.name,
            link.kind,
            self.numbers,
            alias=mark(self.owner),
            group=group(self.owner),
            mtu=link.mtu or 1500,
            mac=link.mac,
        )

    def _remove(self, side: Side, name: str) -> None:
        gone = self._link(side, name)
        for other in self.links[side].values():
            if other.master == name:
                self._enslave(side, other, None)
        self._vanish(side, gone)

    def _vanish(self, side: Side, link: TwinLink) -> None:
        del self.links[side][link.name]
        self.routes[side] = [one for one in self.routes[side] if all(hop.link != link.name for hop in one.hops)]
        self.neighbors[side] = [one for one in self.neighbors[side] if one.neighbor.link != link.name]

    def _move(self, name: str, source: Side, target: Side, alias: str) -> None:
        link = self._link(source, name)
        if name in self.links[target]:
            raise RefusedError(f"{name} exists in {target}")
        self._vanish(source, link)
        self.numbers += 1
        self.links[target][name] = dataclasses.replace(
            link, number=self.numbers, alias=alias, up=False, master=None, addresses=[]
        )

    def _enslave(self, side: Side, link: TwinLink, master: str | None) -> None:
        masters = [self.links[side].get(str(one)) for one in (link.master, master) if one]
        if any(one and isinstance(one.kind, Vrf) for one in masters):
            link.addresses = [one for one in link.addresses if ":" not in one.address.address]
        link.master, link.learning, link.suppress = master, True, False

    def _set(self, side: Side, name: str, what: do.Field, old: do.Value, new: do.Value) -> None:
        link = self._link(side, name)
        link.touched += 1
        match what:
            case "master":
                assert link.master == old, (link, old)
                if new is not None:
                    self._link(side, str(new))
                self._enslave(side, link, None if new is None else str(new))
            case "port":
                if not link.master or not isinstance(new, Port):
                    raise RefusedError(f"{name} is no port")
                link.suppress, link.learning = new.suppress_neighbors, new.learning
            case "kind":
                assert link.kind == old
                assert isinstance(new, Vxlan)
                link.kind = new
            case _:
                assert getattr(link, what) == old, (link, what, old)
                if what == "up" and isinstance(link.kind, Vlan) and not self._link("host", link.kind.parent).up:
                    raise RefusedError(f"{name}: its parent is down")
                setattr(link, what, new)
                if what == "up" and not new:
                    self.routes[side] = [
                        one for one in self.routes[side] if all(hop.link != link.name for hop in one.hops)
                    ]

    def _add_address(self, side: Side, address: Address, owned: bool) -> None:
        link = self._link(side, address.link)
        subnet = ip_interface(address.address).network
        same = [one for one in link.addresses if ip_interface(one.address.address).network == subnet]
        if any(one.address.address == address.address for one in same):
            raise RefusedError(f"{address.address} is on {address.link}")
        secondary = bool(same) and ":" not in address.address
        link.addresses.append(SeenAddress(address, PROTOCOL if owned else 0, secondary))

    def _remove_address(self, side: Side, address: Address) -> None:
        link = self._link(side, address.link)
        (gone,) = (one for one in link.addresses if one.address == address)
        subnet = ip_interface(address.address).network
        link.addresses = [
            one
            for one in link.addresses
            if one is not gone
            and not (not gone.secondary and one.secondary and ip_interface(one.address.address).network == subnet)
        ]


def _tunnel(kind: Kind) -> object:
    return (kind.vni, kind.port) if isinstance(kind, Vxlan) else None


def permanent(link: str, address: str, mac: str) -> SeenNeighbor:
    """A neighbor of others."""
    return SeenNeighbor(Neighbor(link, address, mac))
