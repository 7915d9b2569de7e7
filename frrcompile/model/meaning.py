"""What the fields of the model mean: the docstrings below them, read from the source when somebody asks.

Pydantic can read them too, but does so for every class at every start, which doubles the time until the first message.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap

from pydantic import BaseModel


@functools.cache
def meanings(model: type[BaseModel]) -> dict[str, str]:
    """The docstring of each field by the field's Python name, those of the classes above included."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            found |= _own(cls)
    return found


def _own(cls: type[BaseModel]) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, doc in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            text = ast.literal_eval(doc.value) if isinstance(doc.value, ast.Constant) else ""
            if isinstance(text, str):
                found[field.target.id] = " ".join(inspect.cleandoc(text).split())
    return found
