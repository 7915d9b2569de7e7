"""Each message is the one that pyroute2 writes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from frrcompile.plumb import encode
from frrcompile.plumb import operations as do
from frrcompile.plumb.before import Before
from frrcompile.plumb.state import NOTHING, Address, Desired, Hop, Link, Macvlan, Neighbor, Route, Side, Vxlan
from tests.plumb import pyroute2_encode
from tests.plumb.worlds import OWNER, apply, consistent, models, operations, world

DESCRIPTORS: dict[Side, int] = {"host": 7, "router": 9}


def number(side: Side, name: str) -> int:
    return 100 + sum(map(ord, side + name))


OURS = encode.Encoder(OWNER, DESCRIPTORS, number)
THEIRS = pyroute2_encode.Encoder(OWNER, DESCRIPTORS, number)


def message(encoder: Any, one: do.Operation) -> Any:
    match one:
        case do.AddLink():
            return encoder.add_link(one), encoder.mark_link(one.link.name)
        case do.RemoveLink():
            return encoder.remove_link(one)
        case do.MoveLink():
            return encoder.move_link(one)
        case do.SetLink(side, name, "port", _, port):
            return encoder.set_port(side, name, port) if port else None
        case do.SetLink(side, name):
            return encoder.set_link(side, name, [one])
        case do.AddAddress() | do.RemoveAddress():
            return encoder.address(one)
        case do.AddRoute() | do.RemoveRoute():
            return encoder.route(one)
        case do.AddRule() | do.RemoveRule():
            return encoder.rule(one)
        case do.AddNeighbor() | do.RemoveNeighbor():
            return encoder.neighbor(one)
    return None


@given(models().filter(consistent))
def test_the_operations_of_models(desired: Desired) -> None:
    twin = world()
    todo, _ = operations(twin, desired, Before())
    before = apply(twin, desired)
    back, _ = operations(twin, NOTHING, before)
    for one in (*todo, *back, *(one.inverse for one in todo)):
        assert message(OURS, one) == message(THEIRS, one), one


SINGLE = Route(
    "10.0.0.0/8", (Hop("eth0", "192.0.2.1", flags=4),), 254, 100, "192.0.2.10", 16, 0, 1, 4, None, ((2, 1400), (8, 1))
)


@pytest.mark.parametrize(
    "one",
    [
        do.AddRoute("host", SINGLE),
        do.RemoveRoute("host", SINGLE),
        do.AddRoute("host", SINGLE._replace(table=1000, hops=(Hop(None),), kind=6, destination="0.0.0.0/0")),
        do.AddRoute("host", SINGLE._replace(hops=(Hop("eth0", "192.0.2.1", 3), Hop("eth1", None, 1, 4)))),
        do.AddRoute("host", SINGLE._replace(hops=(Hop("eth0", "fe80::1", flags=4),))),
        do.AddRoute(
            "host", Route("::/0", (Hop("eth0", "2001:db8::1"),), protocol=3, preference=1, source="2001:db8::2")
        ),
        do.AddRule("router", "ipv4"),
        do.RemoveRule("router", "ipv6"),
        do.AddNeighbor("router", Neighbor("br1", "10.0.0.1", "02:00:00:00:00:01")),
        do.RemoveNeighbor("router", Neighbor("br1", "fd00::1", "02:00:00:00:00:01")),
        do.AddLink("router", Link("mv0", Macvlan("eth1"), mtu=1500)),
        do.AddAddress("host", Address("eth0", "192.0.2.1/32", "192.0.2.2", None, "eth0:1", 253), owned=False),
        do.AddAddress("host", Address("eth0", "192.0.2.1/24", None, "192.0.2.255")),
        do.SetLink("router", "vni1", "kind", Vxlan(1, "192.0.2.1", 4789), Vxlan(1, "192.0.2.2", 4789)),
        do.SetLink("router", "vni1", "kind", Vxlan(1, "fd00::1", 4789), Vxlan(1, "fd00::2", 4789, True)),
        do.SetLink("router", "x", "master", "red", None),
        do.SetLink("router", "x", "up", True, False),
        do.SetLink("router", "x", "link_local", False, True),
        do.SetLink("host", "x", "alias", "to leaf 1", ""),
    ],
)
def test_one_operation(one: do.Operation) -> None:
    assert message(OURS, one) == message(THEIRS, one)
