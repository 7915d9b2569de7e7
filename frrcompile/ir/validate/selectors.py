"""Rules over selectors: a part of the model that no node has, has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity, nearest
from frrcompile.ir.origin import Origin
from frrcompile.ir.validate.rule import Problem, site_rule
from frrcompile.model.selector import Selector
from frrcompile.model.site import Site

MOST_LISTED = 8
"""The most nodes that a help text lists."""


@site_rule("MOD111", "selector-without-node", Severity.WARNING)
def selector_without_node(site: Site) -> Iterator[Problem]:
    """A selector names a node that the site does not have, or selects none.

    What: a name in `nodes: {names: ...}` that no node of the site has, or a selector whose names and labels no node matches.
        It is a warning, since the site may get the node later.
    Why: no node has the neighbor, VRF, VNI or raw lines that the selector stands on, and FRR has nothing to report.
    Bad:
        l2vnis: [{vni: 110, nodes: {labels: {rack: r1}}}]
    Good:
        nodes: {k0: {index: 0, labels: {rack: r1}}}
        l2vnis: [{vni: 110, nodes: {labels: {rack: r1}}}]
    """
    selected: dict[tuple[object, ...], bool] = {}
    named = {name for _, selector in _selectors(site) for name in selector.names}
    unnamed = [name for name in site.nodes if name not in named]
    for at, selector in _selectors(site):
        unknown = [name for name in selector.names if name not in site.nodes]
        for name in unknown:
            message = f"the selector names the node {name!r}, which the site does not have"
            place = (*at, "names", selector.names.index(name))
            yield Problem(place, message, help=_meant(name, site, unnamed))
        key = (selector.names, tuple(sorted(selector.labels.items())))
        if key not in selected:
            selected[key] = any(selector.selects(name, node.labels) for name, node in site.nodes.items())
        if not selected[key] and not unknown:
            wanted = ", ".join(f"{label}: {value}" for label, value in selector.labels.items())
            of = " of those that it names" if selector.names else ""
            yield Problem(at, f"the selector selects no node: none{of} has the labels {{{wanted}}}")


def _meant(name: str, site: Site, unnamed: list[str]) -> str:
    """Which node an unknown name may mean: the only one that no selector names, else one of a similar name."""
    if len(unnamed) == 1 and len(site.nodes) > 1:
        return f"did you mean {unnamed[0]!r}, which no selector names?"
    near = nearest(name, unnamed or site.nodes)
    if near:
        return f"did you mean {near!r}?"
    known = list(site.nodes)
    rest = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    return f"the site has {', '.join(known[:MOST_LISTED])}{rest}"


def _selectors(site: Site) -> Iterator[tuple[Origin, Selector]]:
    """The selectors that have names or labels, each with its place."""
    parts: list[tuple[Origin, Selector]] = []
    for position, neighbor in enumerate(site.underlay.neighbors):
        parts.append((("underlay", "neighbors", position), neighbor.nodes))
    for name, vrf in site.vrfs.items():
        parts.append((("vrfs", name), vrf.nodes))
        for position, neighbor in enumerate(vrf.neighbors):
            parts.append((("vrfs", name, "neighbors", position), neighbor.nodes))
    parts += [(("l2vnis", position), segment.nodes) for position, segment in enumerate(site.l2vnis)]
    parts += [(("raw", position), raw.nodes) for position, raw in enumerate(site.raw)]
    if site.passthrough:
        parts.append((("passthrough",), site.passthrough.nodes))
    for at, selector in parts:
        if selector.names or selector.labels:
            yield (*at, "nodes"), selector
