"""The router as a whole: its AS, its id, and BGP's general behaviour."""

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Address4, Asn, Truth, whole


class GracefulRestart(Concept):
    """Graceful restart for all sessions (RFC 4724)."""

    restart_time: Annotated[int, whole(1, 4095, "a time", "seconds")] = 120
    """Seconds that neighbors wait for this router to come back."""
    stalepath_time: Annotated[int, whole(1, 4095, "a time", "seconds")] = 360
    """Seconds that this router keeps the routes of a neighbor that restarts."""
    preserve_forwarding_state: Truth = False
    """Tell the neighbors that packets are forwarded during a restart (`bgp graceful-restart preserve-fw-state`)."""


class Router(Concept):
    """The node's BGP speaker (FRR manual, "BGP")."""

    asn: Asn | None = Field(default=None, examples=[64514])
    """The AS of the underlay instance, from `pools.asn` where it is not given. A VRF takes it too where it has none of its own."""
    id: Address4 | None = Field(default=None, examples=["192.0.2.1"])
    """The BGP router id; from `pools.router-id` where it is not given, else FRR takes the highest loopback address."""
    cluster_id: Address4 | None = Field(default=None, examples=["192.0.2.255"])
    """The cluster id of a route reflector (RFC 4456); it needs a neighbor that is a route reflector client."""
    import_check: Truth = True
    """Whether a `network` must be in the routing table to be announced (`bgp network import-check`)."""
    ebgp_requires_policy: Truth = True
    """Whether an eBGP session without policies exchanges nothing (RFC 8212, `bgp ebgp-requires-policy`)."""
    multipath_relax: Truth | None = Field(default=None, examples=[False])
    """Whether paths whose AS paths differ, but are equally long, are used together (`bgp bestpath as-path multipath-relax`). It
    is on by default on a node that can have several external neighbors in the underlay: its leaves may have different ASes."""
    log_neighbor_changes: Truth = False
    """Log when a session is established or ends (`bgp log-neighbor-changes`)."""
    graceful_shutdown: Truth = False
    """Ask all neighbors to use other paths, before the node is taken out of service (RFC 8326, `bgp graceful-shutdown`)."""
    graceful_restart: GracefulRestart | None = Field(default=None, examples=[{"restart-time": 60}])
    """Graceful restart for all sessions; by default FRR only helps neighbors that restart."""
