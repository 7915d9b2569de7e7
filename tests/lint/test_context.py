"""Context and values: what the rules find beyond their own Bad, what they leave alone, and what they repair."""

from __future__ import annotations

import pytest

from frrcompile.facts.releases import MEASURED
from frrcompile.lint.engine import lint
from frrcompile.lint.fix import apply

IN_BGP = "router bgp 64512\n {}\nexit\n"
IN_ENTRY = "route-map pods permit 10\n {}\nexit\n"
IN_PORT = "interface eth0\n {}\nexit\n"


def codes(text: str, release: tuple[int, int] = (10, 7)) -> list[str]:
    return [one.code for one in lint(text, "f", release) if one.code.startswith("FRR1")]


def fixed(text: str) -> str:
    return apply(text, [one.edit for one in lint(text, "f", (10, 7)) if one.code.startswith("FRR1") and one.edit])[0]


FOUND = {
    "exit twice": ("vrf red\n vni 100\nexit-vrf\nexit\nvrf blue\nexit-vrf\n", "FRR101"),
    "a route in an open VRF": ("vrf red\n vni 1\nip route 192.0.2.0/24 blackhole\n", "FRR104"),
    "a VNI in an open VRF": ("vrf red\n ip route 192.0.2.0/24 blackhole\n!\nvni 5\n", "FRR104"),
    "a neighbor's line in an open family": (
        "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n address-family ipv6 unicast\n  network 2001:db8::/32\n"
        " neighbor 192.0.2.1 route-map all in\nroute-map all permit 10\nexit\n",
        "FRR104",
    ),
    "a VRF in an open instance": ("router bgp 64512\n bgp router-id 192.0.2.1\nvrf red\n vni 100\n", "FRR103"),
    "a top level's line in a block": (
        "interface eth0\n description a\n ip forwarding\nexit\nrouter bgp 64512\n",
        "FRR105",
    ),
    "the same closed twice": (
        "router bgp 64512\n address-family ipv4 unicast\n exit-address-family\n exit-address-family\nexit\n",
        "FRR107",
    ),
    "an abbreviated keyword": (IN_BGP.format("nei 192.0.2.1 remote-as 64513"), "FRR109"),
    "an abbreviated header": ("int eth0\n description a\nexit\n", "FRR109"),
    "an abbreviated exit": ("interface eth0\n description a\nexi\n", "FRR109"),
    "a family that FRR guesses": (IN_PORT.format("ip address 2001:db8::1/64"), "FRR109"),
    "a comment behind a header": ("interface eth0 ! uplink\n description a\nexit\n", "FRR110"),
    "a comment behind a closer": ("vrf red\n vni 100\nexit-vrf # red\n", "FRR110"),
    "a comment behind a description": (IN_PORT.format("description a # b"), "FRR111"),
    "a no-break space": ("hostname\u00a0r1\n", "FRR113"),
    "a byte order mark": ("\ufeffhostname r1\n", "FRR113"),
    "a dash of a word processor": ("route\u2013map a permit 10\n", "FRR114"),
    "a next hop of too few numbers": ("ip route 192.0.2.0/24 198.51.100\n", "FRR151"),
    "a next hop with a length": ("vrf red\n ip route 192.0.2.0/24 198.51.100.1/24\nexit-vrf\n", "FRR151"),
    "a next hop of the other family": ("ipv6 route 2001:db8::/32 192.0.2.1\n", "FRR151"),
    "an IPv6 next hop for IPv4": ("ip route 192.0.2.0/24 2001:db8::1\n", "FRR151"),
    "a next hop that is no IPv6 address": ("ipv6 route 2001:db8::/32 2001:db8::g\n", "FRR151"),
    "a neighbor with zeros": (IN_BGP.format("neighbor 010.0.0.1 remote-as 64513"), "FRR152"),
    "a neighbor with a length": (IN_BGP.format("neighbor 192.0.2.0/24 remote-as 64513"), "FRR152"),
    "host bits of an aggregate": (
        IN_BGP.format("address-family ipv4 unicast\n  aggregate-address 10.1.2.3/8\n exit-address-family"),
        "FRR153",
    ),
    "host bits in an access list": ("access-list a seq 5 permit 10.0.0.1/8\n", "FRR153"),
    "a mask with a hole": ("ip route 10.0.0.0 255.0.255.0 192.0.2.1\n", "FRR155"),
    "a wildcard for a network's mask": (
        IN_BGP.format("address-family ipv4 unicast\n  network 10.0.0.0 mask 0.255.255.255\n exit-address-family"),
        "FRR155",
    ),
    "a community for a list": (IN_ENTRY.format("match community 64512:1"), "FRR157"),
    "an expression for a list": (IN_ENTRY.format("match as-path ^64512$"), "FRR157"),
    "a prefix for a neighbor's list": (
        IN_BGP.format(
            "neighbor 192.0.2.1 remote-as 64513\n address-family ipv4 unicast\n"
            "  neighbor 192.0.2.1 prefix-list 10.0.0.0/8 in\n exit-address-family"
        ),
        "FRR157",
    ),
    "a community of a list": ("bgp community-list standard a seq 5 permit 1:70000\n", "FRR158"),
    "a large community of two": (IN_ENTRY.format("set large-community 1:1"), "FRR158"),
    "a neighbor's quoted description": (
        IN_BGP.format('neighbor 192.0.2.1 remote-as 64513\n neighbor 192.0.2.1 description "a b"'),
        "FRR159",
    ),
}


