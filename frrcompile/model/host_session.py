"""The veth peering with the host, where frr-k8s or another BGP speaker announces the pods."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.selector import Selector
from frrcompile.model.session import FamilyPolicy, Session
from frrcompile.model.values import Asn, Interface4, Interface6, InterfaceName, Prefix4, Prefix6, Truth, choice


class Ends4(FamilyPolicy):
    """The two IPv4 ends of a veth pair, in one subnet: both written, or both from a pool."""

    router: Interface4 | None = Field(default=None, examples=["192.169.10.1/24"])
    """The end in FRR's namespace, the same on every node."""
    host: Interface4 | None = Field(default=None, examples=["192.169.10.2/24"])
    """The end on the host: the address that FRR peers with."""
    pool: Prefix4 | None = Field(default=None, examples=["192.169.10.0/24"])
    """The subnet of both ends. The router's end is its first address on every node. The host's end is the address `index` + 1 places
    after that: in 10.0.0.0/24 the router has 10.0.0.1, the host of the node with index 0 has 10.0.0.2, with index 1 10.0.0.3."""


class Ends6(FamilyPolicy):
    """The two IPv6 ends of a veth pair, in one subnet: both written, or both from a pool."""

    router: Interface6 | None = Field(default=None, examples=["2001:db8:10::1/64"])
    """The end in FRR's namespace, the same on every node."""
    host: Interface6 | None = Field(default=None, examples=["2001:db8:10::2/64"])
    """The end on the host: the address that FRR peers with."""
    pool: Prefix6 | None = Field(default=None, examples=["2001:db8:10::/64"])
    """The subnet of both ends. The router's end is its first address on every node. The host's end is the address `index` + 1 places
    after that: in 2001:db8::/64 the router has 2001:db8::1, the host of the node with index 0 has 2001:db8::2."""


HostKind = Literal["internal", "external"]


class HostSession(Session, FamilyPolicy):
    """A veth pair between the host and a VRF, and the BGP session over it, one for each family that has ends."""

    asn: Asn | None = Field(default=None, examples=[64515])
    """The AS of the host's BGP speaker; it differs from the VRF's. Exactly one of `asn` and `remote-as` is given."""
    remote_as: Annotated[HostKind, choice(HostKind)] | None = Field(default=None, examples=["internal"])
    """`external`: the host has any AS but the VRF's. `internal`: it has the VRF's AS. An internal host is a route reflector
    client, and the router is the next hop of the routes that it gets (`next-hop-self force`)."""
    as_override: Truth = True
    """Put our AS in the place of the host's in the paths that the host gets (FRR manual, `neighbor PEER as-override`).
    The hosts of several nodes have one AS: without it, each host refuses the routes of the others as loops.
    An internal session does not need it."""
    host_interface: InterfaceName | None = Field(default=None, examples=["frr0"])
    """The host leg's name; `hostTABLE` by default, after the VRF's table."""
    router_interface: InterfaceName | None = Field(default=None, examples=["frr1"])
    """The router leg's name; `peTABLE` by default, after the VRF's table."""
    ipv4: Ends4 | None = Field(default=None, examples=[{"pool": "192.169.10.0/24"}])
    """The IPv4 ends; at least one of `ipv4` and `ipv6` is given."""
    ipv6: Ends6 | None = Field(default=None, examples=[{"pool": "2001:db8:10::/64"}])
    """The IPv6 ends."""

    def said(self) -> Iterator[tuple[tuple[str], FamilyPolicy]]:
        """What is said of single families, each with its path below the session."""
        for name, ends in (("ipv4", self.ipv4), ("ipv6", self.ipv6)):
            if ends:
                yield (name,), ends


class Passthrough(HostSession):
    """A host session in the default VRF: the host takes part in the underlay itself."""

    nodes: Selector = Selector.defaults()
    """The nodes that have it; all by default."""
