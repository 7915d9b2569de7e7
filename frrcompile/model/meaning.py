"""What the fields of the model mean: the docstrings below them, read from the source when they are asked for.

Pydantic can read them too, but does so for every class at every start, which doubles the time until the first message.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import sys

from pydantic import BaseModel


@functools.cache
def meanings(model: type[BaseModel]) -> dict[str, str]:
    """The docstring of each field by the field's Python name, those of the classes above included."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            found |= _own(cls)
    return found


@functools.cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module as they are written, by name. `inspect` can find one, but reads the module twice for each."""
    source = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in source.body if isinstance(node, ast.ClassDef)}


def _own(cls: type[BaseModel]) -> dict[str, str]:
    body = _classes(cls.__module__)[cls.__name__].body
    found = {}
    for field, doc in itertools.pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            text = ast.literal_eval(doc.value) if isinstance(doc.value, ast.Constant) else ""
            if isinstance(text, str):
                found[field.target.id] = " ".join(inspect.cleandoc(text).split())
    return found
