"""A plan for people."""

from __future__ import annotations

import re

from frrcompile.ir import links as ir
from frrcompile.plumb import operations as do
from frrcompile.plumb.offline import offline
from frrcompile.plumb.state import Address, Link, Sysctl, Veth, Vrf
from frrcompile.plumb.text import mtus, render, rows
from tests.conftest import BLOG_NODE
from tests.plumb.test_plan import desired

BLOG = """\
k0:

  ~ sysctl net/ipv4/ip_forward in the router: ? -> 1
  + vrf red in the router: table 1100
      up
  + bridge br100 in the router: MAC address aa:bb:cc:00:00:66, MTU 1450
      no IPv6 link-local address, master red, up
  + vxlan vni100 in the router: VNI 100, local 100.65.0.2, UDP port 4789, MTU 1450
      no IPv6 link-local address, master br100, neigh_suppress on, learning off, up
  + veth frr1 <-> frr0 in the router: MTU 1450
      frr1: master red, 192.169.10.1/24, up
      frr0: 192.169.10.0/24, up
  > nic eth1 from the host to the router
      192.168.11.3/24, up
  + address 100.65.0.2/32 on lo in the router
  ~ lo in the router: state down -> up

Plan: 5 to add, 2 to change, 1 to move.
"""


def operations() -> list[do.Operation]:
    """The blog's node, with one sysctl of all."""
    every = offline(desired(BLOG_NODE), "frrcompile")
    keys = [one for one in every if isinstance(one, do.SetSysctl)]
    return [one for one in every if one not in keys[1:]]


def test_what_a_new_link_gets_stands_below_it() -> None:
    assert render("k0", operations()) == BLOG


def test_a_link_that_was_there_has_a_row_for_each_change() -> None:
    found = render("k0", [do.SetLink("router", "br100", "mtu", 1500, 1450), do.RemoveLink("host", Link("x", Vrf(7)))])
    assert "  ~ br100 in the router: MTU 1500 -> 1450\n  - vrf x on the host\n" in found
    assert found.endswith("Plan: 1 to change, 1 to remove.\n")


def test_what_a_missing_link_gets_has_no_row_of_its_own() -> None:
    shown, given = rows(operations())
    assert [one.sign for one in shown].count("+") == 5
    assert not any(isinstance(one, do.SetLink) and one.name != "lo" for one in shown)
    assert given["router", "red"] == ["up"]


def test_nothing_to_do() -> None:
    assert render("k0", []) == "k0: nothing would change\n"


def test_colors_are_of_the_signs_alone() -> None:
    colored = render("k0", operations(), colour=True)
    assert re.sub("\x1b\\[[0-9]*m", "", colored) == BLOG
    assert "  \x1b[32m+\x1b[0m vrf red" in colored
    assert "  \x1b[36m>\x1b[0m nic eth1" in colored


def test_a_nic_that_keeps_its_addresses() -> None:
    moved: list[do.Operation] = [do.MoveLink("eth1", "host", "", ""), do.SetLink("router", "eth1", "up", False, True)]
    assert "      keeps its addresses, up\n" in render("k0", moved, {"eth1"})


def test_names_of_others_cannot_act_on_a_terminal() -> None:
    hostile = do.AddLink("host", Link("\x1b[31m\u202ex", Veth("y", "router")))
    assert "\x1b" not in render("a\nb", [hostile, do.AddAddress("host", Address("\x1b[31m\u202ex", "192.0.2.1/24"))])
    assert "\u202e" not in render("a\nb", [hostile, do.SetSysctl("router", Sysctl("k", "1"), "\u202e")])


def veth(host: str, mtu: int, vrf: str | None) -> ir.Veth:
    return ir.Veth(host, f"pe-{host}", vrf, (), (), mtu)


def test_the_pods_mtu() -> None:
    assert mtus(ir.Links(), None) == ""
    same = ir.Links(veths=(veth("host1", 1450, "red"), veth("host2", 1450, None)))
    assert mtus(same, 1450) == "The pods' MTU is 1450 bytes at most.\n"


def test_ends_with_other_mtus_are_listed() -> None:
    links = ir.Links(
        veths=(veth("host1", 1450, "red"),),
        vxlans=(ir.Vxlan("vni110", 110, "192.0.2.1", "br110", 4789, 1400, True),),
        segment_veths=(ir.SegmentVeth("tenant0", "pl2-110", "br110", None, 1400),),
    )
    assert mtus(links, 1450).splitlines() == [
        "The pods' MTU is 1450 bytes at most.",
        "At each end on the host:",
        "  host1     1450 bytes  VRF red",
        "  tenant0   1400 bytes  L2VNI 110",
    ]
