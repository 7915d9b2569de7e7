"""From a tree to a typed site: pydantic's findings, said with file, line, column, what was found and what is allowed."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from frrcompile.diagnostics import Diagnostic, Span, nearest
from frrcompile.model.findings import empty_list, missing_field, unknown_field, wrong_value
from frrcompile.model.meaning import meanings
from frrcompile.model.site import Site
from frrcompile.model.tree import Node, Path, locate, locate_key, spell
from frrcompile.redact import redact


def check(root: Node) -> tuple[Site | None, list[Diagnostic]]:
    """The typed site, or every problem of the tree's shape and values, in the order of the file."""
    try:
        return Site.model_validate(root.plain()), []
    except ValidationError as error:
        findings: dict[tuple[Span, str, str], Diagnostic] = {}
        for problem in error.errors(include_url=False, include_input=False):
            if (
                problem["type"] == "too_short"
                and problem["ctx"]["actual_length"] == 0
                and _written(root, problem["loc"])
            ):
                continue  # its entries are there and have findings of their own
            finding = _finding(root, problem)
            findings.setdefault((finding.span, finding.code, finding.message), finding)
        return None, sorted(findings.values(), key=lambda finding: finding.place)


def _finding(root: Node, problem: ErrorDetails) -> Diagnostic:
    keyed = problem["loc"][-1:] == ("[key]",)
    path: Path = tuple(step for step in problem["loc"] if step != "[key]")
    context = problem.get("ctx", {})
    kind = problem["type"]
    where = spell(path) or "the document"
    found = _found(root, path)

    def wrong(message: str, help: str = "", *, at_key: bool = False) -> Diagnostic:
        span = locate_key(root, path) if at_key else locate(root, path)
        described = spell(path[:-1] if keyed else path)
        pointer = f"`frrcompile explain {described}` describes the field" if described else ""
        return wrong_value(spell(path), span, f"`{where}`: found {message}", help or pointer)

    match kind:
        case "frr_value":
            return wrong(f"{context['found']}; allowed: {context['allowed']}", context.get("hint", ""), at_key=keyed)
        case "extra_forbidden":
            known = _fields(path[:-1])
            near = nearest(str(path[-1]), known)
            help_ = f"did you mean `{near}`?" if near else ""
            if _is_empty(root, path):
                help_ = f"`{path[-1]}` has no value: indent it less, or the lines that belong to it deeper"
            parent = f"`{spell(path[:-1])}`" if len(path) > 1 else "a model"
            said = f"unknown field `{path[-1]}`; {parent} has {_listed(known)}"
            return unknown_field(spell(path), locate_key(root, path), said, help_)
        case "missing":
            parent = f"`{spell(path[:-1])}`" if len(path) > 1 else "the model"
            said = f"{parent} lacks its field `{path[-1]}`"
            return missing_field(spell(path), locate(root, path[:-1]), said, _describe(path))
        case "too_short":
            said = f"`{where}` is empty; it needs at least {context['min_length']}"
            return empty_list(spell(path), locate_key(root, path), said)
        case "model_type" | "model_attributes_type" | "dict_type":
            return wrong(f"{found}; allowed: a mapping with {_listed(_fields(path))}", _describe(path))
        case "tuple_type" | "list_type":
            return wrong(f"{found}; allowed: a list, each entry after a `-`", _describe(path))
    return wrong(f"{found}: {problem['msg']}")


def _is_empty(root: Node, path: Path) -> bool:
    """Whether a key has no value: often, the lines that belong to it are not indented deeper."""
    node = root.at(path)
    return node is not None and node.value is None


def _written(root: Node, path: Path) -> bool:
    node = root.at(path)
    return bool(node and node.value)


def _found(root: Node, path: Path) -> str:
    node = root.at(path)
    match node.value if node else None:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case text:
            return repr(redact(text))


MOST_LISTED = 16
"""Fields of a mapping that a message lists."""


def _listed(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > MOST_LISTED:
        return f"{', '.join(quoted[:MOST_LISTED])} and {len(quoted) - MOST_LISTED} more"
    return ", ".join(quoted[:-1]) + f" and {quoted[-1]}" if len(quoted) > 1 else "".join(quoted) or "names as its keys"


def _fields(path: Path) -> list[str]:
    """The names that the mapping at `path` may have; none where the user chooses them."""
    for model in _models(path):
        return [field.alias or name for name, field in model.model_fields.items()]
    return []


def _describe(path: Path) -> str:
    """What the field at `path` means, with an example, as the help of a finding about it."""
    for model in _models(path[:-1]):
        for name, field in model.model_fields.items():
            if (field.alias or name) == path[-1]:
                meaning = meanings(model).get(name, "")
                example = f" For example `{field.alias}: {as_yaml(field.examples[0])}`" if field.examples else ""
                return f"{meaning}{example}"
    return ""


def as_yaml(value: object) -> str:
    """An example in YAML's flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _models(path: Path) -> Iterator[type[BaseModel]]:
    """The model class that reads the mapping at `path`."""
    current: list[object] = [Site]
    for step in path:
        below: list[object] = []
        for annotation in current:
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                below += [
                    field.annotation for name, field in annotation.model_fields.items() if (field.alias or name) == step
                ]
            elif typing.get_origin(annotation) is dict:
                below.append(typing.get_args(annotation)[1])
            elif typing.get_origin(annotation) in (tuple, list):
                below.append(typing.get_args(annotation)[0])
        current = [leaf for annotation in below for leaf in _alternatives(annotation)]
    for annotation in current:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation


def _alternatives(annotation: object) -> list[object]:
    """The types that a field may have, without `None` and without metadata."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [leaf for part in typing.get_args(annotation) for leaf in _alternatives(part)]
    return [] if annotation is types.NoneType else [annotation]
