"""An AS for each node, from a pool by the node's index."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.site import load_site
from tests.compiling import compile_text

SITE = """\
nodes: {k0: {index: 0}, k7: {index: 7}, own: {index: 9, override: {router: {asn: 64999}}}}
router: {ebgp-requires-policy: false}
pools: {asn: 4200000000-4200000009, vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay: {neighbors: [{address: 192.0.2.1, remote-as: external}]}
vrfs: {red: {table: 1100, l3vni: {vni: 100}, host-session: {remote-as: internal, ipv4: {pool: 192.168.30.0/24}}}}
"""


@pytest.mark.parametrize(("node", "asn"), [("k0", 4200000000), ("k7", 4200000007), ("own", 64999)])
def test_a_node_takes_the_as_of_its_index(tmp_path: Path, node: str, asn: int) -> None:
    router, findings = compile_text(SITE, tmp_path, node)
    assert router, findings
    assert [instance.asn for instance in router.bgp] == [asn, asn]


def test_nodes_with_an_as_each_need_no_allowas_in() -> None:
    """Nodes that are alike but for their AS are followed with two ASes, and not with one."""
    loaded = load_site({"model.yaml": SITE.encode()})
    assert check_reach(loaded, {}) == []


@pytest.mark.parametrize(
    ("pool", "code", "words"),
    [
        ("4200000000-4200000008", "MOD103", "AS numbers for 9 nodes"),
        ("4200000009-4200000000", "MOD008", "the first AS is not higher than the last one"),
        ("4200000000", "MOD008", "write the first AS, a hyphen and the last one"),
        ("4294967290-4294967296", "MOD008", "two AS numbers with a hyphen between them"),
        ("null", "MOD113", "node k0 has no AS"),
    ],
)
def test_a_pool_that_cannot_be(tmp_path: Path, pool: str, code: str, words: str) -> None:
    router, findings = compile_text(SITE.replace("4200000000-4200000009", pool), tmp_path, "k0")
    assert router is None
    (finding,) = (one for one in findings if one.severity.value == "error")
    assert finding.code == code
    assert words in f"{finding.message} {finding.help}"


def test_a_host_with_the_as_from_the_pool_is_compared_with_the_pool(tmp_path: Path) -> None:
    _, findings = compile_text(SITE.replace("remote-as: internal", "asn: 4200000000"), tmp_path, "k0")
    (finding,) = (one for one in findings if one.code == "MOD502")
    (label,) = finding.labels
    assert SITE.splitlines()[label.span.line - 1][label.span.column - 1 :].startswith("4200000000-4200000009")
