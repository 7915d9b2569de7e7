"""Policies: route maps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import Sequence, choice


class RouteMapEntry(Concept):
    """One entry of a route map: what matches is permitted or denied (FRR manual, "Route Maps")."""

    action: Annotated[str, choice("permit", "deny")]
    """Whether a route that matches is taken."""
    seq: Sequence | None = Field(default=None, examples=[10])
    """The entry's number; ten more than the one before it by default, so that an entry put at the end changes no other."""
