"""Models to draw: the goldens, and nodes and sites of any size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from frrcompile.draw import node as of_node
from frrcompile.draw import site as of_site
from frrcompile.draw.against import compare
from frrcompile.draw.picture import Box, Picture
from frrcompile.ir.node import Node
from frrcompile.pipeline.site import build, load_site
from tests.conftest import ROOT

GOLDEN = ROOT / "golden"
EVERYTHING = GOLDEN / "everything" / "input.yaml"

HEAD = """\
nodes: {k0: {index: 0}}
router: {id: 10.0.0.1, asn: 64514, ebgp-requires-policy: false}
"""
SMALL = f"{HEAD}underlay: {{neighbors: [{{address: 192.0.2.1, remote-as: 64512, nodes: {{names: [k0]}}}}]}}\n"


def routers(model: Path | str) -> list[Node]:
    """Every node of a model, which is a file or a text."""
    loaded = load_site({"-": model.encode()} if isinstance(model, str) else {str(model): model.read_bytes()})
    assert loaded.site, loaded.findings
    found = []
    for name in loaded.site.nodes:
        router, problems = build(loaded, name)
        assert router, problems
        found.append(router)
    return found


def node_picture(model: Path | str, at: int = 0) -> Picture:
    router = routers(model)[at]
    return of_node.picture(router, large=of_node.is_large(router))


def site_picture(model: Path | str, *, large: bool | None = None) -> Picture:
    nodes = routers(model)
    return of_site.picture(nodes, "site", large=of_site.is_large(nodes) if large is None else large)


def tenants(number: int) -> str:
    """A node with so many VRFs, and an L2VNI in each fifth."""
    vrfs = "".join(
        f"  t{n}:\n    table: {1100 + n}\n    l3vni: {{vni: {1000 + n}}}\n"
        f"    host-session: {{asn: 64515, ipv4: {{pool: 192.169.{n}.0/24}}}}\n"
        for n in range(number)
    )
    segments = "".join(
        f"  - {{vni: {5000 + n}, vrf: t{n}, gateway: {{ipv4: 10.{n}.0.1/24}}}}\n" for n in range(0, number, 5)
    )
    return (
        f"{HEAD}underlay:\n  interfaces: [{{name: eth1, addresses: [192.168.11.3/24]}}]\n"
        "  neighbors: [{address: 192.168.11.2, remote-as: 64512}, {address: 192.0.2.9, remote-as: 64513}]\n"
        f"vtep: {{ipv4: 100.65.0.1}}\nvrfs:\n{vrfs}l2vnis:\n{segments}"
    )


def nodes(number: int) -> str:
    """A site of so many nodes in two racks, each rack with a leaf of its own."""
    names = "".join(f"  k{n}: {{index: {n}, labels: {{rack: r{n % 2}}}}}\n" for n in range(number))
    return (
        f"nodes:\n{names}pools: {{router-id: 10.0.0.0/16, vtep-ipv4: 100.65.0.0/16}}\n"
        "router: {asn: 64514, ebgp-requires-policy: false}\n"
        "underlay:\n  interfaces: [{name: eth1}]\n  neighbors:\n"
        "    - {address: 192.168.11.2, remote-as: 64512, nodes: {labels: {rack: r0}}}\n"
        "    - {address: 192.168.12.2, remote-as: 64513, nodes: {labels: {rack: r1}}}\n"
        "vrfs: {red: {table: 1100, l3vni: {vni: 100}}, "
        "blue: {table: 1200, l3vni: {vni: 200}, nodes: {labels: {rack: r1}}}}\n"
    )


def changed() -> Picture:
    """The node with everything, against one of which something of every kind was different."""
    text = EVERYTHING.read_text()
    for old, new in (
        ("vni: 110", "vni: 111"),
        ("  blue:", "  green:"),
        ("[blue, ", "["),
        ("table: 1100", "table: 1101"),
    ):
        assert old in text
        text = text.replace(old, new)
    return compare(node_picture(text), node_picture(EVERYTHING), "the older model")


def box(picture: Picture, key: str) -> Box:
    (found,) = (one for one in picture.boxes if one.key == key)
    return found


def texts(picture: Picture, key: str) -> list[str]:
    return [line.text for line in box(picture, key).lines]


def ends(picture: Picture, style: str) -> set[tuple[str, str]]:
    return {(link.source, link.target) for link in picture.links if link.style == style}


PICTURES: dict[str, Callable[[], Picture]] = {
    **{path.parent.name: partial(node_picture, path) for path in sorted(GOLDEN.glob("*/input.yaml"))},
    **{
        f"{name} as a site": partial(site_picture, GOLDEN / name / "input.yaml")
        for name in ("everything", "l2-anycast-gateway", "route-reflector", "unnumbered-fabric")
    },
    "nothing but a session": partial(node_picture, SMALL),
    **{f"{number} tenants": partial(node_picture, tenants(number)) for number in (1, 2, 7, 8, 9, 50)},
    **{f"{number} nodes": partial(site_picture, nodes(number)) for number in (2, 8, 9, 200)},
    "12 nodes, each a box": partial(site_picture, nodes(12), large=False),
    "a change": changed,
}
"""Pictures of every kind and size, by what they are of."""


@cache
def drawn(name: str) -> Picture:
    """One of the pictures."""
    return PICTURES[name]()
