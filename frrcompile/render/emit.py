"""The intermediate representation as text. Templates decide nothing: they loop, and leave out what is not there."""

from __future__ import annotations

import functools
from collections.abc import Callable

import jinja2

from frrcompile.ir.node import Node
from frrcompile.ir.secret import SecretSource
from frrcompile.render import words
from frrcompile.render.secret import reveal

TEMPLATE = "frr.conf.j2"


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of this package."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("frrcompile.render"),
        line_comment_prefix="##",  # what stands behind it says where the line came from: see trace.py
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    made.globals["words"] = words
    return made


def frr_conf(node: Node, secrets: Callable[[SecretSource], str] = reveal) -> str:
    """The node's frr.conf; its first line names the node and its last says that the file is whole.

    `secrets` opens a secret; by default it raises `SecretError` where a file or variable is missing.
    """
    return environment().get_template(TEMPLATE).render(node=node, reveal=secrets)
