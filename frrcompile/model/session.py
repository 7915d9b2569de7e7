"""What all BGP sessions have in common, and what they do in an address family."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.bfd import Bfd
from frrcompile.model.concept import Concept
from frrcompile.model.values import (
    Hint,
    Password,
    PolicyName,
    Port,
    Reads,
    SecretPath,
    Truth,
    choice,
    pattern,
    read_truth,
    whole,
    without_unit,
)

HoldTime = Annotated[
    int, Reads(lambda text: _hold_time(text), "0, or a time from 3 to 65535 seconds", {"minimum": 0, "maximum": 65535})
]


def _hold_time(text: str) -> int:
    """RFC 4271, section 4.2: zero, or at least three seconds."""
    if not text.isdecimal() or not (int(text) == 0 or 3 <= int(text) <= 65535):
        raise without_unit(text) or ValueError
    return int(text)


Description = Annotated[str, pattern(r"[\x21-\x7e]([\x20-\x7e]{0,78}[\x21-\x7e])?", "1 to 80 printable characters")]
RestartMode = Literal["enabled", "helper", "disabled"]


def _allowas_in(text: str) -> int | Literal["origin"]:
    if text == "origin":
        return "origin"
    if text.isdecimal() and 1 <= int(text) <= 10:
        return int(text)
    raise Hint("`origin` accepts a route whose origin AS is ours; a number, that many times our AS in its path")


def _next_hop_self(text: str) -> bool | Literal["force"]:
    return "force" if text.lower() == "force" else read_truth(text)


AllowasIn = Annotated[
    int | Literal["origin"], Reads(_allowas_in, "origin, or a number from 1 to 10", {"enum": ["origin", *range(1, 11)]})
]
NextHopSelf = Annotated[
    bool | Literal["force"],
    Reads(_next_hop_self, "true, false, or force (for reflected routes too)", {"type": ["boolean", "string"]}),
]


class Timers(Concept):
    """A session's timers, in seconds (RFC 4271)."""

    hold: HoldTime | None = Field(default=None, examples=[9])
    """The hold time: 0 switches it off. It goes with `keepalive`."""
    keepalive: Annotated[int, whole(0, 65535, "a time", "seconds")] | None = Field(default=None, examples=[3])
    """The time between keepalives, at most the hold time. It goes with `hold`."""
    connect: Annotated[int, whole(1, 65535, "a time", "seconds")] = 120
    """The time between attempts to connect."""
    advertisement_interval: Annotated[int, whole(0, 600, "a time", "seconds")] | None = Field(
        default=None, examples=[5]
    )
    """The least time between two updates to the neighbor. FRR's default is 0."""


class Shutdown(Concept):
    """A session that is switched off, while its configuration stays (FRR manual, `neighbor PEER shutdown`)."""

    message: Description | None = Field(default=None, examples=["new cable"])
    """The reason, which the neighbor gets with the notification (RFC 9003)."""


class DefaultOriginate(Concept):
    """A default route for the neighbor, which need not be in the routing table (`neighbor PEER default-originate`)."""

    policy: PolicyName | None = Field(default=None, examples=["has-uplink"])
    """A route map: the default route is announced while a route of the table passes it, with the attributes that it sets."""


class RemovePrivateAs(Concept):
    """How private AS numbers are removed from the path of outgoing routes (FRR manual, `neighbor PEER remove-private-AS`)."""

    all: Truth = False
    """Also from a path that has other AS numbers; by default only from one in which all are private."""
    replace: Truth = False
    """Put the router's own AS in their place."""


class MaximumPrefix(Concept):
    """A limit on the routes that a neighbor may send in a family (FRR manual, `maximum-prefix`)."""

    limit: Annotated[int, whole(1, 4294967295, "a number of prefixes")] = Field(examples=[1000])
    """The most prefixes that are taken."""
    threshold: Annotated[int, whole(1, 100, "a percentage")] = 75
    """The percentage of the limit from which FRR warns."""
    warning_only: Truth = False
    """Warn at the limit, and keep the session."""
    restart: Annotated[int, whole(1, 65535, "a time", "minutes")] | None = Field(default=None, examples=[10])
    """Minutes after which a session that was ended at the limit is tried again."""


class FamilyPolicy(Concept):
    """What a neighbor may send and gets in an address family."""

    allowas_in: AllowasIn | None = Field(default=None, examples=["origin"])
    """Accept routes that carry our own AS: `origin`, or how many times (FRR manual, `neighbor PEER allowas-in`)."""
    import_: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map for incoming routes: those that the neighbor or the host announces to FRR."""
    export: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map for outgoing routes: those that FRR announces to the neighbor or the host."""
    maximum_prefix: MaximumPrefix | None = Field(default=None, examples=[{"limit": 1000}])
    """The most prefixes that the neighbor may send."""
    soft_reconfiguration_inbound: Truth | None = Field(default=None, examples=[True])
    """Keep the routes of the neighbor as they came, before the import policy (`show bgp neighbors PEER received-routes`). A new
    policy needs no such copy where the neighbor has route refresh (RFC 2918)."""
    default_originate: DefaultOriginate | None = Field(default=None, examples=[{}])
    """Announce a default route to the neighbor, in ipv4-unicast and ipv6-unicast; `{}` for one without conditions."""
    remove_private_as: RemovePrivateAs | None = Field(default=None, examples=[{"all": True}])
    """Remove private AS numbers from the path of outgoing routes, but not in l2vpn-evpn; the neighbor is external."""


class Session(Concept):
    """A BGP session, with a neighbor or with the host."""

    description: Description | None = Field(default=None, examples=["leaf2 in rack 1"])
    """What the session is for, shown by FRR."""
    password: Password | None = Field(default=None, examples=["s3cret"])
    """The TCP MD5 password (RFC 2385). Better kept outside the model: `password-file` or `password-env`."""
    password_file: SecretPath | None = Field(default=None, examples=["secrets/leaf2"])
    """A file with one line, the password, read when frr.conf is written. It is below the model's folder or `--secrets-dir`; a
    relative path is looked for in these folders, in this order."""
    password_env: Annotated[str, pattern(r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable")] | None = (
        Field(default=None, examples=["FRR_PASSWORD_LEAF2"])
    )
    """An environment variable that holds the password, read when frr.conf is written: FRR_PASSWORD_*, or in FRRCOMPILE_SECRETS_ENV."""
    port: Port | None = Field(default=None, examples=[1179])
    """The neighbor's TCP port, 179 by default."""
    timers: Timers = Timers.defaults()
    """The session's timers."""
    bfd: Bfd | None = Field(default=None, examples=[{"profile": "fast"}])
    """BFD watches the session; `{}` for BFD's defaults."""
    shutdown: Shutdown | None = Field(default=None, examples=[{"message": "new cable"}])
    """Switch the session off; `{}` without a message."""
    graceful_shutdown: Truth = False
    """Ask the neighbor to use other paths, before the session is shut down (RFC 8326): routes to it have the community
    graceful-shutdown, and routes from it the local preference 0. FRR 8.5 and newer."""
    graceful_restart: Annotated[RestartMode, choice(RestartMode)] | None = Field(default=None, examples=["enabled"])
    """Graceful restart for this session, in place of `router.graceful-restart`."""
