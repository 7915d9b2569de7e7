"""A small model that stands for much is refused before any node is lowered, and a large real one is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.pipeline import reach
from frrcompile.pipeline.site import Loaded, build, load_site, source_of
from frrcompile.pipeline.work import MOST_WORK, work_of

REST = """\
router: {asn: 64514, ebgp-requires-policy: false}
pools: {router-id: 10.0.0.0/8, vtep-ipv4: 100.64.0.0/10}
underlay:
  interfaces: [{name: eth1}]
  neighbors:
  - {address: 192.168.11.2, remote-as: 64512, allowas-in: origin}
"""
VRF = """\
  v{at}:
    table: {table}
    l3vni: {{vni: {table}, rd: "64514:{table}", import-rts: ["64514:{table}"], export-rts: ["64514:{table}"]}}
    networks: [10.{at}.0.0/24, 10.{at}.1.0/24]
    host-session: {{asn: 64515, ipv4: {{pool: 172.{at}.0.0/16}}}}
"""


def nodes(count: int, more: Callable[[int], str] = lambda _: "") -> str:
    return "nodes:\n" + "".join(f"  n{at}: {{index: {at}{more(at)}}}\n" for at in range(count))


def l2vnis(count: int, more: Callable[[int], str] = lambda _: "") -> str:
    return "l2vnis:\n" + "".join(f"- {{vni: {at + 1}{more(at)}}}\n" for at in range(count))


def loaded(text: str) -> Loaded:
    return load_site({"m.yaml": text.encode()})


def work(text: str) -> int:
    found = loaded(text)
    assert found.site, found.findings[:1]
    return work_of(found.site, found.source.root)


@pytest.mark.parametrize(
    "text",
    [
        nodes(4000) + REST + l2vnis(3000),
        nodes(2500, lambda at: f", override: {{router: {{id: 10.9.{at >> 8}.{at & 255}}}}}") + REST + l2vnis(900),
        nodes(3000, lambda at: f", labels: {{rack: r{at % 2}}}")
        + REST
        + l2vnis(1500, lambda _: ", nodes: {labels: {rack: r0}}"),
    ],
    ids=["nodes times VNIs", "overrides", "half of the nodes"],
)
def test_much_work_is_one_error(text: str) -> None:
    found = loaded(text)
    assert found.site is None
    (one,) = found.findings
    assert (one.code, one.span.line) == ("MOD002", 1)
    assert f"at most {MOST_WORK:,} values are compiled at once" in one.message
    assert "several models" in one.help


def test_a_large_fleet_is_far_below_the_bound() -> None:
    vrfs = "vrfs:\n" + "".join(VRF.format(at=at, table=at + 300) for at in range(20))
    few = work(nodes(100) + REST + vrfs)
    assert few * 10 * 5 < MOST_WORK / 2, "1,000 nodes with 100 full VRFs each"


@pytest.mark.parametrize(
    "more",
    [lambda at: f", nodes: {{names: [n{at}]}}", lambda at: f", nodes: {{labels: {{own: l{at}}}}}"],
    ids=["names", "labels"],
)
def test_what_a_node_does_not_have_hardly_counts(more: Callable[[int], str]) -> None:
    text = nodes(100, lambda at: f", labels: {{own: l{at}}}") + REST
    alone = work(text)
    assert work(text + l2vnis(100, more)) < 2 * alone < work(text + l2vnis(100))


def test_a_neighbor_of_a_vrf_counts_for_its_nodes_only() -> None:
    def text(selector: str) -> str:
        neighbors = ", ".join(f"{{address: 10.0.0.{at}, remote-as: 1{selector}}}" for at in range(1, 100))
        return nodes(100) + REST + f"vrfs: {{red: {{table: 5, neighbors: [{neighbors}]}}}}\n"

    assert work(text(", nodes: {names: [n1]}")) < work(text("")) / 3


def test_a_node_with_an_override_reads_no_other_node() -> None:
    found = loaded(nodes(50, lambda at: f", override: {{router: {{id: 10.9.0.{at}}}}}") + REST)
    only = source_of(found, "n7").root.child("nodes")
    assert only
    assert list(only.plain() or ()) == ["n7"]
    router, _ = build(found, "n7")
    assert router
    assert router.bgp[0].router_id == "10.9.0.7"


def unlike(steps: int, monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    monkeypatch.setattr(reach, "STEPS", steps)
    text = nodes(10, lambda at: f", override: {{l2vnis: [{{vni: 1}}, {{vni: {at + 2}}}]}}") + REST
    return [one for one in reach.check_reach(loaded(text), {}) if one.code == "MOD809"]


def test_unlike_nodes_are_followed_in_a_bounded_number_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unlike(reach.STEPS, monkeypatch) == []
    (some,) = unlike(300, monkeypatch)
    assert "does not follow 8 of the 10 kinds of nodes, from node n2 on" in some.message
    (none,) = unlike(5, monkeypatch)
    assert "does not follow 10 of the 10 kinds of nodes, from node n0 on" in none.message
