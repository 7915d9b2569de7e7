"""A checker for as much of an openAPIV3Schema as FRRConfiguration's definition uses; unknown fields are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "number": (int, float),
}


def schema_of(definition: Path) -> dict[str, Any]:
    """The schema of a CustomResourceDefinition's only version."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some ten times as fast, where PyYAML was built with it
    (version,) = yaml.load(definition.read_text(), Loader=loader)["spec"]["versions"]
    schema: dict[str, Any] = version["schema"]["openAPIV3Schema"]
    return schema


def problems(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """What of `value` the schema does not allow."""
    kind = schema.get("type", "object")
    if not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool)):
        yield f"{at}: {value!r} is not of type {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, dict):
        yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            below = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if below is not None:
                yield from problems(item, below, f"{at}.{name}")
            elif "properties" in schema:
                yield f"{at}: has the unknown field {name}"
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} entries"
        for position, item in enumerate(value):
            yield from problems(item, schema["items"], f"{at}[{position}]")
    elif isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{at}: {value!r} does not match {schema['pattern']}"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{at}: {value!r} is too short or too long"
    elif not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value!r} is out of range"
