"""Pairs of configurations of FRR's own tests: routers of one topology, read in place and never copied into this project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.syntax.corpus import files, text

DAEMONS = ("zebra", "staticd", "bfdd", "bgpd")
"""The daemons whose files make up a router's configuration, in the order that they are read in."""

_OTHERS = re.compile(
    r"^\s*(?:no )?(?:router (?:ospf6?|isis|rip|ripng|eigrp|babel|openfabric|pim6?)|(?:debug|ipv?6?) (?:ospf6?|isis|rip|ripng|pim6?"
    r"|igmp|mld|eigrp|nhrp|mroute|multicast|babel|pathd|ldp|vrrp|pbr)|mpls ldp|pbr-map|segment-routing|vrrp|isis|nhrp|key chain|msdp"
    r"|sharp|debug (?:mpls|pbr|sharp)|bfd\n profile)\b",
    re.MULTILINE,
)
"""Lines for daemons that these tests do not run."""


class Pair(NamedTuple):
    """Two routers of one topology, and their configurations."""

    name: str
    old: str
    new: str


def pairs() -> list[Pair]:
    """Every two neighbouring routers of a topology whose configurations differ; skips the test where there is no corpus."""
    folders: dict[Path, list[Path]] = {}
    for folder in sorted({path.parent for path in files() if "topotests" in path.parts}):
        folders.setdefault(folder.parent, []).append(folder)
    return [pair for folder, routers in folders.items() for pair in _pairs(folder, routers)]


def _pairs(topology: Path, routers: list[Path]) -> Iterator[Pair]:
    read = [(router.name, conf) for router in routers if (conf := _configuration(router))]
    for (one, old), (two, new) in pairwise(read):
        if old != new:
            yield Pair(f"{topology.name}: {one} to {two}", old, new)


def _configuration(router: Path) -> str:
    """A router's frr.conf, or its daemons' files in one; empty where it has neither or is for other daemons."""
    whole = router / "frr.conf"
    parts = [whole] if whole.is_file() else [router / f"{name}.conf" for name in DAEMONS]
    found = "".join(text(path).rstrip("\n") + "\n" for path in parts if path.is_file())
    return "" if _OTHERS.search(found) else found
