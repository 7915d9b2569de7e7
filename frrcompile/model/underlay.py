"""The underlay: the NICs that FRR's namespace gets, and the sessions over them."""

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.routing import Routing
from frrcompile.model.values import Interface, InterfaceName, Mtu, whole


class Nic(Concept):
    """A NIC that is moved into FRR's namespace."""

    name: InterfaceName = Field(examples=["eth1"])
    """The interface's name, kept in FRR's namespace."""
    vlan: Annotated[int, whole(1, 4094, "a VLAN id")] | None = Field(default=None, examples=[10])
    """Move a VLAN sub-interface, made for this, in place of the NIC itself; it is called NAME.VLAN."""
    addresses: tuple[Interface, ...] = Field(default=(), examples=[["192.168.11.3/24"]])
    """Its addresses; without them those that it has when it is moved."""
    mtu: Mtu = 1500
    """The MTU of the underlay behind it, in bytes: what VXLAN adds must fit into it."""


class Underlay(Routing):
    """The network that carries the VXLAN packets, and the routing table of the default VRF."""

    interfaces: tuple[Nic, ...] = Field(default=(), examples=[[{"name": "eth1"}]])
    """The NICs of the underlay."""
    neighbors: tuple[Neighbor, ...] = Field(min_length=1, examples=[[{"address": "192.168.11.2", "remote-as": 64512}]])
    """The BGP sessions to the leaves."""
