"""Writing what was compiled: a whole file or nothing, and not for everybody to read where it holds a secret."""

from __future__ import annotations

from pathlib import Path

from frrcompile import atomic
from frrcompile.ir.node import Node


def write(path: str | Path, text: str, router: Node) -> None:
    """Writes a file of the router; a file that is there keeps its mode. Raises OSError."""
    secret = any(neighbor.password for instance in router.bgp for neighbor in instance.neighbors)
    atomic.replace(path, text, mode=0o640 if secret else None, keep=True)
