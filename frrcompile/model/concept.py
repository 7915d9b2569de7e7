"""What all parts of the model have in common."""

from __future__ import annotations

import os
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

# No plugin has a part in a model, and pydantic would open every package that is installed to look for one.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


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

    @classmethod
    def defaults(cls) -> Self:
        """The part where a model does not say it; calling the class would build its own validator at each start."""
        return cls.model_construct()

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself, as nothing changes it: pydantic copies a default for each part that does not say it."""
        return self
