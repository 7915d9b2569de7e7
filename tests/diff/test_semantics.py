"""What is a change to FRR, and what is none."""

from __future__ import annotations

import pytest

from frrcompile.diff import difference
from frrcompile.diff.changes import Change

RELEASE = (10, 7)

BGP = "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.2 remote-as 65002\n"


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    """Each change: the headers around it, what it was, and what it is."""
    found = difference(old, new, RELEASE)

    def around(change: Change) -> str:
        contexts = (found.new if change.new else found.old).contexts
        return " / ".join(contexts[change.path[: depth + 1]].header.text for depth in range(len(change.path)))

    return [
        (
            around(change),
            change.old.text if change.old else "",
            change.new.text if change.new else "",
        )
        for change in found.changes
    ]


SAME = {
    "order of neighbours": (
        BGP,
        "router bgp 65000\n neighbor 192.0.2.2 remote-as 65002\n neighbor 192.0.2.1 remote-as 65001\n",
    ),
    "order of blocks": ("vrf red\n vni 1\nvrf blue\n vni 2\n", "vrf blue\n vni 2\nvrf red\n vni 1\n"),
    "comments and exits": ("! a\nvrf red\n vni 1\nexit-vrf\n!\n", "vrf red\n\n vni 1\n"),
    "two blocks of one interface": (
        "interface e\n ip address 1.0.0.1/8\n",
        "interface e\ninterface e\n ip address 1.0.0.1/8\n",
    ),
    "abbreviations": ("int e\n desc x\n", "interface e\n description x\n"),
    "the family's long form": (
        BGP + " address-family ipv4\n  network 10.0.0.0/8\n",
        BGP + " address-family ipv4 unicast\n  network 10.0.0.0/8\n",
    ),
    "a family's line outside of it": (
        BGP + " network 10.0.0.0/8\n",
        BGP + " address-family ipv4 unicast\n  network 10.0.0.0/8\n",
    ),
    "an empty family": (BGP, BGP + " address-family l2vpn evpn\n exit-address-family\n"),
    "a line taken back": (BGP, BGP + " bgp router-id 192.0.2.9\n no bgp router-id\n"),
    "a neighbour taken back": (
        BGP,
        BGP + " neighbor 192.0.2.3 remote-as 65003\n neighbor 192.0.2.3 weight 5\n no neighbor 192.0.2.3\n",
    ),
    "a setting said twice": (
        BGP + " bgp router-id 192.0.2.9\n",
        BGP + " bgp router-id 192.0.2.8\n bgp router-id 192.0.2.9\n",
    ),
    "a default": (BGP, BGP + " bgp ebgp-requires-policy\n bgp network import-check\n no bgp always-compare-med\n"),
    "the profile's default": (
        "frr defaults datacenter\n" + BGP,
        "frr defaults datacenter\n" + BGP + " no bgp ebgp-requires-policy\n bgp log-neighbor-changes\n",
    ),
    "activation by default": (BGP, BGP + " address-family ipv4 unicast\n  neighbor 192.0.2.1 activate\n"),
    "an activation said in either way": (
        "router bgp 1\n no bgp default ipv4-unicast\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 activate\n",
        "router bgp 1\n no bgp default ipv4-unicast\n neighbor 192.0.2.1 remote-as 2\n address-family ipv4\n"
        "  neighbor 192.0.2.1 activate\n",
    ),
    "a route of a VRF": (
        "vrf red\n ip route 10.0.0.0/8 blackhole\n",
        "vrf red\nip route 10.0.0.0/8 blackhole vrf red\n",
    ),
    "options of a route": (
        "ip route 10.0.0.0/8 192.0.2.1 tag 5 label 100 20\n",
        "ip route 10.0.0.1 255.0.0.0 192.0.2.1 20 label 100 tag 5\n",
    ),
    "numbers of entries": (
        "ip prefix-list p permit 10.0.0.0/8\nip prefix-list p deny any\n",
        "ip prefix-list p seq 10 deny any\nip prefix-list p seq 5 permit 10.0.0.0/8\n",
    ),
    "an entry that is there": (
        "ip prefix-list p permit any\n",
        "ip prefix-list p permit any\nip prefix-list p permit any\n",
    ),
    "ge and le": (
        "ip prefix-list p permit 10.0.0.0/8 le 24 ge 16\n",
        "ip prefix-list p permit 10.0.0.0/8 ge 16 le 24\n",
    ),
    "order of communities": (
        "route-map m permit 1\n set community 65000:2 65000:1 no-export\n",
        "route-map m permit 1\n set community no-export 65000:1 65000:2\n",
    ),
    "both route targets": (
        "router bgp 1 vrf red\n address-family l2vpn evpn\n  route-target both 1:1\n",
        "router bgp 1 vrf red\n address-family l2vpn evpn\n  route-target import 1:1\n  route-target export 1:1\n",
    ),
    "an interface's session in one line or two": (
        "router bgp 1\n neighbor e interface v6only remote-as external\n",
        "router bgp 1\n neighbor e interface v6only\n neighbor e remote-as external\n",
    ),
    "an IPv6 address": ("interface e\n ipv6 address 2001:DB8:0::1/64\n", "interface e\n ipv6 address 2001:db8::1/64\n"),
    "multihop's default": (
        BGP + " neighbor 192.0.2.1 ebgp-multihop\n",
        BGP + " neighbor 192.0.2.1 ebgp-multihop 255\n",
    ),
    "frr version": ("frr version 8.4\n", "frr version 10.7\n"),
    "behind an exit": (BGP, BGP + "exit\nexit\nvrf red\n"),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME)
