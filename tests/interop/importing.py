"""Importing resources in tests, and the samples that OpenPERouter comes with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from frrcompile.interop.openperouter import Imported, convert
from frrcompile.interop.openperouter.selector import SiteNode

SAMPLES = "openperouter/samples"
DEFINITIONS = "openperouter/crds"

NODE = SiteNode("node-0", 0)

UNDERLAY = """\
apiVersion: network.openperouter.io/v1alpha1
kind: Underlay
metadata: {name: underlay}
spec:
  asn: 64514
  tunnelEndpoint: {cidrs: [100.65.0.0/24]}
  interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
  neighbors: [{asn: 64512, address: 192.168.11.2}]
"""

L3VNI = """\
apiVersion: network.openperouter.io/v1alpha1
kind: L3VNI
metadata: {name: red}
spec: {vrf: red, vni: 100}
"""


def imported(directory: Path, *documents: str, nodes: Iterable[SiteNode] = (NODE,)) -> Imported:
    """What becomes of a file of these documents; it is called resources.yaml."""
    path = directory / "resources.yaml"
    path.write_text("---\n".join(documents))
    return convert({str(path): path.read_bytes()}, list(nodes))


def plain(found: Imported) -> Any:
    """The model that was made, as mappings, lists and strings."""
    assert found.tree
    return found.tree.plain()


def codes(found: Imported) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in found.findings]
