"""The VTEP: where this node's VXLAN tunnels begin and end (RFC 8365)."""

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address4, Address6, InterfaceName, Truth


class Vtep(Concept):
    """The tunnel endpoint's addresses, announced in the underlay as host routes."""

    ipv4: Address4 | None = Field(default=None, examples=["100.65.0.2"])
    """The IPv4 address; from `pools.vtep-ipv4` where it is not given."""
    ipv6: Address6 | None = Field(default=None, examples=["2001:db8:65::2"])
    """The IPv6 address; from `pools.vtep-ipv6` where it is not given."""
    interface: InterfaceName = "lo"
    """The interface that has the addresses. frrcompile puts them on `lo`. Any other interface has them already,
    and the program that put them there announces them too."""


class Evpn(Concept):
    """EVPN as a whole (FRR manual, "EVPN")."""

    advertise_svi_ip: Truth = False
    """Whether the SVI's own address is announced as a type-2 route (`advertise-svi-ip`)."""