@pytest.mark.parametrize(("text", "code"), FOUND.values(), ids=FOUND)
def test_found(text: str, code: str) -> None:
    assert code in codes(text)


CLEAN = {
    "nothing closed, headers follow": "interface eth0\n description a\nrouter bgp 64512\n bgp router-id 192.0.2.1\n",
    "no indentation at all": "vrf red\nvni 100\nip route 192.0.2.0/24 blackhole\nexit-vrf\n",
    "a line of the block alone, to the left": "router bgp 64512\n bgp router-id 192.0.2.1\ntimers bgp 5 15\nexit\n",
    "an exit and a comment at the end": "vrf red\n vni 100\nexit-vrf\nexit\n! end\n",
    "end at the end": "vrf red\n vni 100\nexit-vrf\nend\n",
    "comment signs in an expression": "bgp as-path access-list a seq 5 permit ^1_ !\n",
    "letters in a description": IN_PORT.format("description schön"),
    "comments with anything": "! schön\u00a0und gut\n",
    "an interface with dots": "ip route 192.0.2.0/24 eth0.100\n",
    "an alias": "ip route 192.0.2.0/24 eth0:1\n",
    "a blackhole": "ip route 192.0.2.0/24 Null0\nipv6 route 2001:db8::/32 blackhole\n",
    "a source prefix": "ipv6 route 2001:db8::/32 from 2001:db8:1::/48 2001:db8::1\n",
    "a peer group like a number": IN_BGP.format("neighbor 10.0.0 peer-group\n neighbor 10.0.0 remote-as external"),
    "an unnumbered neighbor": IN_BGP.format("neighbor eth0 interface remote-as external"),
    "a host's prefix": "ip prefix-list a seq 5 permit 192.0.2.1/32\n",
    "everything of a wildcard": "access-list a seq 5 permit 0.0.0.0 255.255.255.255\n",
    "a list of such a name": "bgp community-list standard 1:1 seq 5 permit 1:1\n"
    + IN_ENTRY.format("match community 1:1"),
    "a numbered list": "access-list 10 seq 5 permit any\n" + IN_ENTRY.format("match ip address 10"),
    "well-known communities": IN_ENTRY.format("set community 64512:1 no-export additive"),
    "a large community": IN_ENTRY.format("set large-community 4200000000:1:2"),
    "an expanded list": "bgp community-list expanded a seq 5 permit 1:70000\n",
    "a quote inside": IN_PORT.format('description the "old" uplink'),
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean(text: str) -> None:
    assert codes(text) == []


def test_an_early_exit_of_8_4_is_told_once() -> None:
    text = "hostname r1\nexit\nhostname r2\n"
    assert codes(text, (8, 4)) == []
    for release in MEASURED:
        found = [one.code for one in lint(text, "f", release) if one.severity == "error"]
        assert found == ["FRR007" if release < (9, 0) else "FRR101"], release
        found = [one.code for one in lint(text + "exit\n", "f", release) if one.severity == "error"]
        assert found == ["FRR101"], release


def test_where_a_block_ended_is_shown() -> None:
    text = "interface eth0\n description a\nip forwarding\ninterface eth1\n description b\nexit\ninterface eth2\n mtu\n"
    found = [one for one in lint(text, "f", (10, 7)) if one.code == "FRR102"]
    assert [(one.span.line, one.labels[0].span.line) for one in found] == [(1, 3)]


@pytest.mark.parametrize(("length", "release", "found"), [(4095, (10, 3), 0), (4096, (10, 3), 1), (8191, (10, 7), 0)])
def test_the_longest_line(length: int, release: tuple[int, int], found: int) -> None:
    """Counted in bytes: an umlaut has two."""
    assert codes("! ö" + "=" * (length - 4) + "\n", release) == ["FRR115"] * found


def test_the_most_words() -> None:
    assert codes(IN_PORT.format("description" + " a" * 254)) == []
    assert codes(IN_PORT.format("description" + " a" * 255)) == ["FRR116"]


REPAIRS = {
    "a comment gets its own line": (
        IN_PORT.format("ip address 192.0.2.1/24 ! uplink"),
        IN_PORT.format("! uplink\n ip address 192.0.2.1/24"),
    ),
    "words are written out": ("int eth0\n desc a\nexi\n", "interface eth0\n description a\nexit\n"),
    "a VRF is closed": (
        "vrf red\n vni 100\nip route 192.0.2.0/24 blackhole\n",
        "vrf red\n vni 100\nexit-vrf\nip route 192.0.2.0/24 blackhole\n",
    ),
    "an instance is closed": (
        "router bgp 64512\n bgp router-id 192.0.2.1\nvrf red\n vni 100\n",
        "router bgp 64512\n bgp router-id 192.0.2.1\nexit\nvrf red\n vni 100\n",
    ),
    "host bits go": ("ip prefix-list a seq 5 permit 10.0.0.1/8\n", "ip prefix-list a seq 5 permit 10.0.0.0/8\n"),
    "a mask becomes a length": (
        IN_PORT.format("ip address 192.0.2.1 255.255.255.0"),
        IN_PORT.format("ip address 192.0.2.1/24"),
    ),
    "quotes go": (IN_PORT.format('description "a  b"'), IN_PORT.format("description a  b")),
}


@pytest.mark.parametrize(("text", "repaired"), REPAIRS.values(), ids=REPAIRS)
def test_repairs(text: str, repaired: str) -> None:
    assert fixed(text) == repaired
    assert not {"FRR103", "FRR104", "FRR109", "FRR110", "FRR153", "FRR159", "FRR160"} & set(codes(repaired))
