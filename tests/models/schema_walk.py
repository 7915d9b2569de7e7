"""The fields of the model's classes, walked together with a document that has them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from frrcompile.model.site import Site, SiteNode

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A field of a class, by its names in YAML, and where a document has it."""

    field: str
    path: Path


def places(data: Any, annotation: Any = Site, path: Path = ()) -> Iterator[Place]:
    """Every field that a document has."""
    for kind, inner in _shapes(annotation):
        if kind == "model" and isinstance(data, dict):
            for name, field in inner.model_fields.items():
                key = field.alias or name
                if key in data:
                    yield Place(_name(inner, name, key), (*path, key))
                    # What a node has otherwise is a part of a site.
                    below = Site if (inner, key) == (SiteNode, "override") else field.annotation
                    yield from places(data[key], below, (*path, key))
        elif kind == "map" and isinstance(data, dict):
            for key, below in data.items():
                yield from places(below, inner, (*path, key))
        elif kind == "list" and isinstance(data, list):
            for position, below in enumerate(data):
                yield from places(below, inner, (*path, position))


def fields(annotation: Any = Site, seen: frozenset[type] = frozenset()) -> Iterator[str]:
    """Every field of every class that a document can reach."""
    for kind, inner in _shapes(annotation):
        if kind != "model":
            yield from fields(inner, seen)
        elif inner not in seen:
            for name, field in inner.model_fields.items():
                yield _name(inner, name, field.alias or name)
                yield from fields(field.annotation, seen | {inner})


def _name(model: type[BaseModel], field: str, key: str) -> str:
    """A field's name, led by its class; a session has one password, so those fields are counted once for all."""
    return f"{'Session' if field.startswith('password') else model.__name__}.{key}"


def _shapes(annotation: Any) -> Iterator[tuple[str, Any]]:
    """What an annotation may hold: models, maps and lists with what is in them."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _shapes(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for part in typing.get_args(annotation):
            yield from _shapes(part)
    elif origin is dict:
        yield "map", typing.get_args(annotation)[1]
    elif origin is tuple:
        yield "list", typing.get_args(annotation)[0]
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield "model", annotation
