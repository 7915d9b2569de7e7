"""What is done to a namespace, one thing each. An operation has its words for people and its inverse."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from frrcompile.plumb.state import (
    KIND_NAMES,
    Address,
    Family,
    Kind,
    Link,
    Macvlan,
    Neighbor,
    OvsPort,
    Port,
    Route,
    Side,
    Sysctl,
    Veth,
    Vlan,
    Vrf,
    Vxlan,
)

Sign = Literal["+", "-", "~", ">"]
"""What an operation does: it adds, removes, changes or moves."""

Field = Literal["kind", "mtu", "mac", "master", "link_local", "port", "up", "alias"]
Value: TypeAlias = Kind | Port | str | int | bool | None


class AddLink(NamedTuple):
    """Makes a link, down and marked as the owner's; `peer` is the other leg of a veth pair."""

    side: Side
    link: Link
    peer: Link | None = None
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"{link_words(self.link)} {PLACES[self.side]}" + _details(self.link)

    @property
    def inverse(self) -> RemoveLink:
        """The operation that takes it back."""
        return RemoveLink(self.side, self.link, self.peer)


class RemoveLink(NamedTuple):
    """Deletes a link; both legs of a veth pair."""

    side: Side
    link: Link
    peer: Link | None = None
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"{link_words(self.link)} {PLACES[self.side]}"

    @property
    def inverse(self) -> AddLink:
        """The operation that takes it back."""
        return AddLink(self.side, self.link, self.peer)


class MoveLink(NamedTuple):
    """Moves a NIC to the other namespace, where it is down. `alias` is the ifalias that it gets there, `before` the one it had."""

    name: str
    source: Side
    alias: str
    before: str
    sign: Sign = ">"

    @property
    def target(self) -> Side:
        """Where it goes."""
        return "host" if self.source == "router" else "router"

    @property
    def words(self) -> str:
        """For people."""
        return f"nic {self.name} from the {self.source} to the {self.target}"

    @property
    def inverse(self) -> MoveLink:
        """The operation that takes it back."""
        return MoveLink(self.name, self.target, self.before, self.alias)


class SetLink(NamedTuple):
    """Changes one field of a link from `old` to `new`; "alias" is its ifalias, "kind" the settings of a VXLAN device."""

    side: Side
    name: str
    field: Field
    old: Value
    new: Value
    sign: Sign = "~"

    @property
    def words(self) -> str:
        """For people."""
        old, new = (_value(self.field, value) for value in (self.old, self.new))
        return f"{self.name} {PLACES[self.side]}: {_FIELDS[self.field]} {old} -> {new}"

    @property
    def inverse(self) -> SetLink:
        """The operation that takes it back."""
        return SetLink(self.side, self.name, self.field, self.new, self.old)


class AddAddress(NamedTuple):
    """Adds an address; `owned` says whether it is marked as ours."""

    side: Side
    address: Address
    owned: bool = True
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"address {self.address.address} on {self.address.link} {PLACES[self.side]}"

    @property
    def inverse(self) -> RemoveAddress:
        """The operation that takes it back."""
        return RemoveAddress(self.side, self.address, self.owned)


class RemoveAddress(NamedTuple):
    """Removes an address."""

    side: Side
    address: Address
    owned: bool = True
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"address {self.address.address} on {self.address.link} {PLACES[self.side]}"

    @property
    def inverse(self) -> AddAddress:
        """The operation that takes it back."""
        return AddAddress(self.side, self.address, self.owned)


class AddRoute(NamedTuple):
    """Adds a route with the protocol number that it has."""

    side: Side
    route: Route
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"route {route_words(self.route)} {PLACES[self.side]}"

    @property
    def inverse(self) -> RemoveRoute:
        """The operation that takes it back."""
        return RemoveRoute(self.side, self.route)


class RemoveRoute(NamedTuple):
    """Removes a route."""

    side: Side
    route: Route
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"route {route_words(self.route)} {PLACES[self.side]}"

    @property
    def inverse(self) -> AddRoute:
        """The operation that takes it back."""
        return AddRoute(self.side, self.route)


class AddRule(NamedTuple):
    """Adds the rule that sends the packets of VRF devices to their tables (l3mdev), for a family."""

    side: Side
    family: Family
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"{_RULES[self.family]} rule for VRFs (l3mdev) {PLACES[self.side]}"

    @property
    def inverse(self) -> RemoveRule:
        """The operation that takes it back."""
        return RemoveRule(self.side, self.family)


class RemoveRule(NamedTuple):
    """Removes the rule of VRF devices."""

    side: Side
    family: Family
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"{_RULES[self.family]} rule for VRFs (l3mdev) {PLACES[self.side]}"

    @property
    def inverse(self) -> AddRule:
        """The operation that takes it back."""
        return AddRule(self.side, self.family)


class AddNeighbor(NamedTuple):
    """Adds a permanent neighbor, marked as ours."""

    side: Side
    neighbor: Neighbor
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"neighbor {self.neighbor.address} ({self.neighbor.mac}) on {self.neighbor.link} {PLACES[self.side]}"

    @property
    def inverse(self) -> RemoveNeighbor:
        """The operation that takes it back."""
        return RemoveNeighbor(self.side, self.neighbor)


