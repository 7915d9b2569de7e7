"""The rules for EVPN, beyond the examples in their documentation."""

from __future__ import annotations

import pytest

from frrcompile.lint.route_target import parse, wrong_distinguisher, wrong_target
from tests.lint.finding import found


def vrfs(**vnis: str) -> str:
    """VRFs with their lines, `;` between them: three lines for one with one line."""
    return "".join(f"vrf {name}\n {lines.replace(';', chr(10))}\nexit-vrf\n" for name, lines in vnis.items())


def evpn(lines: str, router: str = "router bgp 65000") -> str:
    """An instance with these lines, `;` between them, in its EVPN family; they begin in its third line."""
    return f"{router}\n address-family l2vpn evpn\n{lines.replace(';', chr(10))}\n exit-address-family\nexit\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (vrfs(red="vni 100", blue="vni 100", green="vni 100"), ["5 FRR501", "8 FRR501"]),
        ("vni 100\n" + vrfs(red="vni 100"), ["3 FRR501"]),
        (vrfs(red="vni 100;no vni 100", blue="vni 100"), []),
        (vrfs(red="vni 100;vni 200"), ["3 FRR502"]),
        (vrfs(red="vni 100;vni 100"), []),
        (vrfs(red="vni 100;no vni 100;vni 200"), []),
        (vrfs(red="vni 100") + vrfs(red="vni 200"), ["5 FRR502"]),
    ],
)
def test_l3vnis_used_twice(text: str, where: list[str]) -> None:
    assert found(text, "FRR501", "FRR502") == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (vrfs(red="vni 100") + evpn("advertise-all-vni"), ["2 FRR503"]),
        (vrfs(red="vni 100") + evpn("advertise-all-vni") + "router bgp 65001 vrf red\n", []),
        (vrfs(red="vni 100") + evpn("advertise-all-vni;no advertise-all-vni"), ["2 FRR513"]),
        ("vni 100\n" + evpn("advertise-all-vni"), []),
        ("vni 100\n" + evpn("advertise-all-vni", "router bgp 1 vrf red"), ["1 FRR503"]),
        (
            vrfs(red="vni 100") + "router bgp 1 vrf red\nexit\n" + evpn("advertise-all-vni;advertise ipv4 unicast"),
            ["9 FRR504"],
        ),
        ("vni 100\n" + evpn("advertise-all-vni;advertise ipv4 unicast"), []),
        (evpn("advertise ipv4 unicast", "router bgp 1 vrf red"), []),
        (vrfs(red="vni 100") + "router bgp 65000\n", ["2 FRR513"]),
        (vrfs(red="vni 100"), []),
        (vrfs(red="vni 100") + evpn("advertise-all-vni", "router bgp 1 vrf red"), []),
    ],
)
def test_l3vnis_and_instances(text: str, where: list[str]) -> None:
    assert found(text, "FRR503", "FRR504", "FRR513") == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (evpn("advertise-all-vni", "router bgp 1 vrf red"), []),
        (evpn("advertise-all-vni", "router bgp 1 vrf red") + "router bgp 1\n", []),
        (evpn("advertise-all-vni", "router bgp 1 vrf red") + evpn("advertise-all-vni"), ["8 FRR511"]),
        (evpn("advertise-all-vni") + evpn("advertise-all-vni", "router bgp 1 view v"), ["8 FRR511"]),
        ("router bgp 1\nexit\n" + evpn("advertise-all-vni", "router bgp 1 vrf red"), ["5 FRR511"]),
        (
            evpn("advertise-all-vni", "router bgp 1 vrf a") + evpn("advertise-all-vni", "router bgp 1 vrf b"),
            ["8 FRR511"],
        ),
    ],
)
def test_where_evpn_runs(text: str, where: list[str]) -> None:
    assert found(text, "FRR511") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("advertise-svi-ip;advertise-all-vni", ["3 FRR512"]),
        ("advertise-all-vni;advertise-svi-ip", []),
        ("advertise-all-vni;advertise-svi-ip;advertise-all-vni", []),
        ("advertise-all-vni;advertise-svi-ip;no advertise-all-vni", []),
        ("no advertise-svi-ip;advertise-all-vni", []),
        ("vni 100; rd 1:1; route-target import 1:1; exit-vni;advertise-all-vni", ["4 FRR512", "5 FRR512"]),
        ("vni 100; advertise-svi-ip; exit-vni;advertise-all-vni", []),
        ("advertise-all-vni;dup-addr-detection max-moves 7 time 99", []),
        ("advertise-default-gw", ["3 FRR512"]),
        ("rd 1:1;advertise ipv4 unicast;route-target import 1:1", []),
    ],
)
def test_lines_that_need_evpn(lines: str, where: list[str]) -> None:
    assert found(evpn(lines), "FRR512") == where
    assert (
        found(evpn(lines.replace("advertise-all-vni", "flooding disable"), "router bgp 1 vrf red"), "FRR512")
        or not where
    )


