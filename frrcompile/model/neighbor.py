"""A BGP neighbour and its address families."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address, Hint, InterfaceName, PolicyName, Reads, RemoteAs, choice

Family = Annotated[str, choice("ipv4-unicast", "ipv6-unicast", "l2vpn-evpn")]


def _allowas_in(text: str) -> int | str:
    if text == "origin":
        return text
    if text.isdecimal() and 1 <= int(text) <= 10:
        return int(text)
    raise Hint("`origin` accepts a route whose origin AS is ours; a number, that many times our AS in its path")


AllowasIn = Annotated[
    int | str, Reads(_allowas_in, "origin, or a number from 1 to 10", {"enum": ["origin", *range(1, 11)]})
]


class FamilyOptions(Concept):
    """What a neighbour does in one address family."""

    allowas_in: AllowasIn | None = None
    """Accept routes that carry our own AS: `origin`, or how many times (FRR manual, `neighbor PEER allowas-in`)."""
    import_: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that incoming routes pass."""
    export: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that outgoing routes pass."""


class Neighbor(Concept):
    """A BGP session of the underlay: by address, or by interface (unnumbered, RFC 5549)."""

    address: Address | None = Field(default=None, examples=["192.168.11.2"])
    """The neighbour's address. Exactly one of `address` and `interface` is given."""
    interface: InterfaceName | None = Field(default=None, examples=["eth1"])
    """The interface of an unnumbered session."""
    remote_as: RemoteAs = Field(examples=[64512, "external"])
    """The neighbour's AS, or `external` or `internal`."""
    families: dict[Family, FamilyOptions | None] | None = Field(
        default=None, examples=[{"ipv4-unicast": {}, "l2vpn-evpn": {}}]
    )
    """The address families; without them those that the node needs: the VTEP's, and l2vpn-evpn where there are VNIs."""
    allowas_in: AllowasIn | None = Field(default=None, examples=["origin"])
    """`allowas-in` for every family that does not say its own."""
