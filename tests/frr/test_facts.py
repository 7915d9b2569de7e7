"""The tables of `frrcompile/facts` against live FRR: what they say is shown, and what they say is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from frrcompile.facts.addresses import shortest
from frrcompile.facts.defaults import DEFAULTS, PEER, Default, Kind, defaults
from frrcompile.facts.forms.canonical import FORMS
from frrcompile.facts.forms.headers import FAMILY
from frrcompile.facts.forms.lines import BFD_MORE, implied
from frrcompile.facts.forms.numbers import PAIRS
from frrcompile.facts.releases import MEASURED, NEWEST, Release
from tests.frr import cells
from tests.frr.cells import ALL_DAEMONS, HEADERS, Cell, release, tried
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.trial import contexts

PROFILES = pytest.mark.parametrize("datacenter", [False, True], ids=["traditional", "datacenter"])

CORE_ONLY = ("flooding", "dup-addr-detection", "use-es-l3nhg")
"""Settings of EVPN in the default instance; the others are tried in a VRF's."""


class Try(NamedTuple):
    """A line that is typed in a node, the lines that FRR then shows, and whether it shows the typed line, too."""

    node: str
    line: str
    shown: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        core = self.node == "bgp-evpn" and self.line.removeprefix("no ").split()[0] in CORE_ONLY
        return Cell(self.node, (self.line.replace(PEER, cells.PEER),), core)


def contradicted(
    installation: Installation, tries: list[Try], datacenter: bool = False
) -> list[tuple[str, str, list[str]]]:
    """The lines of which FRR shows something else, with what it shows."""
    tries = [one for one in tries if one.cell.is_known(release(installation))]
    assert tries
    found = tried(installation, [one.cell for one in tries], "frr defaults datacenter\n" * datacenter)
    wrong = []
    for one, shown in zip(tries, found, strict=True):
        typed = one.cell.lines[0]
        wanted = {line.replace(PEER, cells.PEER) for line in one.shown}
        if not wanted <= shown or (typed in shown and typed not in wanted):
            wrong.append((one.node, typed, sorted(shown)))
    return wrong


# --- defaults

OTHERS = {
    "log facility daemon": ("log facility local0",),
    "exec-timeout 10": ("exec-timeout 9", "exec-timeout 9 0"),
    "no description": ("description text",),
    "no bgp router-id": ("bgp router-id 192.0.2.9",),
    "bgp router-id 0.0.0.0": ("bgp router-id 192.0.2.9",),
    "timers bgp 60 180": ("timers bgp 30 90",),
    "flooding head-end-replication": ("flooding disable",),
    "echo-interval 50": ("echo-interval 60", "echo transmit-interval 60", "echo receive-interval 60"),
    "neighbor PEER send-community standard": (
        *("no neighbor PEER send-community standard", "no neighbor PEER send-community"),
    ),
}
"""By line of a default, another one of the same setting, and what FRR shows for it, if that is not the same."""


def other(row: Default) -> tuple[str, tuple[str, ...]]:
    """A line that says something else than the default, and what FRR shows for it."""
    line = " ".join(row.words)
    if line in OTHERS:
        typed, *shown = OTHERS[line]
        return typed, tuple(shown) or (typed,)
    if row.kind is Kind.VALUE:
        *words, number = row.words
        line = " ".join((*words, str(int(number) - 1 if int(number) > 1 else 2)))
    else:
        line = " ".join(row.positive) if row.kind is Kind.OFF else f"no {line}"
    return line, (line,)


def rows(at: Release, datacenter: bool) -> Iterator[tuple[str, Default]]:
    """The nodes and the rows of the defaults of a release."""
    return ((node, row) for row in DEFAULTS if row.holds(at, datacenter) for node in row.nodes)


@PROFILES
def test_no_default_is_shown(installation: Installation, datacenter: bool) -> None:
    tries = [Try(node, " ".join(row.words), ()) for node, row in rows(release(installation), datacenter)]
    assert [one for one in tries if not one.cell.is_known(release(installation))] == [], (
        "a line that the release lacks needs `since`"
    )
    assert contradicted(installation, tries, datacenter) == []


@PROFILES
def test_what_is_not_the_default_is_shown(installation: Installation, datacenter: bool) -> None:
    """Each line of a default is a setting that FRR shows with another value."""
    tries = [Try(node, *other(row)) for node, row in rows(release(installation), datacenter)]
    assert contradicted(installation, tries, datacenter) == []


