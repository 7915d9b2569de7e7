"""Settings of one value on live FRR: of two lines for one, FRR keeps the second (`frrcompile/facts/settings.py`, TRIED)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from frrcompile.facts.boundaries import EVPN_RD_SHOWN
from frrcompile.facts.families import IPV4
from frrcompile.facts.pattern import Pattern
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, MEASURED, Release
from frrcompile.facts.settings import TRIED
from tests.frr import cells
from tests.frr.cells import HEADERS, Cell, release, tried
from tests.frr.installation import Installation

SAMPLES = {"PEER": cells.PEER, "PREFIX": "198.18.0.0/15", "PROTOCOL": "bgp", "NAME": "red", "NUMBER": "5"}
"""A word for each variable that tells which setting a line is about."""

VALUES = {
    "hostname": "one | two",
    "domainname": "one.test | two.test",
    "log file": "/var/log/frr/one.log | /var/log/frr/two.log",
    "log timestamp": "precision 3 | precision 6",
    "ip router-id": "192.0.2.1 | 192.0.2.2",
    "ipv6 router-id": "2001:db8::1 | 2001:db8::2",
    "ip router-id vrf": "192.0.2.1 | 192.0.2.2",
    "ipv6 router-id vrf": "2001:db8::1 | 2001:db8::2",
    "protocol": "route-map m | route-map n",
    "nht": "route-map m | route-map n",
    "ip import-table": "distance 20 | distance 30",
    "description": "one text | another text",
    "bandwidth": "1000 | 2000",
    "key-string": "one | two",
    "cryptographic-algorithm": "md5 | hmac-sha-256",
    "bgp cluster-id": "192.0.2.1 | 192.0.2.2",
    "bgp router-id": "192.0.2.1 | 192.0.2.2",
    "neighbor remote-as": "64513 | 64514",
    "neighbor local-as": "64520 | 64521 no-prepend",
    "neighbor update-source": "192.0.2.8 | 192.0.2.9",
    "neighbor password": "one | two",
    "neighbor ttl-security": "hops 3 | hops 4",
    "neighbor bfd profile": "one | two",
    "neighbor allowas-in": "5 | 6",
    "neighbor unsuppress-map": "m | n",
    "neighbor timers": "5 15 | 6 18",
    "timers bgp": "5 15 | 6 18",
    "network": "route-map m | route-map n",
    "aggregate-address": "summary-only | as-set summary-only",
    "table-map": "m | n",
    "distance bgp": "21 201 201 | 22 202 202",
    "import vrf route-map": "m | n",
    "rd vpn export": "64512:1 | 64512:2",
    "rd": "64512:1 | 64512:2",
    "label vpn export": "500 | auto",
    "label vpn export allocation-mode": "per-vrf | per-nexthop",
    "rt vpn import": "64512:1 | 64512:2",
    "rt vpn export": "64512:1 | 64512:2",
    "rt vpn both": "64512:1 | 64512:2",
    "prefix-list": "p | q",
    "prefix-len": "8 | 9",
    "match ip next-hop address": "192.0.2.1 | 192.0.2.2",
    "match ipv6 next-hop address": "2001:db8::1 | 2001:db8::2",
    "match interface": "lo | eth0",
    "match peer": "192.0.2.1 | 192.0.2.2",
    "match origin": "igp | egp",
    "match source-protocol": "static | connected",
    "match evpn route-type": "prefix | macip",
    "match evpn rd": "64512:1 | 64512:2",
    "match community": "1 | 2",
    "match large-community": "1 | 2",
    "match extcommunity": "1 | 2",
    "match as-path": "p | q",
    "match alias": "p | q",
    "match source-vrf": "red | blue",
    "set origin": "igp | egp",
    "set src": "192.0.2.1 | 192.0.2.2",
    "set originator-id": "192.0.2.1 | 192.0.2.2",
    "set as-path prepend last-as": "3 | 4",
    "set as-path prepend": "64513 | 64514 64514",
    "set as-path exclude": "64513 | 64514",
    "set as-path replace": "any | 64514",
    "set community": "64512:1 | 64512:2",
    "set large-community": "1:1:1 | 2:2:2",
    "set comm-list": "p delete | q delete",
    "set large-comm-list": "p delete | q delete",
    "set extcommunity rt": "64512:1 | 64512:2",
    "set extcommunity soo": "64512:1 | 64512:2",
    "set extcommunity bandwidth": "100 | 200",
    "set extcommunity color": "01:100 | 01:200",
    "set extcommunity nt": "192.0.2.1:0 | 192.0.2.2:0",
    "set ip next-hop": "192.0.2.1 | 192.0.2.2",
    "set ipv6 next-hop global": "2001:db8::1 | 2001:db8::2",
    "set ipv6 next-hop local": "fe80::1 | fe80::2",
    "on-match": "next | goto 20",
    "call": "m | n",
}
"""Two values by the keywords of a setting, or by the last of them; numbers, and names where a pattern asks for one, need none."""

PREAMBLE = "bgp community alias 64512:1 p\nbgp community alias 64512:2 q\n"
"""What values of `match alias` must be."""

NEEDED = {"import vrf route-map m": "import vrf red"}
"""By the first line, one that must be there: FRR shows this one as `route-map vpn import m` otherwise."""

UNTRIED: dict[str, tuple[Release, str]] = {
    "hostname one": (AFTER_ALL, "FRR shows the name of the machine"),
    "domainname one.test": (AFTER_ALL, "FRR does not show it"),
    "ip router-id 192.0.2.1 vrf red": (
        AFTER_ALL,
        "8.4 needs a VRF of the kernel, and newer releases show it in the VRF",
    ),
    "ipv6 router-id 2001:db8::1 vrf red": (AFTER_ALL, "the same"),
    "ipv6 router-id 2001:db8::1": ((8, 5), "8.4.4 shows `ipv6 router-id ::`"),
    "match evpn rd 64512:1": (EVPN_RD_SHOWN, "bgpd aborts when it is asked for its configuration"),
}
"""By the first of the two lines, up to which release they are not tried, and why."""

NUMBERS, NAMES = "10 | 20", "m | n"


def pairs(written: str) -> Iterator[tuple[str, str]]:
    """Two lines for each setting of a pattern."""
    pattern = Pattern.parse(written)
    asked = len(pattern.words) if pattern.asked is None else pattern.asked
    for chosen in product(*(choice or (None,) for choice in pattern.words)):
        key = [word for word in chosen if word]
        said = next((VALUES[last] for at in range(len(key)) if (last := " ".join(key[at:])) in VALUES), None)
        words = [word or SAMPLES.get(pattern.written[at], "") for at, word in enumerate(chosen)]
        one, other = (said or (NAMES if asked < len(words) else NUMBERS)).split(" | ")
        before, behind = words[:asked], words[asked + 1 :]
        yield " ".join((*before, one, *behind)), " ".join((*before, other, *behind))


def chosen(at: Release) -> Iterator[Cell]:
    """Two lines for each setting, in the first node that has the command in a release; IPv4 unicast where it may be any family."""
    for nodes, written in TRIED:
        for lines in pairs(written):
            needed = (NEEDED[lines[0]],) if lines[0] in NEEDED else ()
            until, _ = UNTRIED.get(lines[0], (at, ""))
            places = (Cell(node, (*needed, *lines)) for node in sorted(nodes.split(), key=(IPV4,).count, reverse=True))
            known = (cell for cell in places if at >= until and cell.node in HEADERS and cell.is_known(at))
            yield from islice(known, 1)


def test_the_second_line_takes_the_place_of_the_first(installation: Installation) -> None:
    cells = list(chosen(release(installation)))
    wrong = [
        (cell.node, *cell.lines, sorted(shown))
        for cell, shown in zip(cells, tried(installation, cells, PREAMBLE), strict=True)
        if cell.lines[-2] in shown or cell.lines[-1] not in shown
    ]
    assert wrong == []


def test_each_setting_is_tried() -> None:
    """By a release that was measured, but for what `UNTRIED` has."""
    every = {line for _, written in TRIED for line, _ in pairs(written)}
    assert UNTRIED.keys() <= every
    left = {line for line in every if UNTRIED.get(line, (BEFORE_ALL, ""))[0] != AFTER_ALL}
    for at in reversed(MEASURED):
        if left:
            left -= {cell.lines[-2] for cell in chosen(at)}
    assert left == set()
