"""The JSON Schema: valid itself, complete, and of one mind with the compiler about what is a model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from frrcompile.model.load import read
from frrcompile.model.schema import schema
from frrcompile.model.tree import Plain
from tests.conftest import BLOG_NODE, ROOT

MODELS = [BLOG_NODE, ROOT / "golden" / "everything" / "input.yaml", *sorted((ROOT / "examples").glob("*.yaml"))]
SCHEMA = schema()


def as_yaml_12(value: Plain) -> Any:
    """The values as an editor reads them (YAML 1.2, core schema)."""
    if isinstance(value, dict):
        return {key: as_yaml_12(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_yaml_12(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value is not None and re.fullmatch(r"[0-9]+", value) else value


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_model_here_is_valid(path: Any) -> None:
    root, findings = read(path.read_bytes(), str(path))
    assert root is not None
    assert findings == []
    jsonschema.Draft202012Validator(SCHEMA).validate(as_yaml_12(root.plain()))


@pytest.mark.parametrize(
    "change",
    [
        {"vrfz": {}},
        {"router": {"asn": 64514, "asnn": 1}},
        {"underlay": {"neighbors": [{"address": "192.0.2.1"}]}},
        {"underlay": {"neighbors": []}},
        {"l2vnis": [{"vni": 0}]},
        {"route-maps": {"a": [{"action": "let"}]}},
        {"nodes": {"a": {"index": 0, "override": {"rooter": {}}}}},
        {"vrfs": {"a-name-that-is-too-long": {"table": 1}}},
        {"vrfs": {"red": {}}},
        {"vrfs": {"red": {"table": 1100, "l3vni": {"port": 4790}}}},
        {"vrfs": {"red": {"table": 1100, "neighbors": [{"address": "10.0.0.1"}]}}},
        {"underlay": {}},
        {"nodes": {"a": {}}},
        {"nodes": {"a": {"index": 0, "override": {"nodes": {}}}}},
        {"nodes": {"a": {"index": 0, "override": {"vrfs": {"red": {"neighbors": [{"address": "10.0.0.1"}]}}}}}},
        {"nodes": {"a": {"index": 0, "override": {"vrfs": {"red": {"tabel": 1}}}}}},
    ],
)
def test_what_the_compiler_refuses_is_red_in_the_editor(change: dict[str, Any]) -> None:
    root, _ = read(BLOG_NODE.read_bytes(), str(BLOG_NODE))
    assert root is not None
    model = as_yaml_12(root.plain()) | change
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(model)


def test_an_override_is_a_part_of_a_site() -> None:
    root, _ = read(BLOG_NODE.read_bytes(), str(BLOG_NODE))
    assert root is not None
    override = {
        "router": {"id": "10.0.0.9"},
        "vrfs": {"red": {"l3vni": {"port": 4790}, "host-session": {"port": 1179}}},
    }
    model = as_yaml_12(root.plain()) | {"nodes": {"a": {"index": 0, "override": override}}}
    jsonschema.Draft202012Validator(SCHEMA).validate(model)


def test_each_part_stands_once() -> None:
    names = set(SCHEMA["$defs"])
    assert {"Site", "Vrf", "Neighbor"} <= names
    descriptions = [str(sorted(part.get("properties", {}))) for part in SCHEMA["$defs"].values()]
    assert len(descriptions) - len(set(descriptions)) <= 2, "the two families' ends have the same fields"
    assert len(json.dumps(SCHEMA)) < 100_000


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, definition in SCHEMA["$defs"].items():
        for field, value in definition.get("properties", {}).items():
            yield f"{name}.{field}", value


@pytest.mark.parametrize("name", dict(fields()))
def test_every_field_says_what_it_means(name: str) -> None:
    field = dict(fields())[name]
    assert field.get("description"), "no description"
    assert "default" in field or "examples" in field, "neither a default nor an example"
