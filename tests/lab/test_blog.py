"""The blog's lab: HOST1 reaches a pod through VXLAN when the node is as frrcompile says, and only then."""

from __future__ import annotations

import json
import re

import pytest

from tests.lab import blog, fabric, vxlan
from tests.lab.machine import Report

pytestmark = pytest.mark.lab

LEAF1, NODE = "100.64.0.1", "100.65.0.2"
ROUTER_MAC = "aa:bb:cc:00:00:66"
GOOD = ("good", "good again")


def replies(report: Report, step: str) -> tuple[int, int]:
    """How many packets a ping sent, and how many came back."""
    match = re.search(r"(\d+) packets transmitted, (\d+) received", report[step].text)
    assert match, report[step].text
    return int(match[1]), int(match[2])


@pytest.mark.parametrize("node", GOOD)
def test_host1_pings_the_pod(blog_lab: Report, node: str) -> None:
    assert replies(blog_lab, f"{node}: ping") == (10, 10)


def test_the_largest_packet_fits(blog_lab: Report) -> None:
    assert replies(blog_lab, "good: ping of 1450 bytes") == (3, 3)


@pytest.mark.parametrize("node", GOOD)
def test_leaf2_sees_vxlan(blog_lab: Report, node: str) -> None:
    seen = vxlan.packets(blog_lab.files / blog.capture_of(node))
    to_pod = [one for one in seen if (one.source, one.destination) == (fabric.HOST1, fabric.POD)]
    from_pod = [one for one in seen if (one.source, one.destination) == (fabric.POD, fabric.HOST1)]
    assert {(one.vni, one.vtep_from, one.vtep_to, one.mac_to) for one in to_pod} == {(100, LEAF1, NODE, ROUTER_MAC)}
    assert {(one.vni, one.vtep_from, one.vtep_to) for one in from_pod} == {(100, NODE, LEAF1)}
    assert [one.icmp for one in to_pod] == [vxlan.ECHO_REQUEST] * 13
    assert [one.icmp for one in from_pod] == [vxlan.ECHO_REPLY] * 13


@pytest.mark.parametrize("node", GOOD)
def test_a_second_apply_changes_nothing(blog_lab: Report, node: str) -> None:
    assert blog_lab[f"{node}: links again"].text == "k0-control-plane: nothing was to be done\n"
    events = blog_lab[f"{node}: events"].text.splitlines()
    # What sessions do by themselves: neighbors become stale and reachable.
    assert [line for line in events if "lladdr" not in line] == []
    before, after = (
        json.loads(blog_lab[f"{node}: session {when}"].text)["192.168.11.2"] for when in ("before", "after")
    )
    assert before["bgpState"] == after["bgpState"] == "Established"
    assert before["connectionsEstablished"] == after["connectionsEstablished"]


@pytest.mark.parametrize("wrong", blog.WRONG)
def test_a_wrong_node_is_noticed(blog_lab: Report, wrong: str) -> None:
    """The fabric has the pod's route by then: it is not for want of a session or of time."""
    assert blog_lab[f"{wrong}: leaf2 has the route"].ok
    assert replies(blog_lab, f"{wrong}: ping") == (5, 0)
    seen = vxlan.packets(blog_lab.files / blog.capture_of(wrong))
    assert not [one for one in seen if one.icmp == vxlan.ECHO_REPLY]
