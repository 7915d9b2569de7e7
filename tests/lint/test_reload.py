"""Where the reload rules do not speak, and what their repairs write. That what they say is true: tests/frr/test_lint_reload.py."""

from __future__ import annotations

import pytest

from frrcompile.lint.engine import lint
from frrcompile.lint.fix import apply

NEIGHBOR = "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n {}\nexit\n"
FAMILY = (
    "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n address-family ipv4 unicast\n  {}\n"
    " exit-address-family\nexit\n"
)
ENTRY = "route-map pods permit 10\n {}\nexit\n"


def codes(text: str, release: tuple[int, int] = (10, 7)) -> list[str]:
    return [one.code for one in lint(text, "f", release) if one.code.startswith("FRR6")]


def fixed(text: str, release: tuple[int, int] = (10, 7)) -> str:
    edits = [one.edit for one in lint(text, "f", release) if one.code.startswith("FRR6") and one.edit]
    return apply(text, edits)[0]


@pytest.mark.parametrize(
    "text",
    {
        "another value": NEIGHBOR.format("timers bgp 10 30"),
        "a default after another value": NEIGHBOR.format("timers bgp 10 30\n timers bgp 60 180"),
        "a default after its opposite": NEIGHBOR.format("no bgp fast-external-failover\n bgp fast-external-failover"),
        "another profile": "frr defaults datacenter\n" + NEIGHBOR.format("timers bgp 60 180"),
        "a member may overrule its group": (
            "router bgp 64512\n neighbor G peer-group\n neighbor G remote-as external\n neighbor G port 1179\n"
            " neighbor 192.0.2.1 peer-group G\n neighbor 192.0.2.1 port 179\nexit\n"
        ),
        "activated without the default": (
            "router bgp 64512\n no bgp default ipv4-unicast\n neighbor 192.0.2.1 remote-as 64513\n"
            " address-family ipv4 unicast\n  neighbor 192.0.2.1 activate\n exit-address-family\nexit\n"
        ),
        "activated in another family": NEIGHBOR.format(
            "address-family ipv6 unicast\n  neighbor 192.0.2.1 activate\n exit-address-family"
        ),
        "activated again": FAMILY.format("no neighbor 192.0.2.1 activate\n  neighbor 192.0.2.1 activate"),
        "communities again": FAMILY.format(
            "no neighbor 192.0.2.1 send-community\n  neighbor 192.0.2.1 send-community large"
        ),
        "an AS of a member's own": (
            "router bgp 64512\n neighbor G peer-group\n neighbor 192.0.2.1 remote-as 64513\n"
            " neighbor 192.0.2.1 peer-group G\nexit\n"
        ),
        "attributes in order": FAMILY.format("neighbor 192.0.2.1 attribute-unchanged as-path med"),
        "another threshold": FAMILY.format("neighbor 192.0.2.1 maximum-prefix 100 80"),
        "an empty VRF, bgp, bfd, route-map": "vrf red\nexit-vrf\nrouter bgp 1\nexit\nbfd\nexit\nroute-map a permit 10\nexit\n",
        "a header twice": "interface eth0\nexit\ninterface eth0\n description a\nexit\n",
        "options in order": "ip route 192.0.2.0/24 198.51.100.1 eth0 tag 5 200 nexthop-vrf red table 9 onlink\n",
        "an option not known here": "ip route 192.0.2.0/24 198.51.100.1 200 color 5\n",
        "an IPv4-mapped address": "interface lo\n ipv6 address ::ffff:192.0.2.1/128\nexit\n",
        "a single unnumbered entry": "ip prefix-list a permit any\n",
        "numbers of well-known communities": ENTRY.format("set community 64512:1 no-export additive"),
        "a community not known here": ENTRY.format("set community internet-2 1:1"),
        "large communities of a set": ENTRY.format("set large-community 2:2:2 1:1:1"),
        "a removal in a block": NEIGHBOR.format("no bgp default ipv4-unicast"),
        "a VNI's targets": NEIGHBOR.format(
            "address-family l2vpn evpn\n  vni 100\n   route-target both 1:1\n  exit-vni\n exit-address-family"
        ),
    }.values(),
)
def test_what_converges_is_not_found(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "release", "code"),
    [
        ("ip nht resolve-via-default\n", (8, 4), ""),
        ("ip nht resolve-via-default\n", (10, 3), "FRR601"),
        ("no ip nht resolve-via-default\n", (8, 4), "FRR601"),
        (NEIGHBOR.format("neighbor 192.0.2.1 ebgp-multihop"), (8, 4), "FRR610"),
        (NEIGHBOR.format("neighbor 192.0.2.1 ebgp-multihop"), (10, 3), ""),
        (NEIGHBOR.format("bgp reject-as-sets"), (10, 3), ""),
        (NEIGHBOR.format("bgp reject-as-sets"), (10, 7), "FRR601"),
        (FAMILY.format("aggregate-address 10.0.0.0/8 summary-only as-set"), (10, 3), "FRR633"),
        (FAMILY.format("aggregate-address 10.0.0.0/8 summary-only as-set"), (10, 7), ""),
        ("bgp as-path access-list a permit ^1$\n", (8, 4), "FRR641"),
        ("bgp as-path access-list a permit ^1$\n", (10, 3), ""),
        ("interface eth0 vrf red\n description a\nexit\n", (8, 4), "FRR623"),
        ("interface eth0 vrf red\n description a\nexit\n", (10, 3), ""),
    ],
)
def test_releases_differ(text: str, release: tuple[int, int], code: str) -> None:
    assert codes(text, release) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (NEIGHBOR.format("timers bgp 60 180"), NEIGHBOR.format("").replace(" \n", "")),
        (
            NEIGHBOR.format("neighbor 192.0.2.1 bfd profile fast"),
            NEIGHBOR.format("neighbor 192.0.2.1 bfd\n neighbor 192.0.2.1 bfd profile fast"),
        ),
        (
            FAMILY.format("neighbor 192.0.2.1 attribute-unchanged med as-path"),
            FAMILY.format("neighbor 192.0.2.1 attribute-unchanged as-path med"),
        ),
        ("debug bgp updates\n", "debug bgp updates in\ndebug bgp updates out\n"),
        ("ip route 10.1.2.3 255.0.0.0 192.0.2.1 tag 5\n", "ip route 10.0.0.0/8 192.0.2.1 tag 5\n"),
        (
            "ip route 10.0.0.0/8 192.0.2.1 eth0 onlink table 9 200 tag 5\n",
            "ip route 10.0.0.0/8 192.0.2.1 eth0 tag 5 200 table 9 onlink\n",
        ),
        ("route-map pods permit 010\n set metric 010\nexit\n", "route-map pods permit 10\n set metric 10\nexit\n"),
        (ENTRY.format("set community additive 2:2 1:1 2:2"), ENTRY.format("set community 1:1 2:2 additive")),
        (ENTRY.format("set community no-export 65535:1"), ENTRY.format("set community accept-own no-export")),
        (
            "bgp community-list 1 permit 1:1\nbgp community-list 1 permit 2:2\n",
            "bgp community-list 1 seq 5 permit 1:1\nbgp community-list 1 seq 10 permit 2:2\n",
        ),
        (
            "interface lo\n ipv6 address 2001:DB8:0:0::1/64\nexit\n",
            "interface lo\n ipv6 address 2001:db8::1/64\nexit\n",
        ),
        ("router bgp 64512 vrf default\nexit\n", "router bgp 64512\nexit\n"),
    ],
)
def test_repairs(text: str, repaired: str) -> None:
    assert fixed(text) == repaired
    assert set(codes(repaired)) <= {"FRR640"}
