"""The model's reference for people: each part with its fields, made from the classes, their docstrings and types.

What a field becomes in frr.conf, and since which FRR, is in `fields.json`: compiled from a model that has every field, by
`pytest tests/model/test_reference.py --update-golden`.
"""

from __future__ import annotations

import inspect
import json
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from frrcompile.model.check import as_yaml
from frrcompile.model.meaning import meanings
from frrcompile.model.site import Site
from frrcompile.model.values import Reads

BECOMES = Path(__file__).with_name("fields.json")
LINK = "(a link)"
"""What `fields.json` has for a field that becomes no line of frr.conf, and changes the node's links in the kernel."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a part, as people read it.

    `default` is empty where the field is required, or where its meaning says what applies without it. `part` is the name
    of the part that the field is, or has entries of. `line` is what it becomes in frr.conf, from FRR `since` on.
    """

    name: str
    meaning: str
    allowed: str
    required: bool
    default: str
    example: str
    part: str
    line: str
    since: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the model; `paths` are the places where it stands, `vrfs.NAME.l3vni` or `underlay.neighbors[]`."""

    name: str
    meaning: str
    paths: tuple[str, ...]
    fields: tuple[Field, ...]


@cache
def parts() -> Mapping[str, Part]:
    """All parts by their names, the document itself first."""
    paths: dict[type[BaseModel], list[str]] = {}
    _walk(Site, "", paths)
    return {model.__name__: _part(model, tuple(there)) for model, there in paths.items()}


def find(words: str) -> list[tuple[str, Field]]:
    """The fields that a path means, each with the path of the part that it stands in.

    `vrfs.red.l3vni.vni` may lack its names and list positions, or consist of its last steps only.
    """
    steps = [
        step for step in re.split(r"[.\[\]]+", words.strip("`").replace("_", "-")) if step and not step.isdecimal()
    ]
    if "override" in steps[:-1]:  # an override has the fields of the site
        steps = steps[len(steps) - steps[::-1].index("override") :]
    if not steps:
        return []
    found = _found(steps, names=False) or _found(steps) or _found(steps[:-1], named=True)
    return found or (find(words.lower()) if words != words.lower() else [])


def _found(steps: list[str], *, names: bool = True, named: bool = False) -> list[tuple[str, Field]]:
    """The fields at the end of these steps.

    With `names`, a step may be a name that the model chooses. With `named`, only fields count that have parts by name.
    """
    if not steps:
        return []
    *above, last = steps
    found: dict[str, tuple[str, Field]] = {}
    for part in parts().values():
        for field in (field for field in part.fields if field.name == last):
            for path in part.paths:
                by_name = bool(field.part) and f"{path}.{last}.".lstrip(".") in _beginnings(field.part)
                if (by_name or not named) and _leads(above, _steps(path), names=names):
                    found.setdefault(part.name, (path, field))
    return list(found.values())


@cache
def _beginnings(part: str) -> frozenset[str]:
    """The paths of a part that end in a name, up to that name."""
    return frozenset(path.rpartition(".")[0] + "." for path in parts()[part].paths if path.rpartition(".")[2].isupper())


def _steps(path: str) -> list[str]:
    return [step for step in re.split(r"[.\[\]]+", path) if step]


def _leads(steps: list[str], path: list[str], *, names: bool) -> bool:
    """Whether a path ends in these steps.

    The steps may leave out a name of the path, which has capitals there; with `names` they may have any word in its place.
    """
    if not steps:
        return True
    if not path:
        return False
    if steps[-1] == path[-1]:
        return _leads(steps[:-1], path[:-1], names=names)
    if path[-1].isupper():
        return _leads(steps, path[:-1], names=names) or (names and _leads(steps[:-1], path[:-1], names=names))
    return False


def _walk(model: type[BaseModel], path: str, paths: dict[type[BaseModel], list[str]]) -> None:
    paths.setdefault(model, []).append(path)
    for name, field in model.model_fields.items():
        if found := part_of(field.annotation):
            below, how = found
            word = NAMED.get(field.alias or name, "NAME")
            _walk(below, f"{path}.{field.alias}{how.replace('NAME', word)}".lstrip("."), paths)


NAMED = {"families": "FAMILY", "per-family": "FAMILY", "ipv4": "PROTOCOL", "ipv6": "PROTOCOL"}
"""The word for a mapping's keys in a path, where the model does not choose them; in place of `NAME`."""


