"""The address families of a neighbor: those that it names, else those that follow from the node and the neighbor."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from frrcompile.ir.scope import Scope

if TYPE_CHECKING:
    from frrcompile.model.neighbor import FamilyName, Neighbor

UNICAST: dict[str, FamilyName] = {"ipv4": "ipv4-unicast", "ipv6": "ipv6-unicast"}

WITH_DEFAULT: frozenset[FamilyName] = frozenset(UNICAST.values())
"""The families in which bgpd knows `default-originate`."""

WITH_PRIVATE_AS: frozenset[FamilyName] = frozenset((*UNICAST.values(), "ipv4-vpn", "ipv6-vpn"))
"""The families in which bgpd knows `remove-private-AS`."""


def carried(scope: Scope, vrf: str | None, neighbor: Neighbor) -> Collection[FamilyName]:
    """The families that the neighbor names, else the `derived` ones."""
    return derived(scope, vrf, neighbor) if neighbor.families is None else neighbor.families


def derived(scope: Scope, vrf: str | None, neighbor: Neighbor) -> list[FamilyName]:
    """In the underlay those of the VTEPs, or of its address where there is no VTEP, and l2vpn-evpn where there are VNIs; in a
    VRF those of its address.
    """
    if vrf:
        return _own(neighbor)
    found = [family for version, family in UNICAST.items() if scope.vtep(version)] or _own(neighbor)
    return [*found, "l2vpn-evpn"] if any(True for _ in scope.vnis()) else found


def _own(neighbor: Neighbor) -> list[FamilyName]:
    """The unicast family of the neighbor's address; both where it has none."""
    address = neighbor.address or neighbor.range
    return [UNICAST[f"ipv{address.version}"]] if address else [*UNICAST.values()]
