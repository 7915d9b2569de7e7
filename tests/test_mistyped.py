"""A line that FRR refuses is quoted without what may be a secret, and can still be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.mistyped import quoted
from frrcompile.redact import MASK
from frrcompile.syntax.acting import ACTS

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (SECRET, MASK),
        (f" neighbor 192.0.2.1 {SECRET}", f" neighbor 192.0.2.1 {MASK}"),
        (f" neighbor 192.0.2.1 {SECRET} password", f" neighbor 192.0.2.1 {MASK} password"),
        (f" neighbor {SECRET} password 192.0.2.1", f" neighbor {MASK} password {MASK}"),
        (f" neighbor 192.0.2.1 password{SECRET}", f" neighbor 192.0.2.1 {MASK}"),
        (f" neighbor 192.0.2.1 passwrd {SECRET}", f" neighbor 192.0.2.1 passwrd {MASK}"),
        (f"enable secret 5 {SECRET}", f"enable secret {MASK}"),
        (f"key {SECRET}", f"key {MASK}"),
        (f'password"{SECRET}"', f"password{MASK}"),
        ("correct horse battery staple", " ".join([MASK] * 4)),
        (f" neighbor {SECRET} password", f" neighbor {MASK} password"),
        (f" neighbor 127.0.0.9password{SECRET}", f" neighbor {MASK}"),
        (f" neighbor 127.0.0.9{SECRET}", f" neighbor {MASK}"),
        (f"mgmt set-config /ietf-key-chain:key-chains/keystring {SECRET}", f"mgmt set-config {MASK}"),
        ("mgmt set-config /ietf-key-chain:key-chains/keystring 12345", f"mgmt set-config {MASK}"),
        ("mg se /ietf-key-chain:key-chains/keystring 12345", f"mg se {MASK}"),
        (f"mgmt {SECRET}", f"mgmt {MASK}"),
        (f"network 192.0.2.0/24 {SECRET} area 0", f"network 192.0.2.0/24 {MASK} area 0"),
    ],
)
def test_what_may_be_a_secret_is_masked(line: str, shown: str) -> None:
    assert quoted(line).text == shown


@pytest.mark.parametrize(
    "line",
    [
        "ruoter bgp 65001",
        " nieghbour 192.0.2.1 remote-as 65001",
        " neighbor PEERS remot-as 65001",
        " neighbor fe80::1 remote-as external bfd",
        " adress-family l2vpn evpn",
        "route-map FOO prmit 10",
        " rd 64514:100 64514:101",
        "interface eth0.100 br100",
        "no bgp ruoter-id 192.0.2.1",
        "int eth0",
        " neighbor 192.0.2.1 d",
        " neighbor 192.0.2.1 remote-as 99999999999",
        " neighbor 192.0.2.1 remote-as sixty-five-thousand",
        "router bgp number",
        "ip route 192.0.2.0/24 eth0 vrf mgmt",
        *(" ".join(act.words).replace("*", "10") for act in ACTS),
    ],
)
def test_a_mistyped_line_can_be_understood(line: str) -> None:
    assert quoted(line).text == line


def test_places_in_the_line_are_found_in_what_is_shown() -> None:
    line = f"a {SECRET} no {SECRET}{SECRET} exit"
    shown = quoted(line)
    assert shown.text == f"a {MASK} no {MASK} exit"
    for word in ("no", "exit"):
        assert shown.column(line.index(word)) == shown.text.index(word)
    assert shown.column(line.index(SECRET) + 3) == shown.text.index(MASK)
    assert shown.column(len(line)) == len(shown.text)


def test_lines_of_other_projects_that_frr_takes_stay_readable(corpus: Path) -> None:
    """Most words of a configuration are FRR's: a message about a mistyped line of it says something."""
    lines = [
        line
        for path in sorted(corpus.rglob("*.conf"))[:300]
        for line in path.read_text(errors="replace").split("\n")
        if line.strip() and not line.lstrip().startswith(("!", "#"))
    ]
    words = sum(len(line.split()) for line in lines)
    masks = sum(len(quoted(line).hidden) for line in lines)
    assert words > 1000
    assert masks < words / 8
