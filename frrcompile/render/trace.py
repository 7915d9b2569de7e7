"""frr.conf, line by line, with the place of the model that each line came from.

A line of a template ends in `## PART.FIELD` or `## PART`, which is a comment to jinja2. In the templates that are used
here, the comment is a call that writes the place behind the line: JSON after a NUL, a character that no value has.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import jinja2

from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.ir.places import place_of
from frrcompile.ir.secret import SecretSource
from frrcompile.render.emit import TEMPLATE, environment
from frrcompile.render.secret import reveal

_COMMENT = re.compile(r"[ \t]*## (\w+)(?:\.(\w+))?$", re.MULTILINE)
_MARK = "\0"


class Line(NamedTuple):
    """A line of frr.conf, and the place of the model that it came from; () for a line that only separates blocks."""

    text: str
    at: Origin


def traced(node: Node, secrets: Callable[[SecretSource], str] = reveal) -> list[Line]:
    """The lines of what `frr_conf` writes. Raises SecretError as that does."""
    text = _environment().get_template(TEMPLATE).render(node=node, reveal=secrets)
    return [_line(line) for line in text.removesuffix("\n").split("\n")]


def _line(marked: str) -> Line:
    text, mark, place = marked.partition(_MARK)
    return Line(text, tuple(json.loads(place)) if mark else ())


@functools.cache
def _environment() -> jinja2.Environment:
    made = environment().overlay()
    made.loader = jinja2.FunctionLoader(_with_calls)
    made.globals = {**made.globals, "came_from": _came_from}
    return made


def _with_calls(template: str) -> str:
    plain = environment()
    assert plain.loader
    return _COMMENT.sub(r'{{ came_from(\1, "\2") }}', plain.loader.get_source(plain, template)[0])


def _came_from(part: Any, field: str) -> str:
    return _MARK + json.dumps(place_of(part, field) if field else part.at)
