"""Policies in daemons' own words: what two daemons can be compared in, on texts as 8.4.4, 10.3 and 10.7.1 show them."""

from __future__ import annotations

from reloader import policies

BGPD = """
frr version 10.3
!
hostname k0
!
route-map pods permit 10
 description what pods may say
 match ip address prefix-list pods
 match community theirs
 set ip next-hop 192.0.2.7
 set ipv6 next-hop global 2001:db8::1
exit
!
router bgp 64514
 neighbor 192.0.2.1 remote-as 64512
 !
 address-family ipv4 unicast
  neighbor 192.0.2.1 route-map pods in
 exit-address-family
exit
!
access-list here remark whose it is
ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32
bgp community-list standard theirs seq 5 permit 64512:1
!
end
"""
ZEBRA = """
route-map pods permit 10
 description what pods may say
 match ip address prefix-list pods
 match ipv6 address prefix-len 48
 match source-protocol bgp
 set ip next-hop 192.0.2.7
 set src 192.0.2.8
exit
!
access-list here remark whose it is
ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32
end
"""
HEAD = "route-map pods permit 10"
ALL = [
    (HEAD,),
    (HEAD, "description what pods may say"),
    (HEAD, "match ip address prefix-list pods"),
    (HEAD, "set ip next-hop 192.0.2.7"),
    ("access-list here remark whose it is",),
    ("ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32",),
]


def test_what_only_one_daemon_can_show_is_left_out() -> None:
    assert list(policies.policies(BGPD)) == list(policies.policies(ZEBRA)) == ALL


def lacking(**texts: str) -> list[str]:
    return list(map(str, policies.compared(texts, "mgmtd" if "mgmtd" in texts else "zebra")))


def test_each_of_the_two_must_have_what_any_daemon_shows() -> None:
    entry, listed = "add: route-map pods permit 10", "add: ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32"
    assert lacking(bgpd=BGPD, zebra=ZEBRA) == []
    without = BGPD.replace(" match ip address prefix-list pods\n", "")
    assert lacking(bgpd=without, zebra=ZEBRA) == [f"{entry} / match ip address prefix-list pods (in bgpd)"]
    # From FRR 9 on it is mgmtd that has what zebra works with; zebra itself shows no route maps.
    lists = "ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32\n"
    assert lacking(bgpd=BGPD, mgmtd=ZEBRA.replace(lists, ""), zebra=lists) == [f"{listed} (in mgmtd)"]
    # Where both have lost it, a third one may show it.
    found = lacking(bgpd="", mgmtd="", zebra="", bfdd=lists)
    assert found == [f"{listed} (in bgpd)", f"{listed} (in mgmtd)"]


def test_a_daemon_that_is_not_there_lacks_nothing() -> None:
    assert lacking(zebra=ZEBRA) == lacking(bgpd=BGPD) == []
