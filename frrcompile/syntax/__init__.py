"""How FRR text is read: physical lines, statements, and the tree of contexts they stand in.

Importing this is cheap: the grammar's data are loaded when something is read, and lark only when FRR's command language is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frrcompile.syntax.daemons import daemons_needed
from frrcompile.syntax.lines import Line, Statement
from frrcompile.syntax.tree import Block, Item, Tree

if TYPE_CHECKING:
    from frrcompile.syntax.commands.table import Table

__all__ = ["Block", "Item", "Line", "Statement", "Tree", "daemons_needed", "read"]


def read(text: str, path: str = "-", *, table: Table | None = None) -> Tree:
    """The tree of a frr.conf; `path` is what its spans call it. Never raises, whatever the text. See `reader.read`."""
    from frrcompile.syntax import reader

    return reader.read(text, path, table=table)
