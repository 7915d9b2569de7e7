"""Our own list of what differs, for when frr-reload.py has none."""

from __future__ import annotations

from reloader.engines.script import script
from reloader.plain import differences

RUNNING = """\
frr version 10.3
frr defaults traditional
hostname router
!
vrf red
 vni 100
exit-vrf
!
router bgp 64512
 no bgp default ipv4-unicast
 neighbor 192.0.2.1 remote-as 1
 !
 address-family ipv4 unicast
  neighbor 192.0.2.1 route-map old in
 exit-address-family
exit
!
router bgp 64512 vrf red
 !
 address-family ipv4 unicast
  network 10.0.0.0/8
 exit-address-family
exit
!
route-map old permit 10
 set metric 1
exit
!
end
"""


def test_what_is_the_same_differs_in_nothing() -> None:
    assert differences(RUNNING, RUNNING) == ()
    assert differences(RUNNING.replace(" !\n", "").replace("hostname router\n", ""), RUNNING) == ()


def test_lines_and_blocks_that_go_and_come() -> None:
    wanted = """\
vrf red
exit-vrf
router bgp 64512
 neighbor 192.0.2.1 remote-as 1
 address-family ipv4 unicast
  neighbor 192.0.2.1 activate
 exit-address-family
exit
ip route 10.0.0.0/8 blackhole
"""
    assert script(differences(wanted, RUNNING)).splitlines() == [
        *("vrf red", " no vni 100", "exit-vrf"),
        *("router bgp 64512", " bgp default ipv4-unicast", " address-family ipv4 unicast"),
        *("  no neighbor 192.0.2.1 route-map old in", " exit-address-family", "exit"),
        "no router bgp 64512 vrf red",
        "no route-map old permit 10",
        *("router bgp 64512", " address-family ipv4 unicast", "  neighbor 192.0.2.1 activate"),
        *(" exit-address-family", "exit", "ip route 10.0.0.0/8 blackhole"),
    ]
