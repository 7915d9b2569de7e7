"""frr.conf, line by line, with the place of the model that each line came from.

A line of a template ends in `## PART.FIELD` or `## PART`, which is a comment to jinja2. In the templates that are used
here, the comment is a call that keeps the part and the field, and writes their number behind the line, after a NUL: a
character that no value has.
"""

from __future__ import annotations

import functools
import re
import threading
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
    """A line of frr.conf, and the part of the router, or its field, that the line is written for."""

    text: str
    part: Any = None
    field: str = ""

    @property
    def at(self) -> Origin:
        """The place of the model that the line came from; () for a line that only separates blocks."""
        if self.part is None:
            return ()
        at: Origin = place_of(self.part, self.field) if self.field else self.part.at
        return at


def traced(node: Node, secrets: Callable[[SecretSource], str] = reveal) -> list[Line]:
    """The lines of what `frr_conf` writes. Raises SecretError as that does."""
    kept = _kept.parts = []
    text = _environment().get_template(TEMPLATE).render(node=node, reveal=secrets)
    lines = (line.partition(_MARK) for line in text.removesuffix("\n").split("\n"))
    return [Line(words, *kept[int(number)]) if number else Line(words) for words, _, number in lines]


class _Kept(threading.local):
    """The parts and fields that the lines of the render in this thread are written for."""

    parts: list[tuple[Any, str]]


_kept = _Kept()


def _came_from(part: Any, field: str) -> str:
    _kept.parts.append((part, field))
    return f"{_MARK}{len(_kept.parts) - 1}"


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
