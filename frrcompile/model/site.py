"""The site: what its nodes share, and the nodes themselves."""

from typing import Any

from pydantic import Field

from frrcompile.model.bfd import BfdProfile
from frrcompile.model.concept import Concept
from frrcompile.model.frr import Frr
from frrcompile.model.host_session import Passthrough
from frrcompile.model.policy import AsPathListEntry, CommunityListEntry, PrefixListEntry, RouteMapEntry
from frrcompile.model.pools import Pools
from frrcompile.model.raw import Raw
from frrcompile.model.router import Router
from frrcompile.model.selector import Label, LabelValue
from frrcompile.model.underlay import Underlay
from frrcompile.model.values import Index, ModelVersion, NodeName, PolicyName, VrfName
from frrcompile.model.vni import L2Vni
from frrcompile.model.vrf import Vrf
from frrcompile.model.vtep import Evpn, Vtep


class SiteNode(Concept):
    """A node of the site."""

    index: Index = Field(examples=[0])
    """The node's number, from 0. It does not depend on the node's place in the file."""
    labels: dict[Label, LabelValue] = Field(default={}, examples=[{"rack": "r1"}])
    """Labels, by which other parts of the model select nodes."""
    override: dict[str, Any] = Field(default={}, examples=[{"router": {"id": "192.0.2.7"}}])
    """Any part of the site, with other values for this node: mappings are joined, lists and values replaced."""


class Site(Concept):
    """The whole document."""

    version: ModelVersion = 1
    """The version of the model's language. A change that removes a field, or gives it another meaning, raises it; a model of
    another version is refused."""
    nodes: dict[NodeName, SiteNode] = Field(min_length=1, examples=[{"node-0": {"index": 0}}])
    """The nodes by name."""
    frr: Frr = Frr.defaults()
    """The FRR to compile for."""
    pools: Pools = Pools.defaults()
    """Prefixes from which nodes take addresses."""
    router: Router = Field(examples=[{"asn": 64514}])
    """The BGP speaker."""
    underlay: Underlay = Field(examples=[{"neighbors": [{"address": "192.168.11.2", "remote-as": 64512}]}])
    """The underlay's NICs and sessions."""
    vtep: Vtep = Vtep.defaults()
    """The tunnel endpoint."""
    evpn: Evpn = Evpn.defaults()
    """EVPN as a whole."""
    vrfs: dict[VrfName, Vrf] = Field(default={}, examples=[{"red": {"table": 1100, "l3vni": {"vni": 100}}}])
    """The VRFs by name."""
    l2vnis: tuple[L2Vni, ...] = Field(default=(), examples=[[{"vni": 110, "vrf": "red"}]])
    """The L2VNIs."""
    passthrough: Passthrough | None = Field(
        default=None, examples=[{"asn": 64515, "ipv4": {"pool": "192.169.20.0/24"}}]
    )
    """A host session in the default VRF."""
    bfd_profiles: dict[PolicyName, BfdProfile] = Field(default={}, examples=[{"fast": {"receive-interval": 100}}])
    """The BFD profiles by name."""
    prefix_lists: dict[PolicyName, tuple[PrefixListEntry, ...]] = Field(
        default={}, examples=[{"pods": [{"action": "permit", "prefix": "10.244.0.0/16", "le": 24}]}]
    )
    """The prefix lists by name."""
    community_lists: dict[PolicyName, tuple[CommunityListEntry, ...]] = Field(
        default={}, examples=[{"customers": [{"action": "permit", "communities": ["65000:1"]}]}]
    )
    """The community lists by name."""
    as_path_lists: dict[PolicyName, tuple[AsPathListEntry, ...]] = Field(
        default={}, examples=[{"from-leaf": [{"action": "permit", "regex": "^64512_"}]}]
    )
    """The AS path lists by name."""
    route_maps: dict[PolicyName, tuple[RouteMapEntry, ...]] = Field(
        default={}, examples=[{"allowall": [{"action": "permit"}]}]
    )
    """The route maps by name."""
    raw: tuple[Raw, ...] = Field(default=(), examples=[[{"lines": "bgp session-dscp 46"}]])
    """Raw FRR lines."""
