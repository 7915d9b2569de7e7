"""A small EVPN node, for tests that need a configuration which FRR accepts and shows as it was given."""

NODE = """\
vrf red
 vni 100
exit-vrf
!
router bgp 64514
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 neighbor 192.168.11.2 remote-as 64512
 !
 address-family ipv4 unicast
  network 100.65.0.2/32
  neighbor 192.168.11.2 activate
 exit-address-family
 !
 address-family l2vpn evpn
  neighbor 192.168.11.2 activate
  advertise-all-vni
 exit-address-family
exit
!
router bgp 64516 vrf red
 !
 address-family l2vpn evpn
  advertise ipv4 unicast
 exit-address-family
exit
"""