NEIGHBOR = "router bgp 65000\n neighbor 192.0.2.9 remote-as 1\nexit\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (NEIGHBOR + evpn("advertise-all-vni"), ["6 FRR514"]),
        (NEIGHBOR + evpn("advertise-all-vni;neighbor 192.0.2.9 activate"), []),
        (evpn("advertise-all-vni"), []),
        (evpn("advertise-all-vni") + "router bgp 65000 vrf red\n neighbor 192.0.2.9 remote-as 1\n", []),
    ],
)
def test_neighbors_of_evpn(text: str, where: list[str]) -> None:
    assert found(text, "FRR514") == where


LOOPBACK = "interface lo\n ip address 192.0.2.1/32\nexit\n"


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("", ["2 FRR515"]),
        ("router bgp 65000\n address-family ipv4 unicast\n  network 192.0.2.0/24\n", []),
        ("router bgp 65000\n network 192.0.2.1/32\n", []),
        ("router bgp 65000\n network 192.0.2.0 mask 255.255.255.0\n", []),
        ("router bgp 65000\n address-family ipv4 unicast\n  redistribute connected\n", []),
        ("router bgp 65000\n address-family ipv4 unicast\n  network 198.51.100.0/24\n", ["2 FRR515"]),
        ("router ospf\n", []),
        ("ip route 192.0.2.9/32 eth1\n", []),
        ("interface lo\n ip address 198.51.100.1/32\nrouter bgp 65000\n network 198.51.100.1/32\n", []),
    ],
)
def test_the_vtep(more: str, where: list[str]) -> None:
    assert found(LOOPBACK + NEIGHBOR + evpn("advertise-all-vni") + more, "FRR515") == where


def test_a_loopback_that_nobody_is_to_reach() -> None:
    assert found(LOOPBACK.replace("192.0.2.1", "127.0.0.2") + NEIGHBOR + evpn("advertise-all-vni"), "FRR515") == []
    assert found(LOOPBACK + evpn("advertise-all-vni"), "FRR515") == []


# What FRR 8.4.4, 10.3 and 10.7.1 did with each: "" is taken as written, "drop" refused, else what it was taken for.
TARGETS = {
    "1:1": "",
    "65535:4294967295": "",
    "65536:65535": "",
    "4294967295:1": "",
    "192.0.2.1:65535": "",
    "0:0": "",
    "foo": "drop",
    "1:1:1": "drop",
    "300.0.0.1:5": "drop",
    "65536:65536": "drop",
    "4294967296:1": "drop",
    "192.0.2.1:65536": "drop",
    "65536.1:1": "drop",
    "1:-1": "drop",
    "1:0x10": "drop",
    "65535:4294967296": "65535:0",
    "1:99999999999": "1:1215752191",
}
DISTINGUISHERS = {
    **TARGETS,
    "65536:65536": "65536:0",
    "192.0.2.1:65536": "192.0.2.1:0",
}


@pytest.mark.parametrize("release", [(8, 4), (10, 3), (10, 7)])
def test_targets_and_distinguishers(release: tuple[int, int]) -> None:
    for values, wrong in ((TARGETS, wrong_target), (DISTINGUISHERS, wrong_distinguisher)):
        for text, becomes in values.items():
            effect = wrong(text, release)
            assert (effect is None) == (not becomes), text
            if becomes not in ("", "drop"):
                assert effect == f"FRR takes it for {becomes}"


