"""What others need of a node."""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.ir.origin import Origin
from frrcompile.reach.route import Verdict


class Source(NamedTuple):
    """Routes that stand for one thing: it arrives where one of them does.

    `what` names it in a message, and `at` is its place in the model. It is for the nodes that have `vni`, or for those
    that use VTEPs of the family `vtep`, or else for all. `counted` says that a prefix limit counts it for certain.
    """

    what: str
    at: Origin
    routes: tuple[Verdict, ...]
    vni: int | None = None
    vtep: str | None = None
    counted: bool = False
