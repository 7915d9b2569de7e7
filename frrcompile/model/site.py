"""The site: what its nodes share, and the nodes themselves."""

from __future__ import annotations

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.frr import Frr
from frrcompile.model.policy import RouteMapEntry
from frrcompile.model.router import Router
from frrcompile.model.underlay import Underlay
from frrcompile.model.values import Index, NodeName, PolicyName, VrfName
from frrcompile.model.vrf import Vrf
from frrcompile.model.vtep import Evpn, Vtep


class SiteNode(Concept):
    """A node of the site."""

    index: Index = Field(examples=[0])
    """The node's number, from 0: it is written here, and never the node's place in a list."""


class Site(Concept):
    """The whole document."""

    nodes: dict[NodeName, SiteNode] = Field(min_length=1, examples=[{"node-0": {"index": 0}}])
    """The nodes by name."""
    frr: Frr = Frr()
    """The FRR to compile for."""
    router: Router
    """The BGP speaker."""
    underlay: Underlay
    """The underlay's NICs and sessions."""
    vtep: Vtep | None = None
    """The tunnel endpoint."""
    evpn: Evpn = Evpn()
    """EVPN as a whole."""
    vrfs: dict[VrfName, Vrf] = Field(default={})
    """The VRFs by name."""
    route_maps: dict[PolicyName, tuple[RouteMapEntry, ...]] = Field(
        default={}, examples=[{"allowall": [{"action": "permit"}]}]
    )
    """The route maps by name."""
