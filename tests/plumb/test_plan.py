"""The desired state of the two namespaces, from a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.pipeline.site import build, load_site
from frrcompile.plumb.plan import NODAD, plan
from frrcompile.plumb.state import Address, Bridge, Desired, Link, Macvlan, Moved, Port, Present, Veth, Vlan, Vrf, Vxlan
from tests.conftest import BLOG_NODE, ROOT

GOLDENS = sorted((ROOT / "golden").glob("*/input.yaml"))


def desired(path: Path, node: str | None = None) -> Desired:
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site
    router, findings = build(loaded, node or next(iter(loaded.site.nodes)))
    assert router, findings
    return plan(router.links)


def without_place(links: tuple[Link, ...]) -> list[Link]:
    return [link._replace(at=()) for link in links]


def test_the_blogs_node() -> None:
    found = desired(BLOG_NODE)
    assert without_place(found.router.links) == [
        Link("lo", Present()),
        Link("eth1", Moved(), least_mtu=1500),
        Link("red", Vrf(1100)),
        Link("br100", Bridge(), mtu=1450, mac="aa:bb:cc:00:00:66", master="red", link_local=False),
        Link(
            "vni100",
            Vxlan(100, "100.65.0.2", 4789),
            mtu=1450,
            master="br100",
            link_local=False,
            port=Port(suppress_neighbors=True, learning=False),
        ),
        Link("frr1", Veth("frr0", "host"), mtu=1450, master="red"),
    ]
    assert without_place(found.host.links) == [Link("frr0", Veth("frr1", "router"), mtu=1450)]
    assert found.router.addresses == (
        Address("lo", "100.65.0.2/32"),
        Address("eth1", "192.168.11.3/24"),
        Address("frr1", "192.169.10.1/24"),
    )
    assert found.host.addresses == (Address("frr0", "192.169.10.0/24"),)
    assert found.keeping == frozenset()
    assert found.pod_mtu == 1450


def test_how_each_link_comes() -> None:
    found = desired(ROOT / "golden" / "everything" / "input.yaml")
    assert [link for link in without_place(found.router.links) if link.name in ("eth1", "eth2.10", "fabric0")] == [
        Link("eth1", Moved(), least_mtu=9000),
        Link("eth2.10", Vlan("eth2", 10), mtu=9000),
        Link("fabric0", Macvlan("enp65s0f0np0"), mtu=9000),
    ]
    parents = [link for link in without_place(found.host.links) if link.name in ("eth2", "enp65s0f0np0")]
    assert sorted(parents) == [Link("enp65s0f0np0", Present(), least_mtu=9000), Link("eth2", Present(), least_mtu=9000)]
    assert found.keeping == frozenset(), "only a NIC that moves, without addresses in the model, keeps its own"
    other = desired(ROOT / "golden" / "everything" / "input.yaml", "node-1")
    assert Link("net1", Present(), least_mtu=9000) in without_place(other.router.links)
    assert other.keeping == frozenset()


def test_a_parent_has_room_for_all_links_that_are_made_of_it(tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    several = "{name: e, vlan: 10, mtu: 1600}, {name: e, vlan: 20, mtu: 9000}, {name: e, attach: macvlan, mtu: 1500}"
    model.write_text(f"""\
nodes: {{a: {{index: 0}}}}
router: {{asn: 64514}}
underlay: {{interfaces: [{several}], neighbors: [{{address: 192.0.2.1, remote-as: 64514}}]}}
""")
    assert without_place(desired(model).host.links) == [Link("e", Present(), least_mtu=9000)]


def test_a_host_leg_is_in_no_bridge() -> None:
    found = desired(ROOT / "golden" / "everything" / "input.yaml")
    assert Link("tenant0", Veth("pl2-130", "router"), mtu=8950, link_local=False) in without_place(found.host.links)


def test_ipv6_addresses_are_usable_at_once() -> None:
    found = desired(ROOT / "golden" / "dual-stack" / "input.yaml")
    addresses = found.router.addresses + found.host.addresses
    assert {one.flags for one in addresses if ":" in one.address} == {NODAD}
    assert {one.flags for one in addresses if ":" not in one.address} == {0}


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_every_master_is_there_before_its_ports(path: Path) -> None:
    found = desired(path)
    for namespace in (found.host, found.router):
        seen: set[str] = set()
        for link in namespace.links:
            assert link.master is None or link.master in seen
            assert link.name not in seen
            seen.add(link.name)
        assert {address.link for address in namespace.addresses} <= seen


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_both_legs_of_a_pair_are_desired(path: Path) -> None:
    found = desired(path)
    legs = {
        ("host" if namespace is found.host else "router", link.name): (link.kind.side, link.kind.peer)
        for namespace in (found.host, found.router)
        for link in namespace.links
        if isinstance(link.kind, Veth)
    }
    assert all(legs[peer] == leg for leg, peer in legs.items())
