"""What the host loses with a NIC that moves is listed, and a default route is warned of."""

from __future__ import annotations

import json

from frrcompile.plumb.before import Before
from frrcompile.plumb.dump import plan_json
from frrcompile.plumb.losses import Loss, losses, warning
from frrcompile.plumb.state import Desired, Hop, Link, Moved, Namespace, Route
from frrcompile.plumb.text import render
from tests.plumb.twin import Twin
from tests.plumb.worlds import OWNER, apply, operations, world

ROWS = """\
      the host loses address 192.0.2.10/24
      the host loses address 192.0.2.11/24
      the host loses address 2001:db8::10/64
      the host loses default route 0.0.0.0/0 via 192.0.2.1 dev eth0 metric 100
      the host loses route 203.0.113.0/24 via 192.0.2.1 dev eth0 table 200
      the host loses default route ::/0 via 2001:db8::1 dev eth0
"""


def moving(*names: str) -> Desired:
    return Desired(router=Namespace(tuple(Link(name, Moved()) for name in names)))


def lost(twin: Twin, desired: Desired) -> dict[str, Loss]:
    return losses(operations(twin, desired, Before())[0], twin.observe(), OWNER)


def test_each_address_and_route_is_listed_below_its_nic() -> None:
    twin = world()
    todo = operations(twin, moving("eth0"), Before())[0]
    found = lost(twin, moving("eth0"))
    assert "  > nic eth0 from the host to the router\n" in render("k0", todo, (), found)
    assert ROWS in render("k0", todo, (), found)
    document = json.loads(plan_json("k0", moving("eth0"), todo, found))
    (one,) = document["host_loses"]
    assert one["nic"] == "eth0"
    assert [len(one["addresses"]), len(one["routes"])] == [3, 3]


def test_a_default_route_that_leaves_is_warned_of() -> None:
    assert warning(lost(world(), moving("eth1", "eth2"))) == ""
    found = warning(lost(world(), moving("eth2", "eth0")))
    assert found.startswith(
        "the host's default route leaves with NIC eth0 (0.0.0.0/0 via 192.0.2.1 dev eth0 metric 100)"
    )
    assert "`plumb apply --confirm 60`" in found


def test_a_default_route_from_a_router_advertisement_counts() -> None:
    twin = world()
    twin.routes["host"] = [Route("::/0", (Hop("eth1", "fe80::1"),), protocol=9)]
    assert "default route leaves with NIC eth1" in warning(lost(twin, moving("eth1")))


def test_a_nic_that_is_in_the_router_already_takes_nothing() -> None:
    twin = world()
    before = apply(twin, moving("eth0"))
    assert losses(operations(twin, moving("eth0"), before)[0], twin.observe(), OWNER) == {}
