"""OpenPERouter's own samples: each becomes a model that compiles and that FRR accepts, or a finding says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.diagnostics import has_errors
from frrcompile.interop.openperouter import Imported, convert
from frrcompile.interop.openperouter.selector import SiteNode
from frrcompile.model.load import parse
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from tests.frr.installation import Installation
from tests.interop.importing import NODE, SAMPLES, codes

WORKER, EDGE = "node-role.kubernetes.io/worker", "node-role.kubernetes.io/edge"
RACK, ZONE = "topology.kubernetes.io/rack", "topology.kubernetes.io/zone"
RACKS = (SiteNode("k0", 0, {RACK: "rack-1"}), SiteNode("k1", 1, {RACK: "rack-2"}))
ZONES = (SiteNode("k0", 0, {ZONE: "us-east-1a"}), SiteNode("k1", 1, {ZONE: "us-west-1a"}))

COMPLETE: dict[str, tuple[str, tuple[SiteNode, ...]]] = {
    "underlay": ("underlay", (NODE,)),
    "l3vni": ("underlay l3vni", (NODE,)),
    "l2vni": ("underlay l3vni l2vni", (NODE,)),
    "l2vni in an OVS bridge": ("underlay l3vni l2vni-ovs", (NODE,)),
    "workers": ("underlay l3vni-nodeselector-at-workers", (SiteNode("w", 2, {WORKER: ""}), SiteNode("c", 0))),
    "racks": ("underlay-nodeselector-different-racks-per-node l3vni-nodeselector-pre-rack", RACKS),
    "zones": ("underlay-nodeselector-multi-datacenter l3vni-nodeselector-zone-specific", ZONES),
    "edge": ("underlay l3vni l3passthrough-nodeselector-edge", (SiteNode("e", 0, {EDGE: ""}), SiteNode("k", 1))),
    "security zones": (
        "underlay l3passthrough-nodeselector-security-zone",
        (SiteNode("d", 0, {"security-zone": "dmz"}), SiteNode("i", 1, {"security-zone": "internal"})),
    ),
    "hardware": (
        "underlay-nodeselector-hardware-specific-nic",
        (SiteNode("d", 0, {"hardware.vendor": "dell"}), SiteNode("h", 1, {"hardware.vendor": "hp"})),
    ),
    "route reflector": ("underlay-route-reflector l3vni", (SiteNode("w", 1), SiteNode("w2", 2))),
    "route reflector alone": (
        "underlay-route-reflector",
        (SiteNode("c", 0, {"node-role.kubernetes.io/control-plane": ""}), SiteNode("w", 1)),
    ),
}
"""Samples that go together, with nodes that their selectors mean: nothing of them is lost."""

MISSING: dict[str, tuple[str, dict[str, int]]] = {
    # What is said of each sample beside a plain Underlay and the site of one node, which has no labels.
    "l3vni": ("underlay l3vni", {}),
    "l2vni": ("underlay l2vni", {"IMP002": 1}),
    "l2vni-ovs": ("underlay l2vni-ovs", {"IMP002": 1}),
    "l2vni-nodeselector-at-workers": ("underlay l2vni-nodeselector-at-workers", {"IMP004": 1}),
    "l2vni-nodeselector-different-racks": ("underlay l2vni-nodeselector-different-racks", {"IMP004": 2}),
    "l3passthrough-nodeselector-edge": ("underlay l3passthrough-nodeselector-edge", {"IMP004": 1}),
    "l3passthrough-nodeselector-security-zone": (
        "underlay l3passthrough-nodeselector-security-zone",
        {"IMP004": 2},
    ),
    "l3vni-nodeselector-at-workers": ("underlay l3vni-nodeselector-at-workers", {"IMP004": 3}),
    "l3vni-nodeselector-pre-rack": ("underlay l3vni-nodeselector-pre-rack", {"IMP004": 2}),
    "l3vni-nodeselector-zone-specific": ("underlay l3vni-nodeselector-zone-specific", {"IMP004": 2}),
    "underlay-cni-dhcp": ("underlay-cni-dhcp", {"IMP001": 1, "IMP004": 1, "IMP005": 1}),
    "underlay-cni-static": ("underlay-cni-static", {"IMP001": 1, "IMP004": 1, "IMP005": 1}),
    "underlay-nodeselector-different-racks-per-node": (
        "underlay-nodeselector-different-racks-per-node",
        {"IMP004": 2, "IMP005": 1},
    ),
    "underlay-nodeselector-hardware-specific-nic": (
        "underlay-nodeselector-hardware-specific-nic",
        {"IMP004": 2, "IMP005": 1},
    ),
    "underlay-nodeselector-multi-datacenter": (
        "underlay-nodeselector-multi-datacenter",
        {"IMP004": 2, "IMP005": 1},
    ),
    "underlay-route-reflector": ("underlay-route-reflector", {"IMP004": 1}),
    "underlay": ("underlay", {}),
}


def of_samples(corpus: Path, names: str, nodes: tuple[SiteNode, ...]) -> Imported:
    return convert({name: (corpus / SAMPLES / f"{name}.yaml").read_bytes() for name in names.split()}, nodes)


def compiled(found: Imported, directory: Path) -> dict[str, str]:
    """Each node's frr.conf, from the model as written."""
    path = directory / "model.yaml"
    path.write_text(found.text())
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site, loaded.findings
    texts = {}
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        texts[name] = frr_conf(router)
    return texts


@pytest.mark.parametrize("name", COMPLETE)
def test_nothing_is_lost_where_all_is_there(name: str, corpus: Path, tmp_path: Path) -> None:
    names, nodes = COMPLETE[name]
    found = of_samples(corpus, names, nodes)
    # The passthrough sessions name another AS than the underlay's, and the reflector has no node beside its clients.
    expected = {"edge": {"IMP007"}, "security zones": {"IMP007"}, "route reflector": {"IMP004"}}.get(name, set())
    assert set(codes(found)) == expected, found.findings
    assert list(compiled(found, tmp_path)) == [node.name for node in nodes]


@pytest.mark.parametrize("name", MISSING)
def test_what_is_missing_is_said(name: str, corpus: Path, tmp_path: Path) -> None:
    names, wanted = MISSING[name]
    found = of_samples(corpus, names, (NODE,))
    said = codes(found)
    assert {code: said.count(code) for code in sorted(set(said)) if code != "IMP007"} == wanted
    if not has_errors(found.findings) or not {"IMP005"} & set(said):
        assert list(compiled(found, tmp_path)) == ["node-0"]


def test_every_sample_is_tried(corpus: Path) -> None:
    assert sorted(MISSING) == sorted(path.stem for path in (corpus / SAMPLES).iterdir())


@pytest.mark.parametrize("name", COMPLETE)
def test_the_text_says_what_the_tree_says(name: str, corpus: Path) -> None:
    found = of_samples(corpus, *COMPLETE[name])
    assert found.tree
    read, findings = parse(found.text(), "model.yaml")
    assert read, findings
    assert read.plain() == found.tree.plain()
    assert findings == []


@pytest.mark.parametrize("name", COMPLETE)
def test_frr_accepts_it(name: str, installation: Installation, corpus: Path, tmp_path: Path) -> None:
    for text in compiled(of_samples(corpus, *COMPLETE[name]), tmp_path).values():
        done = installation.check(text)
        assert (done.returncode, done.stdout + done.stderr) == (0, ""), text
