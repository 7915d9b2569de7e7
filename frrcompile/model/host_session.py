"""The veth peering with the host, where frr-k8s or another BGP speaker announces the pods."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Asn, Interface4, Interface6, InterfaceName, PolicyName


class Ends4(Concept):
    """The two IPv4 ends of a veth pair, in one subnet."""

    router: Interface4 = Field(examples=["192.169.10.1/24"])
    """The end in FRR's namespace."""
    host: Interface4 = Field(examples=["192.169.10.0/24"])
    """The end on the host: the address that FRR peers with."""


class Ends6(Concept):
    """The two IPv6 ends of a veth pair, in one subnet."""

    router: Interface6 = Field(examples=["2001:db8:10::1/64"])
    """The end in FRR's namespace."""
    host: Interface6 = Field(examples=["2001:db8:10::2/64"])
    """The end on the host: the address that FRR peers with."""


class HostSession(Concept):
    """A veth pair between the host and a VRF, and the eBGP session over it."""

    asn: Asn = Field(examples=[64515])
    """The AS of the host's BGP speaker; it differs from the VRF's."""
    host_interface: InterfaceName | None = Field(default=None, examples=["frr0"])
    """The host leg's name; `hostTABLE` by default."""
    router_interface: InterfaceName | None = Field(default=None, examples=["frr1"])
    """The router leg's name; `peTABLE` by default."""
    ipv4: Ends4 | None = None
    """The IPv4 ends; at least one of `ipv4` and `ipv6` is given."""
    ipv6: Ends6 | None = None
    """The IPv6 ends."""
    import_: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that the host's routes pass."""
    export: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that routes to the host pass."""
