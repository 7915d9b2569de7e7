"""Making a command table from an FRR: `find .` of its vtysh, read through FRR's command language."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Sequence

from frrcompile.syntax.commands.listing import Listing
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


def read(version: str, found: str) -> Listing:
    """What `find .` printed, read. Raises ValueError for a command that is not in FRR's language."""
    places: dict[str, int] = {}
    nodes: dict[str, list[int]] = {}
    for match in _LINE.finditer(found):
        if match["node"] not in NOT_IN_A_FILE:
            nodes.setdefault(match["node"], []).append(places.setdefault(match["command"].rstrip(), len(places)))
    return Listing(version, [json.dumps(parse(text), separators=(",", ":")) for text in places], nodes)


def complete(answer: Listing, known: Listing) -> bool:
    """Whether an answer can be all commands of its FRR; `known` are those of its release, or of the nearest that is shipped.

    FRR 10.2 answers only with the commands that vtysh itself defines, a seventh of all (FRRouting/frr issue 17043; mended in
    10.3 by pull request 17200): the answer has each node, and most of them hold little more than `exit`, `list` and `find`.
    An FRR that is built without a daemon lacks the nodes of that daemon, which are therefore not counted.
    """
    had, expected = _own(answer), _own(known)
    both = [node for node in expected if node in had]
    thin = [node for node in both if had[node] < expected[node] / 2]
    return len(thin) < len(both) / 2


def _own(known: Listing) -> dict[str, int]:
    """How many commands each node has that most nodes do not have."""
    everywhere = Counter(place for places in known.nodes.values() for place in set(places))
    return {
        node: sum(everywhere[place] <= len(known.nodes) / 2 for place in set(places))
        for node, places in known.nodes.items()
    }
