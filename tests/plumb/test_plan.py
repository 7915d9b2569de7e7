"""The desired state of the two namespaces, from a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.ir.build import build, load_site
from frrcompile.plumb.plan import NODAD, plan
from frrcompile.plumb.state import Address, Bridge, Desired, Link, Moved, Port, Present, Veth, Vrf, Vxlan
from tests.conftest import BLOG_NODE, ROOT

GOLDENS = sorted((ROOT / "golden").glob("*/input.yaml"))


def desired(path: Path, node: str | None = None) -> Desired:
    loaded = load_site([str(path)])
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
