"""Every value that the model has a place for, by its path: what random models must draw, and what they drew."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from frrcompile.model.site import Site
from frrcompile.model.values import Reads


def possible(annotation: Any = Site, path: str = "", metadata: tuple[Any, ...] = ()) -> Iterator[str]:
    """Every path of the schema, as `vrfs.*.table`; a choice has one for each of its words, as `frr.log.level = errors`."""
    for part, told in _parts(annotation, metadata):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                yield from possible(field.annotation, _below(path, field.alias or name), tuple(field.metadata))
        elif typing.get_origin(part) is dict:
            key, value = typing.get_args(part)
            for word in _words(key):
                yield from possible(value, _below(path, word))
        elif typing.get_origin(part) is tuple:
            yield from possible(typing.get_args(part)[0], _below(path, "*"))
        else:
            yield from (path if word == "*" else f"{path} = {word}" for word in _words(part, told))


def found(data: Any, annotation: Any = Site, path: str = "", metadata: tuple[Any, ...] = ()) -> Iterator[str]:
    """The paths of what a document has."""
    for part, told in _parts(annotation, metadata):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                key = field.alias or name
                if isinstance(data, dict) and key in data:
                    yield from found(data[key], field.annotation, _below(path, key), tuple(field.metadata))
        elif typing.get_origin(part) is dict:
            key, value = typing.get_args(part)
            words = _words(key)
            for name, below in data.items() if isinstance(data, dict) else ():
                yield from found(below, value, _below(path, "*" if "*" in words else name))
        elif typing.get_origin(part) is tuple:
            for below in data if isinstance(data, list) else ():
                yield from found(below, typing.get_args(part)[0], _below(path, "*"))
        elif part is Any or (data is not None and not isinstance(data, dict | list)):
            yield path if "*" in _words(part, told) else f"{path} = {_text(data)}"


def _below(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """What an annotation may be, each with its metadata."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _parts(typing.get_args(annotation)[0], (*metadata, *annotation.__metadata__))
    elif origin in (typing.Union, types.UnionType):
        for part in typing.get_args(annotation):
            if part is not type(None):
                yield from _parts(part, metadata)
    else:
        yield annotation, metadata


def _words(annotation: Any, metadata: tuple[Any, ...] = ()) -> tuple[str, ...]:
    """The words of a choice; of all else only `*`."""
    for _, told in _parts(annotation, metadata):
        for reads in told:
            if isinstance(reads, Reads) and "enum" in reads.schema:
                return tuple(map(str, reads.schema["enum"]))
            if isinstance(reads, Reads) and reads.schema.get("type") == "boolean":
                return ("true", "false")
    return ("*",)
