"""Lines that are tried on a live FRR, many in one configuration: each in blocks of its own, so that none affects another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from frrcompile.facts.families import BY_NODE, DEFAULT, EVPN
from frrcompile.facts.releases import Release, release_of
from frrcompile.lint.configuration import Configuration
from tests.frr.installation import Installation
from tests.frr.router import DAEMONS, Router
from tests.frr.trial import HARMLESS_OUTPUT, LOCKED, TRIES, contexts

ALL_DAEMONS = (*DAEMONS, "ospfd", "ripd", "ripngd")
PEER = "192.0.2.1"

DEFAULT_INSTANCE = "router bgp 64512"
INSTANCE = f"{DEFAULT_INSTANCE} vrf {{name}}"
NEIGHBOR = f"! neighbor {PEER} remote-as 64513"
CORE_ONLY = (
    *("bgp-vpnv4", "bgp-vpnv6", "bgp-ipv4-labeled", "bgp-ipv6-labeled"),
    *("bgp-ipv4-flowspec", "bgp-ipv6-flowspec", "bgp-link-state"),
)
"""Families of the default instance alone."""

HEADERS: dict[str, tuple[str, ...]] = {
    "config": (),
    "line-vty": ("line vty",),
    "interface": ("interface {name}",),
    "vrf": ("vrf {name}",),
    "route-map": ("route-map {name} permit 10",),
    "key": ("key chain {name}", "key 1"),
    "ospf": ("router ospf vrf {name}",),
    "bfd-profile": ("bfd", "profile {name}"),
    "bfd-peer": ("bfd", f"peer {PEER} multihop local-address 192.0.2.2 vrf {{name}}"),
    "bgp": (INSTANCE, NEIGHBOR),
    **{
        node: (DEFAULT_INSTANCE if node in CORE_ONLY else INSTANCE, NEIGHBOR, family.header)
        for node, family in BY_NODE.items()
    },
    "bgp-evpn-vni": (DEFAULT_INSTANCE, BY_NODE[EVPN].header, "! advertise-all-vni", "vni {number}"),
}
"""By node, the headers around its lines, and, behind `!`, lines that must be there."""

CORE: dict[str, tuple[str, ...]] = {EVPN: (DEFAULT_INSTANCE, BY_NODE[EVPN].header, "! advertise-all-vni")}
"""The headers of a cell in the default instance, where there is a choice."""

CLOSERS = {"vrf": "exit-vrf", "address-family": "exit-address-family", "vni": "exit-vni"}


class Cell(NamedTuple):
    """Lines in a node; `core`: of the default instance."""

    node: str
    lines: tuple[str, ...]
    core: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, with those lines that must be there."""
        return CORE[self.node] if self.core else HEADERS[self.node]

    @property
    def shared(self) -> tuple[str, ...]:
        """What two cells of one configuration must not have in common, where they have no block of their own; empty where they have."""
        if any("{" in header for header in self.headers):
            return ()
        begin = [word for word in self.lines[-1].split() if word != "no"]
        return (self.node, *begin[: 1 + (self.node == "config")], *begin[2:3] * (begin[0] == "neighbor"))

    def text(self, number: int) -> str:
        """The cell as a part of a configuration; its number names what is its own."""
        text, leave = "", []
        for line in self._around(number):
            text += line.lstrip("! ") + "\n"
            if not line.startswith("!"):
                leave.append(CLOSERS.get(line.split()[0], "exit"))
        return text + "\n".join((*self.lines, *reversed(leave), ""))

    def shown(self, found: dict[tuple[str, ...], list[str]], number: int) -> frozenset[str]:
        """The lines in the cell's block of a running configuration; for an instance also those in the family that lines may leave out."""
        headers = tuple(line for line in self._around(number) if not line.startswith("!"))
        places = (headers, (*headers, DEFAULT.header)) if self.node == "bgp" else (headers,)
        return frozenset(line for place in places for line in found.get(place, ()))

    def _around(self, number: int) -> tuple[str, ...]:
        return tuple(line.format(name=f"t{number}", number=1000 + number) for line in self.headers)

    def is_known(self, release: Release) -> bool:
        """Whether each line is a command of the node in this release."""
        read = Configuration(self.text(0), "-", release)
        first, last = self.text(0).splitlines().index(self.lines[0]) + 1, len(self.lines)
        inside = range(first, first + last)
        commands = (one for block in (None, *(one.opens for one in read.headers)) for one in read.within(block))
        fitting = {one.statement.number for one in commands if one.node == self.node}
        return fitting.issuperset(inside) and all(one.statement.number not in inside for one in read.unknown)


ADVICE = re.compile(
    "|".join(
        (
            HARMLESS_OUTPUT.pattern,
            r"The route-map '[mn]' does not exist\.",
            r"There is already same aggregate network\.",
            r"Ignoring as-set because `bgp reject-as-sets` is enabled\.",
        )
    )
)
"""What vtysh says of lines that FRR takes."""


def tried(installation: Installation, cells: Sequence[Cell], preamble: str = "") -> list[frozenset[str]]:
    """What FRR shows in the block of each cell. They are loaded together, or in several loads where they affect each other.

    An AssertionError where FRR refuses a line.
    """
    answers: dict[int, frozenset[str]] = {}
    for part in _loads(cells):
        text = preamble + "".join(cells[number].text(number) for number in part)
        with Router(installation, daemons=ALL_DAEMONS) as router:
            for _ in range(TRIES):
                loaded = router.load(text, check=False)
                lines = (loaded.stdout + loaded.stderr).splitlines()
                if LOCKED not in lines:
                    break
            found = contexts(router.running())
        refused = [line for line in lines if line and not ADVICE.fullmatch(line)]
        assert not refused, (refused, text.splitlines())
        answers.update((number, cells[number].shown(found, number)) for number in part)
    return [answers[number] for number in range(len(cells))]


def _loads(cells: Sequence[Cell]) -> Iterator[Iterable[int]]:
    """The cells' numbers, in as few parts as there may be."""
    left = list(range(len(cells)))
    while left:
        taken: set[tuple[str, ...]] = set()
        part = []
        for number in left:
            if (shared := cells[number].shared) not in taken or not shared:
                taken.add(shared)
                part.append(number)
        yield part
        left = [number for number in left if number not in part]


def release(installation: Installation) -> Release:
    """The release of an installed FRR."""
    return release_of(installation.version)
