"""The file of command tables: those of several releases in one, where each command stands once.

Its parts are `frr`, the version that each release's commands were read from; `commands`; and `nodes`: for each of FRR's nodes
and each span of releases (`9.0-10.2`, both included), the places in `commands` of what the node has in all of these releases,
and neither in the one before nor in the one after.

The file is JSON, with each command on a line of its own: most of it is commands, and a program decodes only those of the nodes
that it comes by.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from frrcompile.facts.releases import Release, release_of, spell

SHIPPED = "commands.json"
"""The file in `grammar/` of the releases that come with frrcompile."""

_BEFORE, _BETWEEN, _AFTER = '"commands": [\n', ",\n", "\n],\n"


class Listing:
    """The commands of one release: `nodes` has for each of FRR's nodes the places of its commands in `commands`.

    `version` is that of the FRR that they were read from. A command is its parts, as JSON without blanks; there may be more
    than the nodes refer to.
    """

    __slots__ = ("commands", "nodes", "version")

    def __init__(self, version: str, commands: Sequence[str], nodes: Mapping[str, Sequence[int]]) -> None:
        self.version = version
        self.commands = commands
        self.nodes = nodes


def read(text: str, release: Release) -> Listing:
    """What a file says of one release. Raises KeyError where it has no such release, and ValueError where it is no such file."""
    head, _, rest = text.partition(_BEFORE)
    commands, _, tail = rest.partition(_AFTER)
    document = json.loads(f'{head}"commands": [],{tail}')
    version = document["frr"][spell(release)]
    known = [release_of(name) for name in document["frr"]]
    ends = [spell(one) for one in known if one >= release]
    spans = {f"{spell(first)}-{end}" for first in known if first <= release for end in ends}
    nodes: dict[str, list[int]] = {}
    for node, of_span in document["nodes"].items():
        if here := [place for span in of_span if span in spans for place in of_span[span]]:
            nodes[node] = here
    return Listing(version, commands.split(_BETWEEN), nodes)


def releases(text: str) -> list[Release]:
    """The releases that a file has, oldest first."""
    return [release_of(name) for name in json.loads(text)["frr"]]


def write(listings: Iterable[Listing]) -> str:
    """The file that has these listings, of a release each. Their order does not matter."""
    known = sorted(listings, key=lambda one: release_of(one.version))
    places: dict[str, int] = {}
    having: dict[str, dict[str, list[int]]] = {}
    for at, one in enumerate(known):
        for place in sorted(set().union(*one.nodes.values())):
            places.setdefault(one.commands[place], len(places))
        for node, mine in one.nodes.items():
            for command in {one.commands[place] for place in mine}:
                having.setdefault(node, {}).setdefault(command, []).append(at)
    names = [spell(release_of(one.version)) for one in known]
    frr = json.dumps(dict(zip(names, (one.version for one in known), strict=True)))
    nodes = ",\n".join(f"{json.dumps(node)}: {_spans(having[node], places, names)}" for node in sorted(having))
    return f'{{"frr": {frr},\n{_BEFORE}{_BETWEEN.join(places)}{_AFTER}"nodes": {{\n{nodes}\n}}}}\n'


def _spans(having: Mapping[str, Sequence[int]], places: Mapping[str, int], names: Sequence[str]) -> str:
    """The commands of a node by the spans of releases that have them; `having` has the releases of each command."""
    found: dict[tuple[int, int], list[int]] = {}
    for command, at in having.items():
        for span in _runs(at):
            found.setdefault(span, []).append(places[command])
    lines = (
        f'"{names[first]}-{names[last]}": {json.dumps(sorted(found[first, last]), separators=(",", ":"))}'
        for first, last in sorted(found)
    )
    return "{\n" + ",\n".join(lines) + "}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of numbers that follow each other: (0, 2) and (5, 5) for 0, 1, 2, 5."""
    runs: list[tuple[int, int]] = []
    for at in numbers:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
