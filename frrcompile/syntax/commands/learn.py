"""Making a command table from an FRR: `find .` of its vtysh, read through FRR's command language."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any

from frrcompile.syntax.commands.parser import parse

_LINE = re.compile(r"^ +\((?P<node>[^)]*)\)  (?P<command>\S.*)$", re.MULTILINE)

NOT_IN_A_FILE = frozenset({"auth", "auth enable", "view", "enable", "zebra"})
"""Nodes that no line of a configuration stands in."""


def ask(vtysh: Sequence[str]) -> tuple[str, str]:
    """The version of an FRR and what its vtysh prints for `find .`; no daemon is needed.

    Raises OSError where the command `vtysh` cannot be run, and ValueError where what it says is not FRR's.
    """
    command = [*vtysh, "-C", "-c", "show version", "-c", "find ."]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    said = re.search(r"^FRRouting (\d+\.\d\S*)", run.stdout, re.MULTILINE)
    if run.returncode or not said or not _LINE.search(run.stdout):
        raise ValueError(f"{' '.join(vtysh)} does not answer `find .` as FRR's does")
    return said[1], run.stdout


def document(version: str, found: str) -> dict[str, Any]:
    """The table of what `find .` printed. Raises ValueError for a command that is not in FRR's language."""
    places: dict[str, int] = {}
    nodes: dict[str, list[int]] = {}
    for match in _LINE.finditer(found):
        if match["node"] not in NOT_IN_A_FILE:
            nodes.setdefault(match["node"], []).append(places.setdefault(match["command"].rstrip(), len(places)))
    return {"frr": version, "commands": [parse(text) for text in places], "nodes": nodes}


def write(table: dict[str, Any]) -> str:
    """The file of a table: JSON with a line for each command and each node, so that a difference can be read."""
    lines = ['{"frr": ' + json.dumps(table["frr"]) + ",", '"commands": [']
    lines.append(",\n".join(json.dumps(command, separators=(",", ":")) for command in table["commands"]))
    lines.append('],\n"nodes": {')
    lines.append(
        ",\n".join(
            f"{json.dumps(node)}: {json.dumps(places, separators=(',', ':'))}"
            for node, places in table["nodes"].items()
        )
    )
    lines.append("}}\n")
    return "\n".join(lines)
