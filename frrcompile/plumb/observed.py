"""What the kernel has, as values: `observe` reads it, `changes` compares it with the desired state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from frrcompile.plumb.state import Address, Family, Link, Neighbor, OvsPort, Route, Side


class SeenLink(NamedTuple):
    """A link with its interface index `number`, the kernel's word for its kind ("" for a physical NIC) and its marks."""

    link: Link
    number: int
    word: str = ""
    alias: str = ""
    group: int = 0


class SeenAddress(NamedTuple):
    """An address, and the protocol number of what made it. `secondary` ones go with the primary address of their subnet.

    `failed` says that duplicate address detection found another host with the address.
    """

    address: Address
    protocol: int = 0
    secondary: bool = False
    failed: bool = False


class SeenNeighbor(NamedTuple):
    """A permanent neighbor, and the protocol number of what made it."""

    neighbor: Neighbor
    protocol: int = 0


class Observed(NamedTuple):
    """One namespace. `routes` has those of the host's NICs that are to be moved. `rules` are the families with VRFs' rule."""

    links: Mapping[str, SeenLink] = {}
    addresses: tuple[SeenAddress, ...] = ()
    routes: tuple[Route, ...] = ()
    neighbors: tuple[SeenNeighbor, ...] = ()
    rules: frozenset[Family] = frozenset()
    sysctls: Mapping[str, str] = {}


class Kernel(NamedTuple):
    """Both namespaces, and the ports of ours in Open vSwitch."""

    host: Observed = Observed()
    router: Observed = Observed()
    ovs: tuple[OvsPort, ...] = ()

    def side(self, side: Side) -> Observed:
        """One of the two."""
        return self.host if side == "host" else self.router
