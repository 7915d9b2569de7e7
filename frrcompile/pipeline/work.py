"""How much work a site is: the values that all of its nodes have together. A bound keeps a small file from taking minutes.

A few kilobytes name thousands of nodes and thousands of VNIs, and each node has each VNI. So the bound is on the product, after
selectors, and it holds before any node is lowered.
"""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.model.findings import no_yaml
from frrcompile.model.selector import Selector
from frrcompile.model.site import Site
from frrcompile.model.tree import Node, Path, locate_key

MOST_WORK = 4_500_000
"""Values of all nodes at most. 1,000 nodes with 100 full VRFs each are 1.7 million; `lint` takes 10 to 40 µs for a value."""

EACH_NODE = 30
"""The number of values that take as long as a node itself, measured with `lint`."""

READINGS = 10
"""A node with an override reads the document once more. This many values are read in the time of one value."""

SELECTIONS = 20
"""The number of selectors that are compared with a node in the time of one value."""

NAMES = 1000
"""The number of names in selectors that are compared with a node in the time of one value."""


def check_work(site: Site, root: Node) -> list[Diagnostic]:
    """One error where the nodes of a typed site have too many values together; `root` is its document."""
    work = work_of(site, root)
    if work <= MOST_WORK:
        return []
    message = f"{len(site.nodes):,} nodes have {work:,} values together, after selectors; at most {MOST_WORK:,} values are compiled at once"
    help_ = "make several models of it, each with some of the nodes; or select with `nodes` which node has what"
    return [no_yaml(locate_key(root, ("nodes",)), message, help=help_)]


def work_of(site: Site, root: Node) -> int:
    """The values of all nodes of a site together, each as often as nodes have it."""
    document = _size(root) - _size(root.child("nodes"))
    nodes = len(site.nodes)
    overrides = [_size(root.at(("nodes", name, "override"))) for name, node in site.nodes.items() if node.override]
    count = _Counter(site)
    shared, selected, compared = document, 0, 0
    for path, selector in _parts(site):
        size = _own_size(root, path)
        shared -= size
        selected += size * count.nodes(selector)
        compared += NAMES // SELECTIONS + len(selector.names)
    return (
        nodes * (EACH_NODE + shared)
        + selected
        + nodes * compared // NAMES
        + len(overrides) * document // READINGS
        + sum(overrides)
    )


class _Counter:
    """Counts the nodes that selectors select, without a comparison for each node."""

    def __init__(self, site: Site) -> None:
        self._nodes = site.nodes
        self._having: dict[tuple[str, str], set[str]] = {}
        for name, node in site.nodes.items():
            for label in node.labels.items():
                self._having.setdefault(label, set()).add(name)

    def nodes(self, selector: Selector) -> int:
        """How many nodes a selector selects."""
        chosen = [self._having.get(label, set()) for label in selector.labels.items()]
        if selector.names:
            chosen.append({name for name in selector.names if name in self._nodes})
        return len(set.intersection(*chosen)) if chosen else len(self._nodes)


def _parts(site: Site) -> Iterator[tuple[Path, Selector]]:
    """Where each part with a selector stands, and the selector."""
    yield from ((("underlay", "neighbors", at), one.nodes) for at, one in enumerate(site.underlay.neighbors))
    for name, vrf in site.vrfs.items():
        yield ("vrfs", name), vrf.nodes
        yield from ((("vrfs", name, "neighbors", at), one.nodes) for at, one in enumerate(vrf.neighbors))
    yield from ((("l2vnis", at), one.nodes) for at, one in enumerate(site.l2vnis))
    yield from ((("raw", at), one.nodes) for at, one in enumerate(site.raw))
    if site.passthrough:
        yield ("passthrough",), site.passthrough.nodes


def _own_size(root: Node, path: Path) -> int:
    """The size of a part without the parts inside it that have selectors of their own: a VRF's neighbors."""
    part = root.at(path)
    inside = part.child("neighbors") if part and path[0] == "vrfs" and len(path) == 2 else None
    return _size(part) - _size(inside)


def _size(node: Node | None) -> int:
    """The values below a node with itself; each line of a text counts."""
    size, todo = 0, [node] if node else []
    while todo:
        value = todo.pop().value
        size += 1
        if isinstance(value, dict):
            todo += (entry.node for entry in value.values())
        elif isinstance(value, list):
            todo += value
        elif value:
            size += value.count("\n")
    return size