def test_no_change(old: str, new: str) -> None:
    assert changes(old, new) == []


CHANGED = {
    "a value": (
        BGP + " bgp router-id 192.0.2.8\n",
        BGP + " bgp router-id 192.0.2.9\n",
        [("router bgp 65000", "bgp router-id 192.0.2.8", "bgp router-id 192.0.2.9")],
    ),
    "remote-as": (
        BGP,
        BGP.replace("65001", "65003"),
        [("router bgp 65000", "neighbor 192.0.2.1 remote-as 65001", "neighbor 192.0.2.1 remote-as 65003")],
    ),
    "a default": (
        BGP,
        BGP + " no bgp ebgp-requires-policy\n",
        [("router bgp 65000", "", "no bgp ebgp-requires-policy")],
    ),
    "an AS": (
        "router bgp 1 vrf red\n",
        "router bgp 2 vrf red\n",
        [("", "router bgp 1 vrf red", "router bgp 2 vrf red")],
    ),
    "a route-map's action": (
        "route-map m permit 10\n",
        "route-map m deny 10\n",
        [("", "route-map m permit 10", "route-map m deny 10")],
    ),
    "order of entries": (
        "ip prefix-list p permit 10.0.0.0/8\nip prefix-list p deny any\n",
        "ip prefix-list p deny any\nip prefix-list p permit 10.0.0.0/8\n",
        [
            ("", "ip prefix-list p seq 5 permit 10.0.0.0/8", "ip prefix-list p seq 5 deny any"),
            ("", "ip prefix-list p seq 10 deny any", "ip prefix-list p seq 10 permit 10.0.0.0/8"),
        ],
    ),
    "order of a path": (
        "route-map m permit 1\n set as-path prepend 1 2\n",
        "route-map m permit 1\n set as-path prepend 2 1\n",
        [("route-map m permit 1", "set as-path prepend 1 2", "set as-path prepend 2 1")],
    ),
    "activation": (
        BGP,
        BGP + " address-family ipv4 unicast\n  no neighbor 192.0.2.1 activate\n",
        [("router bgp 65000 / address-family ipv4 unicast", "neighbor 192.0.2.1 activate", "")],
    ),
    "a policy": (
        BGP + " neighbor 192.0.2.1 route-map a in\n neighbor 192.0.2.1 route-map a out\n",
        BGP + " neighbor 192.0.2.1 route-map b in\n neighbor 192.0.2.1 route-map a out\n",
        [
            (
                "router bgp 65000 / address-family ipv4 unicast",
                "neighbor 192.0.2.1 route-map a in",
                "neighbor 192.0.2.1 route-map b in",
            )
        ],
    ),
    "the word for a black hole": (
        "ip route 10.0.0.0/8 Null0\n",
        "ip route 10.0.0.0/8 blackhole\n",
        [("", "", "ip route 10.0.0.0/8 blackhole"), ("", "ip route 10.0.0.0/8 Null0", "")],
    ),
    "the interface of a link-local address": (
        "router bgp 1\n neighbor fe80::1 remote-as 2\n neighbor fe80::1 interface e0\n",
        "router bgp 1\n neighbor fe80::1 remote-as 2\n neighbor fe80::1 interface e1\n",
        [("router bgp 1", "neighbor fe80::1 interface e0", "neighbor fe80::1 interface e1")],
    ),
    "a VRF that goes": ("vrf red\n vni 1\n", "", [("", "vrf red", ""), ("vrf red", "vni 1", "")]),
    "a line that FRR does not take": ("", "vrf red\n nonsense\n", [("", "", "vrf red"), ("vrf red", "", "nonsense")]),
}


@pytest.mark.parametrize(("old", "new", "wanted"), CHANGED.values(), ids=CHANGED)
def test_change(old: str, new: str, wanted: list[tuple[str, str, str]]) -> None:
    assert changes(old, new) == wanted
