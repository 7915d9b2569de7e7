"""What two network namespaces have: links by kind, addresses, routes, neighbors, sysctls, and bridges of Open vSwitch.

The same types describe the desired state (`plan`) and the observed state (`observe`). `host` is the namespace that frrcompile
runs in, `router` is FRR's. In a desired state, None means that the value stays as it is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from frrcompile.ir.origin import Origin

Side = Literal["host", "router"]
Family = Literal["ipv4", "ipv6"]
FAMILIES: tuple[Family, Family] = ("ipv4", "ipv6")
SIDES: tuple[Side, Side] = ("host", "router")


class Vrf(NamedTuple):
    """A VRF device; `table` is its routing table."""

    table: int


class Bridge(NamedTuple):
    """A Linux bridge."""


class Vxlan(NamedTuple):
    """A VXLAN device; `local` is the VTEP's address, `port` the UDP port. `learning` is the learning of VTEPs from traffic."""

    vni: int
    local: str
    port: int
    learning: bool = False


class Veth(NamedTuple):
    """One leg of a veth pair; the other leg is `peer` on `side`."""

    peer: str
    side: Side


class Vlan(NamedTuple):
    """A VLAN sub-interface of the host's NIC `parent`."""

    parent: str
    id: int


class Macvlan(NamedTuple):
    """A macvlan (mode bridge) of the host's NIC `parent`."""

    parent: str


class Moved(NamedTuple):
    """A NIC that the host has: it is moved, never made or deleted."""


class Present(NamedTuple):
    """A link that others made: it stays when everything else goes."""


Kind: TypeAlias = Vrf | Bridge | Vxlan | Veth | Vlan | Macvlan | Moved | Present

KIND_NAMES: dict[type[Kind], str] = {
    Vrf: "vrf",
    Bridge: "bridge",
    Vxlan: "vxlan",
    Veth: "veth",
    Vlan: "vlan",
    Macvlan: "macvlan",
    Moved: "nic",
    Present: "link",
}
"""The word for each kind; for those that are made, it is the kernel's."""


class Port(NamedTuple):
    """The settings of a bridge's port: `neigh_suppress` and `learning` of MAC addresses."""

    suppress_neighbors: bool
    learning: bool


class Link(NamedTuple):
    """A link. `least_mtu` is the MTU in bytes that a link of others must have; `mtu` is the one that it gets.

    `link_local` says whether the kernel gives it an IPv6 link-local address (`addrgenmode eui64` or `none`). A link of
    the router that has no `master` is taken out of one. On the host it stays where others put it.
    """

    name: str
    kind: Kind
    mtu: int | None = None
    least_mtu: int | None = None
    mac: str | None = None
    master: str | None = None
    link_local: bool | None = None
    port: Port | None = None
    up: bool | None = True
    at: Origin = ()


class Address(NamedTuple):
    """An address of a link with its prefix length; `peer` is the other end of a point-to-point address.

    `flags` are the IFA_F_* bits that a user sets, `scope` is RT_SCOPE_*.
    """

    link: str
    address: str
    peer: str | None = None
    broadcast: str | None = None
    label: str | None = None
    scope: int = 0
    flags: int = 0


class Hop(NamedTuple):
    """One next hop of a route; `flags` are RTNH_F_* bits that a user sets (4: onlink)."""

    link: str | None
    gateway: str | None = None
    weight: int = 1
    flags: int = 0


class Route(NamedTuple):
    """A route; `destination` is a prefix. `protocol`, `scope` and `kind` are RTPROT_*, RT_SCOPE_* and RTN_* numbers.

    `metrics` are pairs of an RTAX_* number and its value.
    """

    destination: str
    hops: tuple[Hop, ...]
    table: int = 254
    priority: int = 0
    source: str | None = None
    protocol: int = 0
    scope: int = 0
    kind: int = 1
    tos: int = 0
    preference: int | None = None
    metrics: tuple[tuple[int, int], ...] = ()


class Neighbor(NamedTuple):
    """A permanent neighbor: the MAC address of `address` on a link."""

    link: str
    address: str
    mac: str


class Sysctl(NamedTuple):
    """A key below /proc/sys/net and its value. A kernel that has no `optional` key does without it."""

    key: str
    value: str
    optional: bool = False


class OvsPort(NamedTuple):
    """A link of the host that is a port of a bridge of Open vSwitch; `create` says whether the bridge is made."""

    bridge: str
    link: str
    create: bool


class Namespace(NamedTuple):
    """What one namespace has."""

    links: tuple[Link, ...] = ()
    addresses: tuple[Address, ...] = ()
    routes: tuple[Route, ...] = ()
    neighbors: tuple[Neighbor, ...] = ()
    sysctls: tuple[Sysctl, ...] = ()


class Desired(NamedTuple):
    """What a model needs in both namespaces. Links come in the order in which they are made.

    `keeping` has the moved NICs that keep the addresses they have. `pod_mtu` is the smallest MTU in bytes of the
    host sessions, behind which the pods are; without host sessions that of the VNIs, and None without either.
    """

    host: Namespace = Namespace()
    router: Namespace = Namespace()
    keeping: frozenset[str] = frozenset()
    ovs: tuple[OvsPort, ...] = ()
    pod_mtu: int | None = None

    def side(self, side: Side) -> Namespace:
        """One of the two."""
        return self.host if side == "host" else self.router


NOTHING = Desired()
"""The desired state of a teardown."""
