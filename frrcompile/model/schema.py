"""The model's JSON Schema, for editors: with what each field means, its default and an example."""

from __future__ import annotations

import copy
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from frrcompile.model.meaning import meanings
from frrcompile.model.site import Site

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema of a site document (JSON Schema 2020-12), usable by the YAML language server."""
    for model in dict.fromkeys(_concepts(Site)):
        for name, meaning in meanings(model).items():
            if name in model.model_fields:
                model.model_fields[name].description = meaning
        model.model_rebuild(force=True)
    document = Site.model_json_schema(by_alias=True)
    document["$defs"]["SiteNode"]["properties"]["override"] |= _partial(document)
    tidied: dict[str, Any] = _tidied(document)
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


def _partial(document: dict[str, Any]) -> dict[str, Any]:
    """What an override may say: any part of the site, and of a part only what is otherwise on the node."""
    definitions = document["$defs"]
    for name in list(definitions):
        part = copy.deepcopy(definitions[name])
        part.pop("required", None)
        definitions[f"Partial{name}"] = _renamed(part)
    properties = {name: field for name, field in document["properties"].items() if name != "nodes"}
    return {"type": "object", "properties": _renamed(copy.deepcopy(properties)), "additionalProperties": False}


def _renamed(node: Any) -> Any:
    """The same with references to the partial definitions; lists are replaced whole, so their entries are whole."""
    if isinstance(node, dict):
        if node.get("type") == "array":
            return node
        return {
            key: value.replace("#/$defs/", "#/$defs/Partial") if key == "$ref" else _renamed(value)
            for key, value in node.items()
        }
    return [_renamed(item) for item in node] if isinstance(node, list) else node


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
