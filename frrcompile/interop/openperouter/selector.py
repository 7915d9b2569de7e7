"""Which nodes a resource is for: Kubernetes' label selectors, and as much of them as the model's own can say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from frrcompile.diagnostics import Span
from frrcompile.interop.fields import Fields
from frrcompile.interop.growth import At, Grown
from frrcompile.model.tree import Node

HOSTNAME = "kubernetes.io/hostname"
"""The label that Kubernetes gives each node: its own name."""


@dataclass(frozen=True, slots=True)
class SiteNode:
    """A node of the site that is made: its index, and the labels that it was given."""

    name: str
    index: int
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, key: str) -> str | None:
        """The value of a label; the node's name is one of them."""
        return self.labels.get(key, self.name if key == HOSTNAME else None)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition on one label: `In`, `NotIn`, `Exists` or `DoesNotExist` (Kubernetes, "Labels and Selectors")."""

    key: str
    operator: str
    values: tuple[str, ...]

    def holds(self, node: SiteNode) -> bool:
        """Whether the node meets it; a node without the label meets `NotIn`."""
        value = node.label(self.key)
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
        return value is None

    @property
    def equality(self) -> bool:
        """Whether it allows one value only, as a model's selector does."""
        return self.operator == "In" and len(self.values) == 1

    def __str__(self) -> str:
        if self.equality:
            return f"{self.key}={self.values[0]}"
        listed = f" ({', '.join(self.values)})" if self.values else ""
        return f"{self.key} {self.operator}{listed}"


@dataclass(frozen=True, slots=True)
class Selection:
    """All conditions of a resource; every node meets none."""

    requirements: tuple[Requirement, ...]
    span: Span

    def picks(self, nodes: Iterable[SiteNode]) -> list[SiteNode]:
        """The nodes that are meant."""
        return [node for node in nodes if all(requirement.holds(node) for requirement in self.requirements)]

    def words(self, nodes: Iterable[SiteNode]) -> dict[str, Grown]:
        """The model's selector: labels where each condition allows one value, else the names of the nodes that are selected."""
        if not self.requirements:
            return {}
        labels = {one.key: one.values[0] for one in self.requirements if one.equality and one.key != HOSTNAME}
        names = [one.values[0] for one in self.requirements if one.equality and one.key == HOSTNAME]
        if len(labels) + len(names) == len(self.requirements) and len(names) <= 1:
            said: dict[str, Grown] = {"names": names} if names else {}
            return {"nodes": At(self.span, said | ({"labels": labels} if labels else {}))}
        return by_name(self.picks(nodes), self.span)

    def __str__(self) -> str:
        return ", ".join(map(str, self.requirements))


def by_name(nodes: Iterable[SiteNode], span: Span) -> dict[str, Grown]:
    """A model's selector that lists nodes."""
    return {"nodes": At(span, {"names": [node.name for node in nodes]})}


def selection(spec: Fields) -> Selection:
    """The `nodeSelector` of a resource."""
    found = spec.fields("nodeSelector")
    if found is None:
        return Selection((), spec.span)
    labels = found.take("matchLabels")
    requirements = []
    for label, entry in labels.value.items() if labels and isinstance(labels.value, dict) else ():
        requirements.append(Requirement(label, "In", (text(entry.node),)))
    if labels and not isinstance(labels.value, dict):
        found.wrong("matchLabels", f"`spec.nodeSelector.matchLabels` of {found.owner} is not a mapping")
    for expression in found.list("matchExpressions"):
        key, operator = expression.need("key"), expression.need("operator")
        values = tuple(text(value) for value in expression.texts("values"))
        if operator and text(operator) not in ("In", "NotIn", "Exists", "DoesNotExist"):
            expression.wrong("operator", f"operator {text(operator)!r}: allowed are In, NotIn, Exists and DoesNotExist")
        elif operator and (text(operator) in ("In", "NotIn")) != bool(values):
            expression.wrong("values", f"operator {text(operator)} of {found.owner} does not fit its `values`")
        elif key and operator:
            requirements.append(Requirement(text(key), text(operator), values))
    return Selection(tuple(requirements), found.span)


def text(node: Node) -> str:
    """A single value's text, empty where nothing is written."""
    return node.value if isinstance(node.value, str) else ""
