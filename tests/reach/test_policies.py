"""Route maps as FRR applies them. Each case was seen on live FRR, by random sites."""

from __future__ import annotations

import pytest

from frrcompile.pipeline.site import build, load_site
from frrcompile.reach.policies import Denied, Outcome, Permitted, Policies
from frrcompile.reach.prefixes import prefix
from frrcompile.reach.route import MACIP, MULTICAST, Route, Unknown

MODEL = """\
nodes: {k0: {index: 0}}
router: {asn: 64514}
underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}]}
prefix-lists: {short: [{action: permit, prefix: 0.0.0.0/0, le: 28}]}
"""
ROUTE = Route("ipv4-unicast", 0, prefix("172.20.1.1/32"))


def applied(entries: str, route: Route, frr: str = "10.7", *, incoming: bool = False) -> Outcome:
    """What a route map makes of a route."""
    model = f"{MODEL}route-maps: {{m: [{entries}], common: [{{action: permit, match: {{prefix-list: short}}}}]}}\n"
    loaded = load_site({"model.yaml": model.encode()}, frr=frr)
    node, findings = build(loaded, "k0")
    assert node, findings
    return Policies(node).apply("m", route, incoming=incoming)


@pytest.mark.parametrize(
    ("entries", "permitted"),
    [
        ("{action: permit}", True),
        ("{action: permit, match: {prefix-list: short}}", False),
        ("{action: permit, next: true}", True),
        ("{action: permit, next: true}, {action: permit, match: {prefix-list: short}}", False),
        ("{action: permit, next: true}, {action: permit}", True),
        ("{action: permit, next: true}, {action: deny}", False),
        ("{action: permit, call: common}", False),
        ("{action: permit, match: {prefix-list: short}}, {action: permit, next: true}", True),
    ],
)
def test_which_entry_decides(entries: str, permitted: bool) -> None:
    assert isinstance(applied(entries, ROUTE), Permitted if permitted else Denied)


@pytest.mark.parametrize(
    ("frr", "outcome"), [("8.4", Denied), ("9.1", Unknown), ("10.3", Permitted), ("10.7", Permitted)]
)
def test_a_type_3_route_has_no_label(frr: str, outcome: type) -> None:
    route = Route("l2vpn-evpn", MULTICAST, vni=110)
    assert isinstance(applied("{action: permit, match: {vni: 111}}", route, frr), outcome)


@pytest.mark.parametrize(("frr", "outcome"), [("8.4", Permitted), ("10.3", Unknown), ("10.7", Permitted)])
def test_the_vni_of_an_incoming_type_2_route(frr: str, outcome: type) -> None:
    route = Route("l2vpn-evpn", MACIP, vni=110)
    assert isinstance(applied("{action: permit, match: {vni: 110}}", route, frr, incoming=True), outcome)


def test_what_is_set_before_next_counts() -> None:
    found = applied("{action: permit, set: {communities: [no-export]}, next: true}, {action: permit}", ROUTE)
    assert isinstance(found, Permitted)
    assert found.route.communities == {"no-export"}
