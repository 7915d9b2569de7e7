"""VXLAN network identifiers: the L3VNI of a VRF."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Mac, Vni, choice


class L3Vni(Concept):
    """The VNI over which a VRF's routes travel between VTEPs (RFC 9136, interface-less IP-VRF-to-IP-VRF)."""

    vni: Vni = Field(examples=[100])
    """The VNI, the same on every VTEP of the VRF."""
    router_mac: Mac | None = Field(default=None, examples=["aa:bb:cc:00:00:66"])
    """The RMAC: the MAC address of the L3VNI's bridge, unique to the node; one derived from the VTEP by default."""
    advertise: tuple[Annotated[str, choice("ipv4", "ipv6")], ...] = ("ipv4", "ipv6")
    """The families whose unicast routes become type-5 routes."""
