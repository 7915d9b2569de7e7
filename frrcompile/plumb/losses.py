"""What the host loses with the NICs that move into the router. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from frrcompile.plumb.before import nic
from frrcompile.plumb.observed import Kernel
from frrcompile.plumb.operations import MoveLink, Operation, route_words
from frrcompile.plumb.state import Address, Route

_DEFAULT = ("0.0.0.0/0", "::/0")
_MAIN = 254  # RT_TABLE_MAIN
_RA = 9  # RTPROT_RA


class Loss(NamedTuple):
    """The addresses and the routes that leave the host with one NIC."""

    addresses: tuple[Address, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def words(self) -> Iterator[str]:
        """For people: each address and each route."""
        yield from (f"address {one.address}" for one in self.addresses)
        yield from (f"{'default ' if _is_default(one) else ''}route {route_words(one)}" for one in self.routes)

    @property
    def default(self) -> Route | None:
        """The default route of the host, where it leaves."""
        return next(filter(_is_default, self.routes), None)


def losses(operations: Iterable[Operation], kernel: Kernel, owner: str) -> dict[str, Loss]:
    """What leaves the host with each NIC that moves. The routes that an address makes by itself are left out."""
    found = {}
    for one in operations:
        if isinstance(one, MoveLink) and one.source == "host":
            seen = nic(kernel.host, one.name, owner)
            advertised = (
                route
                for route in kernel.host.routes
                if route.protocol == _RA and _is_default(route) and any(hop.link == one.name for hop in route.hops)
            )
            found[one.name] = Loss(seen.addresses, (*seen.routes, *advertised))
    return found


def warning(found: Mapping[str, Loss]) -> str:
    """The sentence about a default route that leaves; empty where it stays."""
    for name, loss in found.items():
        if loss.default:
            return (
                f"the host's default route leaves with NIC {name} ({route_words(loss.default)}): it may be the way to this host; "
                "`plumb apply --confirm 60` undoes the change after 60 s unless you confirm it"
            )
    return ""


def _is_default(route: Route) -> bool:
    return route.destination in _DEFAULT and route.table == _MAIN
