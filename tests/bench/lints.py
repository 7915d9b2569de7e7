"""Files for `frrcompile lint`: many tenants, lines of every kind, and a small one."""

from __future__ import annotations

from itertools import cycle, islice

from frrcompile.lint.configuration import Configuration
from tests.bench import diffs
from tests.syntax import corpus

RELEASE = (8, 4)
"""The FRR whose vtysh is compared with: the host's."""

SMALL = """\
frr version 8.4.4
frr defaults traditional
log syslog informational
!
vrf red
 vni 100
exit-vrf
!
router bgp 65001
 bgp router-id 10.0.0.1
 no bgp default ipv4-unicast
 neighbor 192.168.1.0 remote-as 65000
 neighbor 192.168.1.0 description leaf
 !
 address-family ipv4 unicast
  network 10.0.0.1/32
  neighbor 192.168.1.0 activate
  neighbor 192.168.1.0 route-map all in
  neighbor 192.168.1.0 route-map all out
 exit-address-family
 !
 address-family l2vpn evpn
  neighbor 192.168.1.0 activate
  advertise-all-vni
 exit-address-family
exit
!
route-map all permit 10
exit
!
"""
"""A file of 30 lines."""


def tenants(vrfs: int) -> str:
    """A frr.conf of some 25 lines for each VRF, in FRR's own order, in which nothing is undefined."""
    parts = [line for part in (diffs.vrf, diffs.instance) for number in range(vrfs) for line in part(number)]
    maps = [line for number in range(50) for line in (f"route-map rm{number} permit 10", "exit", "!")]
    return "\n".join([*parts, *maps, ""])


def mixed(lines: int) -> str:
    """The corpus's files one behind the other, again and again; without those behind which vtysh reads no further.

    Skips the caller, as a test, where the corpus is not there.
    """
    texts = []
    for path in corpus.files():
        text = corpus.text(path)
        if Configuration(text, "-", RELEASE).left is None and "\nend" not in text:
            texts.append(text if text.endswith("\n") else f"{text}\n")
    every = (line for text in cycle(texts) for line in text.splitlines(keepends=True))
    return "".join(islice(every, lines))
