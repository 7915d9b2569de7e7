"""A BGP neighbor: by address, by interface, or any from a range."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.selector import Selector
from frrcompile.model.session import FamilyPolicy, NextHopSelf, Session
from frrcompile.model.values import Address, Asn, Hint, InterfaceName, Prefix, Reads, RemoteAs, Truth, choice, whole

FamilyName = Literal["ipv4-unicast", "ipv6-unicast", "ipv4-vpn", "ipv6-vpn", "l2vpn-evpn"]
Family = Annotated[FamilyName, choice(FamilyName)]


class FamilyOptions(FamilyPolicy):
    """What a neighbor does in one address family. A field that is not given here has the neighbor's value."""

    next_hop_self: NextHopSelf | None = Field(default=None, examples=[True])
    """Announce routes with our own address as next hop; `force` for reflected routes too. The value of a
    family, `false` included, takes precedence over that of the neighbor. Without a value in either, the routes keep their next hop."""
    route_reflector_client: Truth | None = Field(default=None, examples=[True])
    """The neighbor is a client of this route reflector (RFC 4456); clients are internal. The value of
    a family, `false` included, takes precedence over that of the neighbor. Without a value in either, it is no client."""


class LocalAs(Concept):
    """Another AS that this router shows to a neighbor (FRR manual, `local-as`)."""

    asn: Asn = Field(examples=[65100])
    """The AS shown; not the router's own."""
    prepend: Truth = True
    """Whether the AS shown is put into the path of incoming routes."""
    replace: Truth = False
    """Whether the router's own AS is left out of the path of outgoing routes; it needs `prepend: false`."""


def _source(text: str) -> str:
    from frrcompile.model.values import read_address, read_interface_name

    try:
        return str(read_address(text, None))
    except ValueError:
        if ":" in text or text.replace(".", "").isdecimal():
            raise Hint("this is not an address") from None
        return read_interface_name(text)


class Neighbor(Session, FamilyOptions):
    """A BGP session of the underlay or of a VRF. Its fields for address families apply to each family that has no value of its own."""

    address: Address | None = Field(default=None, examples=["192.168.11.2"])
    """The neighbor's address. Exactly one of `address`, `interface` and `range` is given."""
    interface: InterfaceName | None = Field(default=None, examples=["eth1"])
    """The interface of an unnumbered session (RFC 5549)."""
    range: Prefix | None = Field(default=None, examples=["192.168.12.0/24"])
    """The prefix from which neighbors may connect (`bgp listen range`)."""
    remote_as: RemoteAs = Field(examples=[64512, "external"])
    """The neighbor's AS, or `external` or `internal`."""
    families: dict[Family, FamilyOptions | None] | None = Field(
        default=None, examples=[{"ipv4-unicast": {}, "l2vpn-evpn": {}}]
    )
    """The address families, each with the fields in which it differs. By default: those of the VTEPs, or of the neighbor's
    address where there are no VTEPs, and l2vpn-evpn where there are VNIs."""
    per_family: dict[Family, FamilyOptions] = Field(default={}, examples=[{"ipv4-unicast": {"export": "vteps"}}])
    """The fields in which single families differ, where `families` is not given and the model implies the families."""
    local_as: LocalAs | None = Field(default=None, examples=[{"asn": 65100}])
    """Another AS that this router shows to the neighbor."""
    source: Annotated[str, Reads(_source, "an address or an interface name", {"type": "string"})] | None = Field(
        default=None, examples=["lo"]
    )
    """The address of the session on our side, or the interface that has it (`update-source`)."""
    ebgp_multihop: Annotated[int, whole(1, 255, "a TTL")] | None = Field(default=None, examples=[2])
    """The TTL of an eBGP session over several hops. It excludes `ttl-security`."""
    ttl_security: Annotated[int, whole(1, 254, "a number of hops")] | None = Field(default=None, examples=[1])
    """The hops within which the neighbor must be (RFC 5082). It excludes `ebgp-multihop`."""
    disable_connected_check: Truth = False
    """Take a neighbor that is not on a connected network, as between loopbacks over one hop."""
    extended_nexthop: Truth = False
    """Announce IPv4 routes with IPv6 next hops (RFC 8950); an unnumbered session does so by itself."""
    nodes: Selector = Selector.defaults()
    """The nodes that have this neighbor; all by default."""

    def said(self) -> Iterator[tuple[tuple[str, FamilyName], FamilyOptions]]:
        """What is said of single families, each with its path below the neighbor."""
        yield from ((("per-family", name), options) for name, options in self.per_family.items())
        for name, given in (self.families or {}).items():
            if given:
                yield ("families", name), given
