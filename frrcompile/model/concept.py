"""What all parts of the model have in common."""

from __future__ import annotations

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
