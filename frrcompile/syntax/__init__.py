"""How FRR text is read: physical lines, statements, and the tree of contexts they stand in.

Importing this is cheap; lark and the grammar's data are loaded when something is read.
"""

from __future__ import annotations

from frrcompile.syntax.daemons import daemons_needed

__all__ = ["daemons_needed"]
