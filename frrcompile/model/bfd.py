"""BFD: profiles, and a session's use of one (RFC 5880)."""

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import PolicyName, Truth, whole

Interval = Annotated[int, whole(10, 60000, "an interval", "milliseconds")]


class BfdProfile(Concept):
    """How a BFD session runs (FRR manual, "BFD", profiles)."""

    receive_interval: Interval = 300
    """The least time between packets that this side can take, in milliseconds."""
    transmit_interval: Interval = 300
    """The least time between packets that this side sends, in milliseconds."""
    detect_multiplier: Annotated[int, whole(2, 255, "a multiplier")] = 3
    """How many packets may be lost before the session is down."""
    echo_mode: Truth = False
    """Send echo packets that the other side's forwarding returns."""
    echo_transmit_interval: Interval = 50
    """The time between echo packets sent, in milliseconds."""
    echo_receive_interval: Interval = 50
    """The least time between echo packets that this side can take, in milliseconds."""
    passive_mode: Truth = False
    """Wait for the other side to begin."""
    minimum_ttl: Annotated[int, whole(1, 254, "a TTL")] = 254
    """The least TTL of a packet of a multi-hop session."""


class Bfd(Concept):
    """A BGP session that BFD watches (RFC 5882)."""

    profile: PolicyName | None = Field(default=None, examples=["fast"])
    """The profile, one of `bfd-profiles`; BFD's defaults where it is not given."""
