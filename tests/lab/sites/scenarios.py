"""The scenarios: models, and what is special about each."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tests.lab.sites.scenario import Scenario

EXAMPLES = ROOT / "examples"


def example(name: str) -> str:
    """A model of examples/."""
    return (EXAMPLES / f"{name}.yaml").read_text()


def readme() -> str:
    """The first model of the README."""
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found
    return found[1]


def twin(model: str, changes: dict[str, str]) -> str:
    """The model of a second machine: each text of `changes` stands in the model, and is another one there."""
    for old, new in changes.items():
        assert old in model, old
        model = model.replace(old, new)
    return model


def _twins(model: str, changes: dict[str, str]) -> tuple[str, str]:
    return model, twin(model, changes)


OTHER_AS = {"asn: 64514": "asn: 64524"}
NODE_1 = {"node-0: {index: 0}": "node-1: {index: 1}"}

SCENARIOS: dict[str, Scenario] = {
    "README": Scenario(
        _twins(readme(), {**OTHER_AS, "k0: {index: 0}": "k1: {index: 1}", "192.168.11.3": "192.168.11.4", "100.65.0.2": "100.65.0.3"}),
        frozenset({100}),
    ),
    "examples: single-node": Scenario(
        _twins(example("single-node"), {**OTHER_AS, **NODE_1, "192.168.11.3": "192.168.11.4", "100.65.0.2": "100.65.0.3"}),
        frozenset({100}),
    ),
    "examples: unnumbered-fabric": Scenario((example("unnumbered-fabric"),), frozenset({100})),
    "examples: l2-anycast-gateway": Scenario((example("l2-anycast-gateway"),), frozenset({110, 120})),
    "examples: dual-stack": Scenario(
        _twins(
            example("dual-stack"),
            {**OTHER_AS, **NODE_1, "192.168.11.3": "192.168.11.4", "2001:db8:11::3": "2001:db8:11::4"},
        ),
        frozenset({100}),
        releases=("10.7",),
    ),
    "examples: multi-tenant": Scenario(
        _twins(
            example("multi-tenant"),
            {
                **OTHER_AS,
                **NODE_1,
                "id: 10.0.0.1": "id: 10.0.0.2",
                "192.168.11.3": "192.168.11.4",
                "100.65.0.1": "100.65.0.2",
            },
        ),
        frozenset({100, 200}),
    ),
    "examples: passthrough": Scenario(
        _twins(
            example("passthrough"),
            {"64514": "64524", **NODE_1, "id: 10.0.0.1": "id: 10.0.0.2", "192.168.11.3": "192.168.11.4"},
        ),
        frozenset(),
        default_route=True,
    ),
    "examples: attach": Scenario((example("attach"),), frozenset({110})),
}  # fmt: skip
"""All scenarios by their names."""
