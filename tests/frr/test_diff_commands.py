"""The commands of a diff, on real FRRs: what runs then is what a fresh start of the new file shows, and no policy was away."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import strategies as st

from tests.frr.changing import change
from tests.frr.installation import Installation
from tests.frr.known_limits import unknown
from tests.frr.trial import compiled
from tests.models.pairs import examples, pairs

pytestmark = [pytest.mark.frr, pytest.mark.deep]

SEED = 20240911
PAIRS = 10

LISTS = """\
ip prefix-list p seq 5 permit 10.0.0.0/8
ip prefix-list p seq 10 permit 10.1.0.0/16
ip prefix-list p seq 15 deny any
bgp community-list standard c seq 5 permit 65000:1
bgp community-list standard c seq 10 permit 65000:2
bgp as-path access-list a seq 5 permit ^1
access-list x seq 5 permit 10.0.0.0/8
access-list x seq 10 deny any
route-map m permit 10
 match ip address prefix-list p
 set metric 5
exit
route-map m deny 20
exit
"""

BY_HAND = {
    "entries change places": (
        LISTS,
        LISTS.replace("seq 5 permit 10.0.0.0/8", "seq 5 permit 10.1.0.0/16", 1)
        .replace("seq 10 permit 10.1.0.0/16", "seq 10 permit 10.0.0.0/8", 1)
        .replace("seq 5 permit 65000:1", "seq 5 permit 65000:2")
        .replace("seq 10 permit 65000:2", "seq 10 permit 65000:1"),
    ),
    "a route-map's entry": (
        LISTS,
        LISTS.replace("match ip address prefix-list p", "match community c").replace("set metric 5", "set weight 7"),
    ),
    "an action": (LISTS, LISTS.replace("route-map m deny 20", "route-map m permit 20")),
    "policies that go with their uses": (
        LISTS + "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n address-family ipv4 unicast\n"
        "  neighbor 192.0.2.1 route-map m in\n  neighbor 192.0.2.1 filter-list a out\n exit-address-family\nexit\n",
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\nexit\n",
    ),
    "a group that ends and a member that stays": (
        "router bgp 65000\n neighbor g peer-group\n neighbor g remote-as 65001\n neighbor 192.0.2.1 peer-group g\n"
        " neighbor 192.0.2.1 description x\nexit\n",
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.1 description x\nexit\n",
    ),
    "the default of IPv4 unicast": (
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.2 remote-as 65001\nexit\n",
        "router bgp 65000\n no bgp default ipv4-unicast\n neighbor 192.0.2.1 remote-as 65001\n"
        " neighbor 192.0.2.2 remote-as 65001\n address-family ipv4 unicast\n  neighbor 192.0.2.2 activate\n exit-address-family\nexit\n",
    ),
    "another AS, with VRFs and their VNIs": (
        "vrf red\n vni 100\nexit-vrf\nrouter bgp 65000\n address-family l2vpn evpn\n  advertise-all-vni\n exit-address-family\nexit\n"
        "router bgp 65000 vrf red\n address-family l2vpn evpn\n  advertise ipv4 unicast\n exit-address-family\nexit\n",
        "vrf red\n vni 100\nexit-vrf\nrouter bgp 65009\n address-family l2vpn evpn\n  advertise-all-vni\n exit-address-family\nexit\n"
        "router bgp 65009 vrf red\n address-family l2vpn evpn\n  advertise ipv4 unicast\n exit-address-family\nexit\n",
    ),
    "a VNI that moves": (
        "vrf red\n vni 100\nexit-vrf\nvrf blue\nexit-vrf\n",
        "vrf red\nexit-vrf\nvrf blue\n vni 100\nexit-vrf\n",
    ),
    "what a link has for traffic engineering": (
        "interface e0\n link-params\n  metric 30\n exit-link-params\nexit\n"
        "interface e1\n link-params\n  metric 40\n exit-link-params\nexit\n",
        "interface e0\n link-params\n  metric 20\n exit-link-params\nexit\n",
    ),
    "labels for unicast": (
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\nexit\n",
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.2 remote-as 65001\n"
        " address-family ipv4 unicast\n  no neighbor 192.0.2.1 activate\n  no neighbor 192.0.2.2 activate\n exit-address-family\n"
        " address-family ipv4 labeled-unicast\n  neighbor 192.0.2.1 activate\n  neighbor 192.0.2.2 activate\n exit-address-family\nexit\n",
    ),
    "labels for unicast in a new instance": (
        "",
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n"
        " address-family ipv4 unicast\n  no neighbor 192.0.2.1 activate\n exit-address-family\n"
        " address-family ipv4 labeled-unicast\n  neighbor 192.0.2.1 activate\n exit-address-family\nexit\n",
    ),
    "an internal neighbour that becomes external": (
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65000\n address-family ipv4 unicast\n"
        "  neighbor 192.0.2.1 route-reflector-client\n exit-address-family\nexit\n",
        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n address-family ipv4 unicast\n"
        "  neighbor 192.0.2.1 remove-private-AS\n  neighbor 192.0.2.1 as-override\n exit-address-family\nexit\n",
    ),
    "how often a router advertises itself, and for how long": (
        "interface e0\n ipv6 nd ra-interval 3\n ipv6 nd ra-lifetime 30\nexit\ninterface e1\n ipv6 nd ra-interval 3\n"
        " ipv6 nd ra-lifetime 30\nexit\n",
        "interface e0\n ipv6 nd ra-interval 1000\n ipv6 nd ra-lifetime 4000\nexit\n",
    ),
    "an Ethernet segment": (
        "interface e0\n evpn mh es-id 1\n evpn mh es-sys-mac 44:38:39:ff:ff:01\nexit\n",
        "interface e0\n evpn mh es-id 2\n evpn mh es-sys-mac 44:38:39:ff:ff:02\nexit\n",
    ),
    "BFD": (
        "bfd\n profile a\n  receive-interval 50\n  minimum-ttl 10\n exit\n profile b\n exit\nexit\n",
        "bfd\n profile a\n  receive-interval 60\n exit\nexit\n",
    ),
    "routes": (
        "ip route 10.0.0.0/8 192.0.2.1 tag 5\nip route 10.1.0.0/16 blackhole\nip route 10.4.0.0/16 blackhole\n"
        "vrf red\n ip route 10.2.0.0/16 192.0.2.1\nexit-vrf\n",
        "ip route 10.0.0.0/8 192.0.2.1 tag 6\nip route 10.1.0.0/16 192.0.2.1\nip route 10.4.0.0/16 Null0\n"
        "vrf red\n ip route 10.3.0.0/16 192.0.2.1\nexit-vrf\n",
    ),
    "the interface of a link-local address": (
        "router bgp 65000\n neighbor fe80::1 remote-as 65001\n neighbor fe80::1 interface e0\n neighbor fe80::2 remote-as 65001\n"
        " neighbor fe80::2 interface e0\nexit\n",
        "router bgp 65000\n neighbor fe80::2 remote-as 65001\n neighbor fe80::2 interface e1\nexit\n",
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_by_hand(installation: Installation, case: str) -> None:
    old, new = BY_HAND[case]
    for one, two in ((old, new), (new, old)):
        outcome = change(installation, one, two)
        assert outcome.symptoms == [], outcome.commands
        assert outcome.looks > 0


@pytest.mark.long
def test_random_models(installation: Installation) -> None:
    tried = 0
    for documents in islice(examples(SEED, pairs(st.sampled_from((0, 1, 2, 3)))), 3 * PAIRS):
        confs = [conf for document in documents if (conf := compiled(document, installation.version)) is not None]
        if len(confs) == 2 and tried < PAIRS:
            outcome = change(installation, *confs)
            assert unknown([f"load: {line}" for line in outcome.refused], installation.version) == []
            assert outcome.symptoms == [], (confs, outcome.commands)
            tried += not outcome.refused
    assert tried == PAIRS
