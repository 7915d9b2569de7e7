"""What all BGP sessions have in common, and what they do in an address family."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.bfd import Bfd
from frrcompile.model.concept import Concept
from frrcompile.model.values import (
    FilePath,
    Hint,
    Password,
    PolicyName,
    Port,
    Reads,
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


class MaximumPrefix(Concept):
    """A limit on the routes that a neighbour may send in a family (FRR manual, `maximum-prefix`)."""

    limit: Annotated[int, whole(1, 4294967295, "a number of prefixes")] = Field(examples=[1000])
    """The most prefixes that are taken."""
    threshold: Annotated[int, whole(1, 100, "a percentage")] = 75
    """The percentage of the limit from which FRR warns."""
    warning_only: Truth = False
    """Warn at the limit, and keep the session."""
    restart: Annotated[int, whole(1, 65535, "a time", "minutes")] | None = Field(default=None, examples=[10])
    """Minutes after which a session that was ended at the limit is tried again."""


class FamilyPolicy(Concept):
    """What a neighbour may send and gets in an address family."""

    allowas_in: AllowasIn | None = Field(default=None, examples=["origin"])
    """Accept routes that carry our own AS: `origin`, or how many times (FRR manual, `neighbor PEER allowas-in`)."""
    import_: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that incoming routes pass."""
    export: PolicyName | None = Field(default=None, examples=["allowall"])
    """The route map that outgoing routes pass."""
    maximum_prefix: MaximumPrefix | None = Field(default=None, examples=[{"limit": 1000}])
    """The most prefixes that the neighbour may send."""


class Session(Concept):
    """A BGP session, whoever it is with."""

    description: (
        Annotated[str, pattern(r"[\x21-\x7e]([\x20-\x7e]{0,78}[\x21-\x7e])?", "1 to 80 printable characters")] | None
    ) = Field(default=None, examples=["leaf2 in rack 1"])
    """What the session is for, shown by FRR."""
    password: Password | None = Field(default=None, examples=["s3cret"])
    """The TCP MD5 password (RFC 2385). Better kept outside the model: `password-file` or `password-env`."""
    password_file: FilePath | None = Field(default=None, examples=["/run/secrets/leaf2"])
    """A file with one line, the password, read when frr.conf is written. It is below the model's folder or `--secrets-dir`."""
    password_env: Annotated[str, pattern(r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable")] | None = (
        Field(default=None, examples=["FRR_PASSWORD_LEAF2"])
    )
    """An environment variable that holds the password, read when frr.conf is written: FRR_PASSWORD_*, or in FRRCOMPILE_SECRETS_ENV."""
    port: Port | None = Field(default=None, examples=[1179])
    """The neighbour's TCP port, 179 by default."""
    timers: Timers = Timers.defaults()
    """The session's timers."""
    bfd: Bfd | None = Field(default=None, examples=[{"profile": "fast"}])
    """BFD watches the session; `{}` for BFD's defaults."""
    graceful_restart: Annotated[RestartMode, choice(RestartMode)] | None = Field(default=None, examples=["enabled"])
    """Graceful restart for this session, otherwise than `router.graceful-restart` says."""
