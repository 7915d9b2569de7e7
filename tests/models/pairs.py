"""Pairs of random models: what a router has, and what it is to have next."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.models.scalars import OWN_AS, Data
from tests.models.strategies import shared, sites

Drawn = TypeVar("Drawn")

PARTS = (
    ("frr",),
    ("router",),
    ("underlay",),
    ("vtep", "pools", "evpn", "vrfs", "l2vnis"),  # a VNI needs its VTEP, and an L2VNI its VRF
    ("passthrough",),
    ("prefix-lists", "community-lists", "as-path-lists", "route-maps"),
    ("bfd-profiles",),
    ("raw",),
)


@st.composite
def pairs(draw: st.DrawFn, vrfs: st.SearchStrategy[int] | None = None, version: str | None = None) -> list[Data]:
    """Two models that have a part, or all but a part, or nothing in common; but their AS is the same one. Some are
    large, if `vrfs` does not draw the number of VRFs.
    """
    if vrfs is None and draw(st.integers(0, 19)) == 19:
        vrfs = st.sampled_from((10, 50))
    own_as = draw(st.sampled_from(OWN_AS))
    one, two = draw(sites(vrfs, own_as, version)), draw(sites(vrfs, own_as, version))
    if draw(st.booleans()):
        two = mixed(one, two, draw(st.sets(st.sampled_from(PARTS), min_size=1, max_size=3)))
    return [one, two]


def mixed(one: Data, two: Data, parts: set[tuple[str, ...]]) -> Data:
    """`one` with some parts of `two`; all that these may name is there."""
    taken = {section for part in parts for section in part}
    whole = {name: section for name, section in one.items() if name not in taken}
    whole |= {name: section for name, section in two.items() if name in taken}
    for section in ("prefix-lists", "community-lists", "as-path-lists", "route-maps", "bfd-profiles"):
        if section in one or section in two:
            first, last = (one, two) if section in taken else (two, one)
            whole[section] = first.get(section, {}) | last.get(section, {})
    whole = copy.deepcopy(whole)
    if ("underlay" in taken) != ("vtep" in taken):  # a neighbor's families follow from the VTEPs and VNIs
        for neighbor in whole["underlay"]["neighbors"]:
            neighbor.pop("per-family", None)
    if "asn" not in whole["router"]:
        # The AS is from a pool, which may be missing now or too small for all nodes.
        pool = (one if "asn" in one.get("pools", {}) else two)["pools"]["asn"]
        whole["router"]["asn"] = int(pool.split("-")[0])
    if ("router" in taken) != ("underlay" in taken):  # a cluster id needs a client
        whole["router"].pop("cluster-id", None)
    if len(whole["nodes"]) > 1:
        shared(whole)
    return whole


def examples(seed: int, drawn: st.SearchStrategy[Drawn]) -> Iterator[Drawn]:
    """Examples without end, the same ones for the same seed."""
    numbers = random.Random(seed)
    while True:
        yield from _fresh(numbers.randrange(2**32), drawn)


def _fresh(seed: int, drawn: st.SearchStrategy[Drawn]) -> list[Drawn]:
    """One example: a run's first one is always the simplest, and those after the second are much like it."""
    found: list[Drawn] = []

    @seeded(seed)
    @settings(
        max_examples=2, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(drawn)
    def draw(example: Drawn) -> None:
        found.append(example)

    draw()
    return found[1:]
