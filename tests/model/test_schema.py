"""The JSON Schema: valid itself, complete, and of one mind with the compiler about what is a model."""

from __future__ import annotations

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
        {"router": {}},
        {"underlay": {"neighbors": []}},
        {"l2vnis": [{"vni": 0}]},
        {"route-maps": {"a": [{"action": "let"}]}},
        {"nodes": {"a": {"index": 0, "override": {"rooter": {}}}}},
        {"vrfs": {"a-name-that-is-too-long": {"table": 1}}},
    ],
)
def test_what_the_compiler_refuses_is_red_in_the_editor(change: dict[str, Any]) -> None:
    root, _ = read(BLOG_NODE.read_bytes(), str(BLOG_NODE))
    assert root is not None
    model = as_yaml_12(root.plain()) | change
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(model)


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from SCHEMA["properties"].items()
    for name, definition in SCHEMA["$defs"].items():
        for field, value in definition.get("properties", {}).items():
            yield f"{name}.{field}", value


@pytest.mark.parametrize("name", dict(fields()))
def test_every_field_says_what_it_means(name: str) -> None:
    field = dict(fields())[name]
    assert field.get("description"), "no description"
    assert "default" in field or "examples" in field, "neither a default nor an example"