def test_an_as_with_a_dot_came_later() -> None:
    assert str(parse("1.5:7", (10, 7))) == "65541:7"
    assert wrong_target("1.5:7", (8, 4)) is not None


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("route-target import *:5", []),
        ("route-target export *:5", ["3 FRR521"]),
        ("route-target import *:5000000000", ["3 FRR521"]),
        ("route-target both auto", []),
        ("route-target import 1:1 2:x 3:3 4:y", ["3 FRR521", "3 FRR521"]),
        ("no route-target import foo", []),
        ("rd foo", ["3 FRR522"]),
        ("no rd", []),
        ("no rd foo", []),
        ("advertise-all-vni;vni 5; rd x; route-target both x", ["5 FRR522", "6 FRR521"]),
    ],
)
def test_where_targets_and_distinguishers_stand(lines: str, where: list[str]) -> None:
    assert found(evpn(lines), "FRR521", "FRR522") == where


def test_the_wildcard_is_younger_than_8_4() -> None:
    assert found(evpn("route-target import *:5"), "FRR521", release=(8, 4)) == ["3 FRR521"]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("rd vpn export 65536:65536", ["3 FRR522"]),
        ("rt vpn import 1:1 x", ["3 FRR521"]),
        ("route-target vpn both x", ["3 FRR521"]),
        ("rt vpn both 1:1", []),
    ],
)
def test_targets_of_vpns(line: str, where: list[str]) -> None:
    text = f"router bgp 1 vrf red\n address-family ipv4 unicast\n  {line}\n"
    assert found(text, "FRR521", "FRR522") == where


def test_targets_of_route_maps() -> None:
    text = "route-map A permit 10\n set extcommunity rt 1:1 foo\n set extcommunity none\n"
    assert found(text, "FRR521") == ["2 FRR521"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (evpn("rd 1:1", "router bgp 1 vrf a") + evpn("rd 1:01", "router bgp 1 vrf b"), ["8 FRR523"]),
        (evpn("rd 1:1", "router bgp 1 vrf a") + evpn("rd 001:1", "router bgp 1 vrf b"), ["8 FRR523"]),
        (evpn("rd 70000:1", "router bgp 1 vrf a") + evpn("rd 1.4464:1", "router bgp 1 vrf b"), ["8 FRR523"]),
        (evpn("rd 0.0.0.1:1", "router bgp 1 vrf a") + evpn("rd 1:1", "router bgp 1 vrf b"), []),
        (evpn("rd 1:1", "router bgp 1 vrf a") + evpn("rd 1:1", "router bgp 1 vrf a"), []),
        (evpn("rd 1:1;no rd 1:1", "router bgp 1 vrf a") + evpn("rd 1:1", "router bgp 1 vrf b"), []),
        (evpn("rd 1:1;rd 1:2", "router bgp 1 vrf a") + evpn("rd 1:1", "router bgp 1 vrf b"), []),
        (evpn("advertise-all-vni;vni 5; rd 1:1; exit-vni;vni 6; rd 1:1; exit-vni"), ["8 FRR523"]),
        (evpn("rd 1:1", "router bgp 1 vrf a") + evpn("advertise-all-vni;vni 5; rd 1:1"), []),
    ],
)
def test_distinguishers_used_twice(text: str, where: list[str]) -> None:
    assert found(text, "FRR523") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("route-target import 1:1;route-target export 1:2", ["4 FRR524"]),
        ("route-target import 1:1 1:2;route-target export 1:2", []),
        ("route-target import 1:1;route-target both 1:2", []),
        ("route-target import *:1;route-target export 1:2", []),
        ("route-target import auto;route-target export 1:2", []),
        ("route-target import 1:1;route-target export 1:2;no route-target export 1:2", []),
        ("route-target import 1:1", []),
    ],
)
def test_targets_that_never_meet(lines: str, where: list[str]) -> None:
    assert found(evpn(lines, "router bgp 1 vrf red"), "FRR524") == where
