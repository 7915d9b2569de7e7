"""The underlay: the NICs that FRR's namespace gets, and the sessions over them."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.values import Interface, InterfaceName


class Nic(Concept):
    """A NIC that is moved into FRR's namespace."""

    name: InterfaceName = Field(examples=["eth1"])
    """The interface's name, kept in FRR's namespace."""
    addresses: tuple[Interface, ...] = Field(default=(), examples=[["192.168.11.3/24"]])
    """Its addresses; without them those that it has when it is moved."""


class Underlay(Concept):
    """The network that carries the VXLAN packets."""

    interfaces: tuple[Nic, ...] = ()
    """The NICs of the underlay."""
    neighbors: tuple[Neighbor, ...] = Field(min_length=1)
    """The BGP sessions to the leaves."""