@PROFILES
def test_a_default_of_another_release_or_profile_is_shown(installation: Installation, datacenter: bool) -> None:
    at = release(installation)
    known = defaults(at, datacenter)
    elsewhere = {
        (node, row.words)
        for row in DEFAULTS
        for node in row.nodes
        if row.kind is not Kind.OFF and known.kind(node, row.words) in (None, Kind.OFF)
    }
    tries = [Try(node, line := " ".join(words), (line,)) for node, words in sorted(elsewhere)]
    assert contradicted(installation, tries, datacenter) == []


# --- forms

UNTRIED = {
    (
        "vrf",
        "ip route 203.0.113.0/25 192.0.2.1 lo onlink table 9 nexthop-vrf blue 200 tag 5",
    ): "FRR takes `table` in a VRF that is a network namespace only, and refuses all routes that are loaded with it",
}
"""By node and line of an example, why it is not tried there."""


def forms(at: Release) -> Iterator[Try]:
    """Every example of a form in each of its nodes."""
    for one in FORMS:
        for line, lines in one.pairs:
            for node in one.nodes:
                yield Try(node, line, lines if one.is_shown(at) else as_written(node, line, lines, at))
    yield from (Try(node, line, (shown,)) for node, line, shown in PAIRS)
    yield from (Try("bgp", line, (" ".join(implied(tuple(line.split()))), line)) for line in IMPLYING)
    yield Try("bgp", f"neighbor {cells.PEER} bfd strict", ())


def as_written(node: str, line: str, lines: tuple[str, ...], at: Release) -> tuple[str, ...]:
    """The line, if it says more than defaults: `send-community both`."""
    family = "bgp-ipv4" if node == "bgp" else node
    return () if all(defaults(at, False).says(family, tuple(one.split())) for one in lines) else (line,)


IMPLYING = [f"neighbor {cells.PEER} bfd {more.replace('NAME', 'slow').replace('SECONDS', '20')}" for more in BFD_MORE]


def test_forms_are_shown_as_the_table_says(installation: Installation) -> None:
    tries = [one for one in forms(release(installation)) if (one.node, one.line) not in UNTRIED and one.node in HEADERS]
    assert contradicted(installation, tries) == []


def test_every_form_is_tried() -> None:
    """By a release that was measured, in some node: `UNTRIED` has nodes that are left out."""
    every = [one for one in forms(NEWEST) if one.node in HEADERS]
    assert UNTRIED.keys() <= {(one.node, one.line) for one in every}
    left = {one.line for one in forms(NEWEST)}
    for at in reversed(MEASURED):
        trying = [one for one in every if one.line in left and (one.node, one.line) not in UNTRIED]
        left -= {one.line for one in trying if one.cell.is_known(at)}
    assert left == set()


# --- headers and addresses


def test_headers_are_shown_as_the_table_says(installation: Installation) -> None:
    neighbor = f"neighbor {cells.PEER}"
    text = f"router bgp 64512\n {neighbor} remote-as 64513\n no bgp default ipv4-unicast\n"
    wanted = set()
    for other, header in FAMILY.items():
        text += f"router bgp 64512\n {' '.join(other)}\n  {neighbor} activate\n exit-address-family\nexit\n"
        wanted.add(" ".join(header))
    text += "router bgp 64512 vrf default\nexit\nbfd\n peer 192.0.2.9 vrf default\n exit\nexit\n"
    text += "route-map m permit 010\nexit\ninterface lo vrf default\n description x\nexit\n"
    with Router(installation, daemons=ALL_DAEMONS) as router:
        router.load(text, check=False)
        found = contexts(router.running())
    shown = {line for path, lines in found.items() for line in (*path, *lines)}
    assert wanted | {"router bgp 64512", "peer 192.0.2.9", "route-map m permit 10", "interface lo"} <= shown
    assert shown.isdisjoint({*map(" ".join, FAMILY), "router bgp 64512 vrf default", "interface lo vrf default"})


ADDRESSES = (
    "2001:DB8::1",
    "2001:db8:0:0::1",
    "2001:0db8::0001",
    "0:0:0:0:0:0:0:1",
    "2001:db8:0:1:0:0:0:1",
)


def test_addresses_are_shown_shortened(installation: Installation) -> None:
    tries = [
        Try("bgp", f"neighbor {one} remote-as 64513", (f"neighbor {shortest(one)} remote-as 64513",))
        for one in ADDRESSES
    ]
    assert contradicted(installation, tries) == []
