"""Where a part of the router came from: the path of the model's field that asked for it.

Each part of the router has `at`, the place of what the model has for it. A field of a part is below that place, under its
own name. A part whose fields may be in other places has them in `elsewhere`. Both serve messages only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from frrcompile.model.tree import Path

Origin = Path

BELOW: Mapping[str, Origin] = MappingProxyType({})
"""For `elsewhere`, where every field is below `at`."""


class Listed(str):
    """A text from a list, such as a route target, and the place of its entry in the model.

    It is the text for every other purpose: it compares, joins and prints as one.
    """

    __slots__ = ("at",)

    at: Origin

    def __new__(cls, text: str, at: Origin = ()) -> Listed:
        """The text, and where it stands."""
        self = super().__new__(cls, text)
        self.at = at
        return self
