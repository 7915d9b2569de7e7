"""The VTEP: where this node's VXLAN tunnels begin and end (RFC 8365)."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address4, Truth


class Vtep(Concept):
    """The tunnel endpoint's address, put on `lo` and announced in the underlay."""

    ipv4: Address4 = Field(examples=["100.65.0.2"])
    """The address, announced as a host route."""


class Evpn(Concept):
    """EVPN as a whole (FRR manual, "EVPN")."""

    advertise_svi_ip: Truth = False
    """Whether the SVI's own address is announced as a type-2 route (`advertise-svi-ip`)."""
