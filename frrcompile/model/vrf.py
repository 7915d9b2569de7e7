"""A VRF: a tenant's routing table on the node."""

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.routing import Routing
from frrcompile.model.selector import Selector
from frrcompile.model.values import Asn, PolicyName, Table
from frrcompile.model.vni import IpVersion, L3Vni


class Leak(Concept):
    """Routes that a VRF takes from other VRFs of the node (FRR manual, `import vrf`)."""

    from_: tuple[PolicyName, ...] = Field(min_length=1, examples=[["blue"]])
    """The VRFs; `default` for the underlay's table."""
    families: tuple[IpVersion, ...] = ("ipv4", "ipv6")
    """The families whose unicast routes are taken."""
    policy: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that they pass."""


class Vrf(Routing):
    """A VRF with its L3VNI and its peering with the host (RFC 4364, RFC 9136)."""

    table: Table = Field(examples=[1100])
    """The kernel's routing table, unique on the node."""
    asn: Asn | None = Field(default=None, examples=[64516])
    """The AS of the VRF's BGP instance; the router's where it is not given."""
    l3vni: L3Vni | None = Field(default=None, examples=[{"vni": 100}])
    """The L3VNI that connects the VRF with the fabric."""
    host_session: HostSession | None = Field(
        default=None, examples=[{"asn": 64515, "ipv4": {"pool": "192.169.10.0/24"}}]
    )
    """The veth peering with the host."""
    neighbors: tuple[Neighbor, ...] = Field(default=(), examples=[[{"address": "10.1.0.9", "remote-as": "external"}]])
    """Other BGP sessions of the VRF."""
    leak: Leak | None = Field(default=None, examples=[{"from": ["blue"]}])
    """Routes of other VRFs that this one takes."""
    nodes: Selector = Selector.defaults()
    """The nodes that have this VRF; all by default."""
