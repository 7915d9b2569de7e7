"""Where a part of the router came from: the path of the model's field that asked for it."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from frrcompile.model.tree import Path

Origin = Path


def origin() -> Any:
    """The `at` field of a part: for messages only, so it neither compares nor shows."""
    return field(default=(), compare=False, repr=False, kw_only=True)
