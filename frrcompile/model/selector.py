"""Which nodes of the site a thing is for."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import NodeName, pattern

Label = Annotated[
    str, pattern(r"[A-Za-z0-9]([A-Za-z0-9._/-]{0,251}[A-Za-z0-9])?", "a label: letters, digits, '.', '_', '/' and '-'")
]
LabelValue = Annotated[
    str,
    pattern(r"([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?", "a label's value: letters, digits, '.', '_' and '-'"),
]


class Selector(Concept):
    """Selects nodes by name, by labels, or by both (then both must hold)."""

    names: tuple[NodeName, ...] = Field(default=(), examples=[["node-0", "node-1"]])
    """The nodes by name; every node where it is empty."""
    labels: dict[Label, LabelValue] = Field(default={}, examples=[{"rack": "r1"}])
    """Labels that a node must have, each with this value."""

    def selects(self, name: str, labels: Mapping[str, str]) -> bool:
        """Whether the node `name` with these labels is meant."""
        return (not self.names or name in self.names) and all(
            labels.get(label) == value for label, value in self.labels.items()
        )
