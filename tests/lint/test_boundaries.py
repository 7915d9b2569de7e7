"""From which release up to which a rule is for: the boundaries that were measured on a build of each release.

Each entry says how the daemons or frr-reload.py of the releases on both sides differ. No build of 10.0 was available.
"""

from __future__ import annotations

import pytest

from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, KNOWN, Release
from frrcompile.lint.engine import lint
from tests.lint.test_reload import FAMILY, NEIGHBOR

INTERNAL = "router bgp 64512\n neighbor 192.0.2.1 remote-as internal\n {}\nexit\n"
CONFEDERATION = (
    "router bgp 64512\n bgp confederation identifier 65000\n bgp confederation peers 64513\n"
    " neighbor 192.0.2.1 remote-as 64513\nexit\n"
)
VRF_FAMILY = "router bgp 64512 vrf red\n address-family l2vpn evpn\n  {}\n exit-address-family\nexit\n"
TWO_KINDS = (
    "router bgp 65000\n neighbor fabric peer-group\n neighbor fabric remote-as external\n"
    " neighbor 192.0.2.1 remote-as 65000\n neighbor 192.0.2.1 peer-group fabric\nexit\n"
)

# What it is: a text, the code, and the first release that has the finding and the first that no longer has it.
BOUNDARIES: dict[str, tuple[str, str, Release, Release]] = {
    "8.5 refuses what follows an exit": ("hostname a\nexit\nhostname b\n", "FRR007", BEFORE_ALL, (9, 0)),
    "9.0 reads no further": ("hostname a\nexit\nhostname b\n", "FRR101", (9, 0), AFTER_ALL),
    "10.6 reads longer lines": (f"! {'x' * 5000}\n", "FRR115", BEFORE_ALL, (10, 6)),
    "9.0 refuses a loopback": (
        "route-map a permit 10\n set ip next-hop 127.0.0.1\nexit\n", "FRR163", (9, 0), AFTER_ALL,
    ),
    "8.5 ends when it shows an RD": ("route-map a permit 10\n match evpn rd 1:1\nexit\n", "FRR164", BEFORE_ALL, (9, 0)),
    "8.5 takes the local AS of an internal session": (
        INTERNAL.format("neighbor 192.0.2.1 local-as 65009"), "FRR427", BEFORE_ALL, (8, 5),
    ),
    "8.5 takes a local AS like the remote one": (
        NEIGHBOR.format("neighbor 192.0.2.1 local-as 64513"), "FRR427", BEFORE_ALL, (8, 5),
    ),
    "10.7 takes both kinds in a group": (TWO_KINDS, "FRR428", BEFORE_ALL, (10, 7)),
    "8.5 wants no policy within a confederation": (CONFEDERATION, "FRR441", BEFORE_ALL, (8, 5)),
    "8.5 takes any AS of a target": (VRF_FAMILY.format("route-target import *:100"), "FRR521", BEFORE_ALL, (8, 5)),
    "10.1 takes a dotted AS": (VRF_FAMILY.format("route-target import 1.2:3"), "FRR521", BEFORE_ALL, (10, 1)),
    "9.1 resolves through a default route": ("ip nht resolve-via-default\n", "FRR601", (9, 1), AFTER_ALL),
    "9.1, IPv6": ("ipv6 nht resolve-via-default\n", "FRR601", (9, 1), AFTER_ALL),
    "9.0 does not": ("no ip nht resolve-via-default\n", "FRR601", BEFORE_ALL, (9, 1)),
    "9.0 does not, IPv6": ("no ipv6 nht resolve-via-default\n", "FRR601", BEFORE_ALL, (9, 1)),
    "10.5 shows a select-defer-time": (
        NEIGHBOR.format("bgp graceful-restart select-defer-time 360"), "FRR601", BEFORE_ALL, (10, 5),
    ),
    "10.5 rejects AS sets": (NEIGHBOR.format("bgp reject-as-sets"), "FRR601", (10, 5), AFTER_ALL),
    "10.0 enforces the first AS": (
        NEIGHBOR.format("neighbor 192.0.2.1 enforce-first-as"), "FRR601", (10, 0), AFTER_ALL,
    ),
    "9.1 does not enforce it": (
        NEIGHBOR.format("no neighbor 192.0.2.1 enforce-first-as"), "FRR601", BEFORE_ALL, (10, 0),
    ),
    "8.5 shows ebgp-multihop as written": (
        NEIGHBOR.format("neighbor 192.0.2.1 ebgp-multihop"), "FRR610", BEFORE_ALL, (8, 5),
    ),
    "10.1 knows an interface's VRF": ("interface a vrf red\n description b\nexit\n", "FRR623", BEFORE_ALL, (10, 1)),
    "9.0 leaves a block": (
        "router bgp 64512\n bgp router-id 192.0.2.1\nexit\nvrf red\n vni 100\nexit-vrf\n", "FRR624", BEFORE_ALL, (9, 0),
    ),
    "10.1 hides an imported instance": (FAMILY.format("import vrf blue"), "FRR625", BEFORE_ALL, (10, 1)),
    "10.7 knows an aggregate's options": (
        FAMILY.format("aggregate-address 10.0.0.0/8 summary-only as-set"), "FRR633", BEFORE_ALL, (10, 7),
    ),
    "10.1 numbers AS paths": ("bgp as-path access-list a permit ^1$\n", "FRR641", BEFORE_ALL, (10, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "first", "end"), BOUNDARIES.values(), ids=BOUNDARIES)
def test_a_rule_is_for_the_releases_that_were_measured(text: str, code: str, first: Release, end: Release) -> None:
    having = [one for one in KNOWN if code in {finding.code for finding in lint(text, "frr.conf", one)}]
    assert having == [one for one in KNOWN if first <= one < end]


@pytest.mark.parametrize("release", KNOWN)
def test_the_second_vni_of_a_vrf(release: Release) -> None:
    (found,) = lint("vrf red\n vni 100\n vni 200\nexit-vrf\n", "frr.conf", release, {"FRR502"})
    assert ("replaces the first" if release >= (10, 0) else "refuses the second") in found.message