class RemoveNeighbor(NamedTuple):
    """Removes a permanent neighbor."""

    side: Side
    neighbor: Neighbor
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"neighbor {self.neighbor.address} on {self.neighbor.link} {PLACES[self.side]}"

    @property
    def inverse(self) -> AddNeighbor:
        """The operation that takes it back."""
        return AddNeighbor(self.side, self.neighbor)


class SetSysctl(NamedTuple):
    """Changes a sysctl from `old`, its value before, to the value that `sysctl` has."""

    side: Side
    sysctl: Sysctl
    old: str
    sign: Sign = "~"

    @property
    def words(self) -> str:
        """For people."""
        change = "set again to" if self.old == self.sysctl.value else f"{self.old} ->"
        return f"sysctl net/{self.sysctl.key} {PLACES[self.side]}: {change} {self.sysctl.value}"

    @property
    def inverse(self) -> SetSysctl:
        """The operation that takes it back."""
        return SetSysctl(self.side, self.sysctl._replace(value=self.old), self.sysctl.value)


class AddOvsPort(NamedTuple):
    """Makes a link a port of an Open vSwitch bridge on the host, and the bridge where it says so."""

    port: OvsPort
    sign: Sign = "+"

    @property
    def words(self) -> str:
        """For people."""
        return f"port {self.port.link} of Open vSwitch bridge {self.port.bridge} on the host"

    @property
    def inverse(self) -> RemoveOvsPort:
        """The operation that takes it back."""
        return RemoveOvsPort(self.port)


class RemoveOvsPort(NamedTuple):
    """Removes a port of ours from an Open vSwitch bridge, and the bridge with its last port where we made it."""

    port: OvsPort
    sign: Sign = "-"

    @property
    def words(self) -> str:
        """For people."""
        return f"port {self.port.link} of Open vSwitch bridge {self.port.bridge} on the host"

    @property
    def inverse(self) -> AddOvsPort:
        """The operation that takes it back."""
        return AddOvsPort(self.port)


Operation: TypeAlias = (
    AddLink
    | RemoveLink
    | MoveLink
    | SetLink
    | AddAddress
    | RemoveAddress
    | AddRoute
    | RemoveRoute
    | AddRule
    | RemoveRule
    | AddNeighbor
    | RemoveNeighbor
    | SetSysctl
    | AddOvsPort
    | RemoveOvsPort
)

PLACES: dict[Side, str] = {"host": "on the host", "router": "in the router"}
"""The words for where something is."""

_RULES: dict[Family, str] = {"ipv4": "IPv4", "ipv6": "IPv6"}

_FIELDS: dict[Field, str] = {
    "kind": "VXLAN",
    "mtu": "MTU",
    "mac": "MAC address",
    "master": "master",
    "link_local": "IPv6 link-local address",
    "port": "bridge port",
    "up": "state",
    "alias": "ifalias",
}


def link_words(link: Link) -> str:
    """A link's kind and name; both names of a veth pair."""
    name = f"{link.name} <-> {link.kind.peer}" if isinstance(link.kind, Veth) else link.name
    return f"{KIND_NAMES[type(link.kind)]} {name}"


def route_words(route: Route) -> str:
    """A route, roughly as `ip route` prints it."""
    hops = [
        " ".join([*(["via", hop.gateway] if hop.gateway else []), *(["dev", hop.link] if hop.link else [])])
        for hop in route.hops
    ]
    table = "" if route.table == 254 else f" table {route.table}"
    metric = f" metric {route.priority}" if route.priority else ""
    return f"{route.destination} {', '.join(hops)}{table}{metric}".replace("  ", " ").rstrip()


def _details(link: Link) -> str:
    """What else a new link is made with."""
    match link.kind:
        case Vrf(table):
            facts = [f"table {table}"]
        case Vxlan(vni, local, port):
            facts = [f"VNI {vni}", f"local {local}", f"UDP port {port}"]
        case Vlan(parent, number):
            facts = [f"parent {parent}", f"VLAN {number}"]
        case Macvlan(parent):
            facts = [f"parent {parent}"]
        case _:
            facts = []
    facts += [f"MAC address {link.mac}"] if link.mac else []
    facts += [f"MTU {link.mtu}"] if link.mtu else []
    return f": {', '.join(facts)}" if facts else ""


def _value(field: Field, value: Value) -> str:
    match value:
        case Port(suppress, learning):
            return f"neigh_suppress {_switch(suppress)} learning {_switch(learning)}"
        case Vxlan(vni, local, port, learning):
            return f"VNI {vni} local {local} port {port} learning {_switch(learning)}"
        case bool() if field == "up":
            return "up" if value else "down"
        case bool():
            return _switch(value)
        case None | "":
            return "none"
    return str(value)


def _switch(on: bool) -> str:
    return "on" if on else "off"
