"""The underlay: the NICs that FRR's namespace gets, and the sessions over them."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.routing import Routing
from frrcompile.model.values import Interface, InterfaceName, Mtu, Truth, choice, whole

AttachKind = Literal["move", "vlan", "macvlan", "present"]


class Nic(Concept):
    """A link of the underlay in FRR's namespace, and how it comes there."""

    name: InterfaceName = Field(examples=["eth1"])
    """The NIC's name on the host; with `attach: present` the link's name in FRR's namespace."""
    attach: Annotated[AttachKind, choice(AttachKind)] | None = Field(default=None, examples=["macvlan"])
    """How the link comes into FRR's namespace. `move`: the NIC moves there and keeps its name. `vlan`: a VLAN sub-interface
    of the NIC, made for this. `macvlan`: a macvlan of the NIC, made for this; the host keeps the NIC and its addresses.
    `present`: the link is there already, from a CNI plugin such as Multus. By default `vlan` where `vlan` is given, and
    `move` otherwise."""
    vlan: Annotated[int, whole(1, 4094, "a VLAN id")] | None = Field(default=None, examples=[10])
    """The VLAN id of the sub-interface, with `attach: vlan` only."""
    link_name: InterfaceName | None = Field(default=None, examples=["underlay0"])
    """The name in FRR's namespace of a link that is made; `NAME.VLAN` for a VLAN sub-interface and `mv-NAME` for a macvlan
    by default."""
    addresses: tuple[Interface, ...] = Field(default=(), examples=[["192.168.11.3/24"]])
    """Its addresses. Without them a link that moves or is present keeps those that it has, and one that is made has none."""
    mtu: Mtu = 1500
    """The MTU of the underlay behind it, in bytes: what VXLAN adds must fit into it."""

    def attached(self) -> AttachKind:
        """How the link comes, with the default worked out."""
        return self.attach or ("vlan" if self.vlan else "move")

    def name_in_namespace(self) -> str:
        """The link's name in FRR's namespace, which may be longer than Linux allows."""
        match self.attached():
            case "vlan":
                return self.link_name or f"{self.name}.{self.vlan}"
            case "macvlan":
                return self.link_name or f"mv-{self.name}"
        return self.name


class Underlay(Routing):
    """The network that carries the VXLAN packets, and the routing table of the default VRF."""

    interfaces: tuple[Nic, ...] = Field(default=(), examples=[[{"name": "eth1"}]])
    """The links to the underlay."""
    neighbors: tuple[Neighbor, ...] = Field(min_length=1, examples=[[{"address": "192.168.11.2", "remote-as": 64512}]])
    """The BGP sessions to the leaves."""
    no_transit: Truth = True
    """Whether the node withholds the routes of an external neighbor of the underlay from the other external ones. It announces its
    own routes, and those of its VRFs and hosts. Set it to `false` on a node through which other routers reach each other."""
