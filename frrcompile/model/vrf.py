"""A VRF: a tenant's routing table on the node."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.host_session import HostSession
from frrcompile.model.values import Asn, Table
from frrcompile.model.vni import L3Vni


class Vrf(Concept):
    """A VRF with its L3VNI and its peering with the host (RFC 4364, RFC 9136)."""

    table: Table = Field(examples=[1100])
    """The kernel's routing table, unique on the node."""
    asn: Asn | None = Field(default=None, examples=[64516])
    """The AS of the VRF's BGP instance; the router's where it is not given."""
    l3vni: L3Vni | None = None
    """The L3VNI that connects the VRF with the fabric."""
    host_session: HostSession | None = None
    """The veth peering with the host."""
