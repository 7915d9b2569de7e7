"""The model's JSON Schema, for editors: with what each field means, its default and an example."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from frrcompile.model.meaning import meanings
from frrcompile.model.site import Site

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS = "#/$defs/"


def schema() -> dict[str, Any]:
    """The schema of a site document (JSON Schema 2020-12), usable by the YAML language server. Each part stands once."""
    for model in dict.fromkeys(_concepts(Site)):
        for name, meaning in meanings(model).items():
            if name in model.model_fields:
                model.model_fields[name].description = meaning
        model.model_rebuild(force=True)
    document = Site.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = document.pop("$defs")
    definitions["Site"] = document
    needs = {name: definition.pop("required", []) for name, definition in definitions.items()}
    whole = {name: _needed(name, definitions, needs) for name in definitions}
    site = {"$ref": f"{DEFINITIONS}Site"}
    definitions["SiteNode"]["properties"]["override"] |= {"allOf": [site, {"properties": {"nodes": False}}]}
    for definition in definitions.values():
        _whole_entries(definition, whole)
    tidied: dict[str, Any] = _tidied({"allOf": [site, whole["Site"]], "$defs": definitions})
    return {"$schema": DIALECT, "title": "frrcompile site"} | tidied


def _concepts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The classes that a model is made of, those further down first."""
    for field in model.model_fields.values():
        yield from (found for part in _parts(field.annotation) for found in _concepts(part))
    yield model


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)


def _needed(name: str, definitions: dict[str, Any], needs: dict[str, list[str]]) -> dict[str, Any]:
    """The required fields of a whole part: its own, and those of the mappings in it; empty where there are none.

    They stand beside the part and not in it, since an override has only the fields that differ on a node.
    """
    found: dict[str, Any] = {"required": needs[name]} if needs[name] else {}
    inside = {
        field: below
        for field, schema in definitions[name].get("properties", {}).items()
        if (below := _needed_below(schema, definitions, needs))
    }
    return found | ({"properties": inside} if inside else {})


def _needed_below(schema: dict[str, Any], definitions: dict[str, Any], needs: dict[str, list[str]]) -> dict[str, Any]:
    """The same for the part, or the parts by name, that a field is. `_whole_entries` adds those of a list's entries."""
    for keyword in ("patternProperties", "additionalProperties"):
        if isinstance(below := schema.get(keyword), dict):
            named = below if keyword == "patternProperties" else {".*": below}
            parts = {name: _needed_below(part, definitions, needs) for name, part in named.items()}
            return {"patternProperties": parts} if any(parts.values()) else {}
    for part in (schema, *schema.get("anyOf", ())):
        if "$ref" in part:
            return _needed(part["$ref"].removeprefix(DEFINITIONS), definitions, needs)
    return {}


def _whole_entries(node: Any, whole: dict[str, dict[str, Any]]) -> None:
    """Adds the required fields to parts that are entries of lists: an override replaces a list as a whole."""
    if isinstance(node, list):
        for item in node:
            _whole_entries(item, whole)
    elif isinstance(node, dict):
        for keyword, below in node.items():
            _whole_entries(below, whole)
            name = below["$ref"].removeprefix(DEFINITIONS) if keyword == "items" and "$ref" in below else ""
            if whole.get(name):
                node[keyword] = {"allOf": [{"$ref": below["$ref"]}, whole[name]]}


def _tidied(node: Any, *, names: bool = False) -> Any:
    """Without the titles that pydantic makes of field names, and with names that follow their pattern.

    `names` says that the keys are names, not keywords.
    """
    if isinstance(node, dict):
        tidied = {
            key: _tidied(value, names=key in ("properties", "$defs", "patternProperties") and not names)
            for key, value in node.items()
            if names or key != "title"
        }
        return tidied | {"additionalProperties": False} if "patternProperties" in tidied and not names else tidied
    return [_tidied(item) for item in node] if isinstance(node, list) else node
