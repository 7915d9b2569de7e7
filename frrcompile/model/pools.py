"""Pools: prefixes from which each node takes an address by its index."""

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import AsRange, Prefix4, Prefix6


class Pools(Concept):
    """The node with index N takes the N-th address of a pool, counted from its network address."""

    asn: AsRange | None = Field(default=None, examples=["4200000000-4200000999"])
    """AS numbers, for nodes whose `router.asn` is not given: the node with index N takes the N-th, counted from the first."""
    router_id: Prefix4 | None = Field(default=None, examples=["10.0.0.0/24"])
    """BGP router ids, for nodes whose `router.id` is not given."""
    vtep_ipv4: Prefix4 | None = Field(default=None, examples=["100.65.0.0/24"])
    """IPv4 VTEP addresses, for nodes whose `vtep.ipv4` is not given."""
    vtep_ipv6: Prefix6 | None = Field(default=None, examples=["2001:db8:65::/112"])
    """IPv6 VTEP addresses, for nodes whose `vtep.ipv6` is not given."""
