"""The judge's filter, on what frr-reload.py --test printed in real runs of 8.4.4, 10.3 and 10.7.1."""

from __future__ import annotations

import pytest

from reloader import residual
from reloader.residual import Difference

NOISE = """
Lines To Delete
===============
no hostname router
no ip forwarding
ipv6 forwarding
frr version 10.3
no frr defaults traditional
no vrf red

Lines To Add
============
vrf blue
vrf green
exit
interface lo
exit
interface eth0 vrf red
ip forwarding
hostname other
"""

OF_8_4 = """
Lines To Delete
===============
no hostname router
vrf red
 no vni 100
no router bgp 64514

Lines To Add
============
router bgp 64514
 address-family l2vpn evpn
  neighbor 192.168.11.2 activate
router bgp 64515
router bgp 64515
 neighbor 10.0.0.1 remote-as 1
vrf blue
vrf blue
 vni 100
"""

OF_10 = """2026-11-22 04:16:27,842  INFO: Called via "Namespace(input=None, reload=False)"
2026-11-22 04:16:27,859  INFO: Loading Config object from vtysh show running

Lines To Delete
===============
no hostname router
vrf red
 no vni 100
exit
no router bgp 64514

Lines To Add
============
router bgp 64514
 address-family l2vpn evpn
  neighbor 192.168.11.2 activate
 exit
exit
router bgp 64515
exit
router bgp 64515
 neighbor 10.0.0.1 remote-as 1
exit
vrf blue
exit
vrf blue
 vni 100
exit
"""


def empty(_name: str) -> bool:
    return True


def full(_name: str) -> bool:
    return False


def test_noise_is_no_difference() -> None:
    assert residual.harmful(residual.differences(NOISE), empty) == []
    assert residual.harmful(residual.differences(""), full) == []


@pytest.mark.parametrize(
    ("said", "output", "differs"),
    [
        ("ip forwarding", "Lines To Delete\nip forwarding\nLines To Add\nip forwarding\n", ["delete: ip forwarding"]),
        ("ip forwarding", "Lines To Add\nip forwarding\n", []),  # it is on
        ("no ipv6 forwarding", "Lines To Add\nno ipv6 forwarding\n", ["add: no ipv6 forwarding"]),
        ("hostname x", "Lines To Delete\nip forwarding\nipv6 forwarding\n", []),  # the file leaves it
        ("frr defaults datacenter", "Lines To Add\nfrr defaults datacenter\n", ["add: frr defaults datacenter"]),
    ],
)
def test_forwarding_and_defaults_are_what_the_file_says(said: str, output: str, differs: list[str]) -> None:
    """The lists are those of 8.4.4, 10.3 and 10.7.1."""
    assert [str(one) for one in residual.harmful(residual.differences(output), empty, {said})] == differs


def test_a_vrf_with_content_that_is_to_be_deleted_counts() -> None:
    assert residual.harmful(residual.differences(NOISE), full) == [Difference("delete", ("no vrf red",))]


@pytest.mark.parametrize("output", [OF_8_4, OF_10], ids=["8.4.4", "10"])
def test_differences_have_their_contexts(output: str) -> None:
    assert [str(difference) for difference in residual.harmful(residual.differences(output), empty)] == [
        "delete: vrf red / no vni 100",
        "delete: no router bgp 64514",
        "add: router bgp 64514 / address-family l2vpn evpn / neighbor 192.168.11.2 activate",
        "add: router bgp 64515",
        "add: router bgp 64515 / neighbor 10.0.0.1 remote-as 1",
        "add: vrf blue / vni 100",
    ]


def test_a_line_that_looks_like_noise_inside_a_context_counts() -> None:
    output = "Lines To Add\n============\ninterface x\n ip forwarding\nexit\n"
    assert len(residual.harmful(residual.differences(output), empty)) == 1


def test_vrf_content() -> None:
    running = (
        "vrf red\n vni 100\n ip route 1.0.0.0/8 blackhole\nexit-vrf\n!\nvrf blue\nexit-vrf\nrouter bgp 1 vrf blue\n x\n"
    )
    assert residual.vrf_content(running, "red") == ["vni 100", "ip route 1.0.0.0/8 blackhole"]
    assert residual.vrf_content(running, "blue") == []


def test_the_line_of_a_difference_is_the_one_in_its_own_context() -> None:
    text = (
        "vrf red\n vni 100\nexit-vrf\nvrf blue\n vni 100\nexit-vrf\n"
        "router bgp 1\n address-family ipv4 unicast\n  neighbor 192.0.2.1 activate\n exit-address-family\n"
        " address-family l2vpn evpn\n  neighbor 192.0.2.1   activate\n exit-address-family\n"
    )
    assert residual.line_of(("vrf blue", "vni 100"), text) == 5
    evpn = ("router bgp 1", "address-family l2vpn evpn", "neighbor 192.0.2.1 activate")
    assert residual.line_of(evpn, text) == 12
    assert residual.line_of(("router bgp 1",), text) == 7
    assert residual.line_of(("router bgp 2", "neighbor 192.0.2.1 activate"), text) is None
