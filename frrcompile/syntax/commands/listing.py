"""The file of command tables: those of all releases in one, where each command stands once.

Its parts are `frr`, the version that each release's commands were read from; `commands`; and `nodes`: for each of FRR's nodes
and each span of releases (`9.0-10.2`, both included), the places in `commands` of what the node has in all of these releases,
and neither in the one before nor in the one after.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from frrcompile.facts.releases import Release, release_of, spell
from frrcompile.syntax.commands.language import Part

SHIPPED = "commands.json"
"""The file in `grammar/` of the releases that come with frrcompile."""


class Listing(NamedTuple):
    """The commands of one release: `nodes` has for each of FRR's nodes the places of its commands in `commands`.

    `version` is that of the FRR that they were read from. `commands` may have more than the nodes refer to.
    """

    version: str
    commands: list[list[Part]]
    nodes: dict[str, list[int]]


def listing(document: Mapping[str, Any], release: Release) -> Listing:
    """What the file says of one release. Raises KeyError where it has none."""
    version = document["frr"][spell(release)]
    releases = [release_of(name) for name in document["frr"]]
    last = [spell(one) for one in releases if one >= release]
    spans = {f"{spell(first)}-{end}" for first in releases if first <= release for end in last}
    nodes: dict[str, list[int]] = {}
    for node, of_span in document["nodes"].items():
        if here := [place for span in of_span if span in spans for place in of_span[span]]:
            nodes[node] = here
    return Listing(version, document["commands"], nodes)


def combined(listings: Iterable[Listing]) -> dict[str, Any]:
    """The document of a file that has these listings, of a release each. Their order does not matter."""
    known = sorted(listings, key=lambda one: release_of(one.version))
    places: dict[str, int] = {}
    having: dict[str, dict[str, list[int]]] = {}
    for at, one in enumerate(known):
        texts = [json.dumps(command, separators=(",", ":")) for command in one.commands]
        for place in sorted(set().union(*one.nodes.values())):
            places.setdefault(texts[place], len(places))
        for node, mine in one.nodes.items():
            for text in {texts[place] for place in mine}:
                having.setdefault(node, {}).setdefault(text, []).append(at)
    names = [spell(release_of(one.version)) for one in known]
    return {
        "frr": dict(zip(names, (one.version for one in known), strict=True)),
        "commands": [json.loads(text) for text in places],
        "nodes": {node: _by_span(having[node], places, names) for node in sorted(having)},
    }


def _by_span(having: Mapping[str, list[int]], places: Mapping[str, int], names: Sequence[str]) -> dict[str, list[int]]:
    """The places of a node's commands by the spans of releases that have them; `having` has the releases of each command."""
    found: dict[tuple[int, int], list[int]] = {}
    for text, releases in having.items():
        for span in _spans(releases):
            found.setdefault(span, []).append(places[text])
    return {f"{names[first]}-{names[last]}": sorted(found[first, last]) for first, last in sorted(found)}


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of numbers that follow each other: (0, 2) and (5, 5) for 0, 1, 2, 5."""
    runs: list[tuple[int, int]] = []
    for at in numbers:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def write(document: Mapping[str, Any]) -> str:
    """The file: JSON with a line for each command and for each span of a node, so that a difference can be read."""
    commands = ",\n".join(json.dumps(command, separators=(",", ":")) for command in document["commands"])
    nodes = ",\n".join(
        f"{json.dumps(node)}: {{\n"
        + ",\n".join(f"{json.dumps(span)}: {json.dumps(found, separators=(',', ':'))}" for span, found in spans.items())
        + "}"
        for node, spans in document["nodes"].items()
    )
    return f'{{"frr": {json.dumps(document["frr"])},\n"commands": [\n{commands}\n],\n"nodes": {{\n{nodes}\n}}}}\n'
