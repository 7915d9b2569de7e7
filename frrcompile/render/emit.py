"""The intermediate representation as text. Templates decide nothing: they loop, and leave out what is not there."""

from __future__ import annotations

import functools

import jinja2

from frrcompile.ir.node import Node


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of this package."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("frrcompile.render"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def frr_conf(node: Node) -> str:
    """The node's frr.conf; its first line names the node and its last says that the file is whole."""
    return environment().get_template("frr.conf.j2").render(node=node)
