"""The router as a whole: its AS, its id, and BGP's general behaviour."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address4, Asn, Truth


class Router(Concept):
    """The node's BGP speaker (FRR manual, "BGP")."""

    asn: Asn = Field(examples=[64514])
    """The AS of the underlay instance; a VRF takes it too where it has none of its own."""
    id: Address4 | None = Field(default=None, examples=["192.0.2.1"])
    """The BGP router id; FRR takes the highest loopback address where it is not given."""
    import_check: Truth = True
    """Whether a `network` must be in the routing table to be announced (`bgp network import-check`)."""
    ebgp_requires_policy: Truth = True
    """Whether an eBGP session without policies exchanges nothing (RFC 8212, `bgp ebgp-requires-policy`)."""