def part_of(annotation: Any) -> tuple[type[BaseModel], str] | None:
    """The part that a field is or has entries of, and what a path to it has after the field: nothing, `[]` or `.NAME`."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, ""
    if origin is dict and (found := part_of(arguments[1])):
        return found[0], f".NAME{found[1]}"
    if origin is tuple and (found := part_of(arguments[0])):
        return found[0], "[]"
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return next(filter(None, map(part_of, arguments)), None)
    return None


def _part(model: type[BaseModel], paths: tuple[str, ...]) -> Part:
    said, becomes = meanings(model), _becomes()
    fields = []
    for name, field in model.model_fields.items():
        alias = field.alias or name
        found = becomes.get(f"{model.__name__}.{alias}", {})
        inner = part_of(field.annotation)
        fields.append(
            Field(
                name=alias,
                meaning=said.get(name, ""),
                allowed=_allowed(field.annotation, tuple(field.metadata)),
                required=field.is_required(),
                default="" if field.is_required() else _default(field.default),
                example=as_yaml(field.examples[0]) if field.examples else "",
                part=inner[0].__name__ if inner else "",
                line=found.get("line", ""),
                since=found.get("since", ""),
            )
        )
    doc = inspect.getdoc(model) or ""
    return Part(model.__name__, " ".join(doc.split()), paths, tuple(fields))


@cache
def _becomes() -> Mapping[str, Mapping[str, str]]:
    """What fields become, by `Part.field`; empty before the file is made for the first time."""
    found: Mapping[str, Mapping[str, str]] = json.loads(BECOMES.read_text(encoding="utf-8")) if BECOMES.exists() else {}
    return found


def _allowed(annotation: Any, metadata: tuple[Any, ...]) -> str:
    """The values that a field takes, in the words of its messages."""
    for reads in metadata:
        if isinstance(reads, Reads):
            return reads.allowed
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _allowed(arguments[0], annotation.__metadata__)
    if origin in (typing.Union, types.UnionType):
        return next(said for part in arguments if part is not type(None) and (said := _allowed(part, ())))
    if origin is tuple:
        return f"a list, each entry {_allowed(arguments[0], ())}"
    if origin is dict and arguments[1] is Any:
        return "a mapping with any fields of the site"
    if origin is dict:
        return f"by {_allowed(arguments[0], ())}: {_allowed(arguments[1], ())}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"a {annotation.__name__}"
    return "any"


def _default(value: Any) -> str:
    """A default as a model would write it; empty where the meaning says what applies without it."""
    if value is None or isinstance(value, BaseModel) or value in ((), {}):
        return ""
    return as_yaml(list(value) if isinstance(value, tuple) else value)


def markdown(lacking: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The reference as a page, line by line; `lacking` is what older releases lack, each with the first that has it."""
    yield from INTRODUCTION.splitlines()
    listed = (f"[{part.name}](#{part.name.lower()})" for part in parts().values())
    yield from ("", f"The parts: {', '.join(listed)}.")
    for part in parts().values():
        title = part.name if part.paths == ("",) else f"{part.name}: `{part.paths[0]}`"
        yield from ("", f'<a id="{part.name.lower()}"></a>', "", f"## {title}", "", part.meaning)
        if len(part.paths) > 1:
            others = ", ".join(f"`{path}`" for path in part.paths[1:MOST_PATHS])
            yield from ("", f"Also: {others}{', and others' if len(part.paths) > MOST_PATHS else ''}.")
        yield from ("", "| field | meaning | allowed | default | example | frr.conf |", "|---|---|---|---|---|---|")
        yield from map(_row, part.fields)
    yield from ("", "## What older releases lack", "", "| | from FRR |", "|---|---|")
    yield from (f"| {what} | {since} |" for what, since in lacking)


MOST_PATHS = 6
"""The places of a part that its section names."""

INTRODUCTION = """\
# The model

Every field of a model: what it means, which values it takes, its default, an example, and the line of frr.conf that it becomes. The page is
made by `frrcompile schema --format markdown`; `frrcompile explain vrfs.l3vni.vni` shows one field, and `frrcompile schema` prints the JSON
Schema for editors. [examples/](../examples/) has a model for each task.

- **required** marks a field that has no default. Where the default is empty, the meaning says what applies.
- `NAME` in a path is a name that the model chooses, `FAMILY` an address family, `PROTOCOL` another protocol, `[]` an entry of a list.
- *a link* marks a field that becomes no line of frr.conf: it changes the links, addresses or names that `frrcompile plumb` makes.
- Where the last column is empty, the field has its effect in the lines of other fields, or selects the nodes of a part.
- Every field works with FRR 8.4 and newer, unless its last column names a release. Values that need a newer FRR are at the end."""


def _row(field: Field) -> str:
    link = f"[{field.part}](#{field.part.lower()})"
    allowed = field.allowed.replace(f"a {field.part}", link) if field.part else field.allowed
    default = "**required**" if field.required else _code(field.default)
    line = "*a link*" if field.line == LINK else _code(field.line)
    since = f" from FRR {field.since}" if field.since else ""
    cells = (_code(field.name), field.meaning, allowed, default, _code(field.example), line + since)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _code(text: str) -> str:
    return f"`{text.strip().replace(chr(10), ' ⏎ ')}`" if text else ""
