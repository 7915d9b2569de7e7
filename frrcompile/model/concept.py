"""What all parts of the model have in common."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


def kebab(name: str) -> str:
    """The field's name in YAML: FRR's own words are written with hyphens."""
    return name.rstrip("_").replace("_", "-")


class Concept(BaseModel):
    """A part of the model: frozen, and no field but those that it declares."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=kebab,
        arbitrary_types_allowed=True,
        # A part is only ever read as part of a site: building each one's own validator would take half of every start.
        defer_build=True,
    )

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself, as nothing changes it: pydantic copies a default for each part that does not say it."""
        return self
