"""A route on its way, and what becomes of it at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from frrcompile.ir.origin import Origin

if TYPE_CHECKING:
    from frrcompile.model.neighbor import FamilyName

MACIP, MULTICAST, PREFIX = 2, 3, 5
"""The EVPN route types that are followed (RFC 7432, RFC 9136)."""

FIRST_UNSAID_AS = 4_293_999_999
"""The first AS number for speakers whose AS the model does not say. Reserved for private use (RFC 6996)."""

Kind = Literal["loop", "policy", "carried", "targets", "origin", "limit", "told"]
"""Why a route stops. `told` marks a cause that another rule reports."""


class Prefix(NamedTuple):
    """An IP prefix: its bits as a number, left-aligned in the family's width."""

    version: int
    bits: int
    length: int
    text: str


class Route(NamedTuple):
    """A route with the attributes that policies and loop checks look at.

    `kind` is the EVPN route type, 0 for unicast. A next hop of "" is the address of the session that the route came over.
    """

    family: FamilyName
    kind: int = 0
    prefix: Prefix | None = None
    vni: int = 0
    path: tuple[int, ...] = ()
    communities: frozenset[str] = frozenset()
    large: frozenset[str] = frozenset()
    extended: frozenset[str] = frozenset()
    next_hop: str = ""
    local_preference: int | None = None
    metric: int | None = None
    weight: int = 0
    tag: int = 0


class Cause(NamedTuple):
    """What stops a route: the field of the model, a sentence that completes "X is lost: ...", and what to do.

    `session` is the neighbor of the session that it is about, and `also` the neighbors whose sessions stop the route for a
    cause of the same kind at another field.
    """

    kind: Kind
    at: Origin
    why: str
    help: str = ""
    session: str = ""
    also: tuple[str, ...] = ()


class Unknown(NamedTuple):
    """What is not followed: the field of the model, and what it is."""

    at: Origin
    what: str


Verdict = Route | Cause | Unknown
"""What becomes of a route at a step: it goes on, it stops, or it is not known."""
