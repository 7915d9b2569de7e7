"""Random policies and BFD profiles. What one names is always defined, and no route maps call in a circle."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.models import scalars
from tests.models.scalars import Data, Part, few

PREFIXES4 = ("0.0.0.0/0", "10.0.0.0/8", "10.244.0.0/16", "192.0.2.1/32", "192.168.0.0/17")
PREFIXES6 = ("::/0", "2001:db8::/32", "2001:db8:244::/48", "::ffff:0:0/96", "2001:db8::1/128")


@dataclass
class Policies:
    """What the rest of a model may name."""

    data: Data = field(default_factory=dict)
    route_maps: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@st.composite
def policies(draw: st.DrawFn) -> Policies:
    """The policies of a site: each section is there with some of the names of a fixed universe, or not at all."""
    drawn = Policies()

    def section(title: str, names: tuple[str, ...], most: int, entries: st.SearchStrategy[object]) -> tuple[str, ...]:
        chosen = tuple(draw(few(st.sampled_from(names), most=most)))
        if chosen:
            drawn.data[title] = {name: draw(entries) for name in chosen}
        return chosen

    prefix_lists = section("prefix-lists", ("pods", "PODS", "pl.3:x-_"), 2, prefix_list())
    community_lists = section("community-lists", ("customers", "c10", "any"), 2, community_list())
    as_path_lists = section("as-path-lists", ("from-leaf", "p.1", "7"), 2, as_path_list())
    drawn.profiles = section("bfd-profiles", ("fast", "echo"), 2, bfd_profile())
    maps: Data = {}
    # In one order, so that no call is another way round in another model: FRR dies of that (limit-calls-turned-around).
    for name in sorted(draw(few(st.sampled_from(("allowall", "leaf-in", "leaf-out", "m" * 63)), most=3))):
        maps[name] = draw(route_map(tuple(maps), prefix_lists, community_lists, as_path_lists))
    if maps:
        drawn.data["route-maps"] = maps
    drawn.route_maps = tuple(maps)
    return drawn


def numbered(part: Part, entries: list[Data], step: int) -> list[Data]:
    """The entries, some with a number: always higher than the one before."""
    last = 0
    for entry in entries:
        if part.chance(4):
            entry["seq"] = last + part.pick((1, step, 90))
        last = entry.get("seq", last + step)
    return entries


@st.composite
def prefix_list(draw: st.DrawFn) -> list[Data]:
    prefixes, most = draw(st.sampled_from(((PREFIXES4, 32), (PREFIXES6, 128))))
    entries = []
    for prefix in draw(few(st.sampled_from(prefixes), least=1)):
        part = Part(draw, {"action": draw(st.sampled_from(("permit", "deny"))), "prefix": prefix}, often=2)
        length = int(prefix.split("/")[1])
        if length < most:
            part.maybe("ge", st.integers(length + 1, most))
            part.maybe("le", st.integers(part.data.get("ge", length + 1), most))
        entries.append(part.data)
    return numbered(part, entries, 5)


@st.composite
def community_list(draw: st.DrawFn) -> list[Data]:
    kind, values = draw(
        st.sampled_from(
            (
                ("communities", scalars.communities),
                ("large-communities", scalars.large_communities),
                ("extended-communities", scalars.extended_communities),
            )
        )
    )
    part = Part(draw)
    entries: list[Data] = []
    lists = st.lists(st.lists(values, min_size=1, max_size=4), min_size=1, max_size=3, unique_by=frozenset)
    for communities in draw(lists):
        entries.append({"action": part.pick(("permit", "deny")), kind: communities})
    return numbered(part, entries, 5)


@st.composite
def as_path_list(draw: st.DrawFn) -> list[Data]:
    part = Part(draw)
    entries: list[Data] = [
        {"action": part.pick(("permit", "deny")), "regex": regex}
        for regex in draw(few(st.sampled_from(("^$", "^64512_", "_65000 65001$", ".*", "^[0-9]+$")), least=1))
    ]
    return numbered(part, entries, 5)


@st.composite
def route_map(
    draw: st.DrawFn,
    callable_maps: tuple[str, ...],
    prefix_lists: tuple[str, ...],
    community_lists: tuple[str, ...],
    as_path_lists: tuple[str, ...] = (),
) -> list[Data]:
    entries = []
    for action in draw(st.lists(st.sampled_from(("permit", "permit", "deny")), min_size=1, max_size=3)):
        part = Part(draw, {"action": action})
        match = Part(draw, often=5)
        if prefix_lists:
            match.maybe("prefix-list", prefix_lists, 3)
        if community_lists:
            match.maybe("community-list", community_lists, 3)
        if as_path_lists:
            match.maybe("as-path-list", as_path_lists, 3)
        match.maybe("interface", scalars.interfaces)
        match.maybe("tag", scalars.tags)
        match.maybe("vni", (1, 100, 16777215))
        match.maybe("route-type", ("macip", "multicast", "prefix"))
        match.maybe("source-protocol", ("bgp", "connected", "kernel", "static"))
        changes = Part(draw, often=5)
        changes.maybe("local-preference", scalars.u32)
        changes.maybe("metric", scalars.u32)
        changes.maybe("weight", scalars.u32)
        changes.maybe("tag", scalars.tags)
        changes.maybe("communities", st.lists(scalars.communities, min_size=1, max_size=4))
        changes.maybe("large-communities", st.lists(scalars.large_communities, min_size=1, max_size=3))
        if "communities" in changes.data or "large-communities" in changes.data:
            changes.maybe("additive", scalars.booleans, 2)
        changes.maybe("next-hop", ("192.168.11.3", "2001:db8:11::3", "169.254.0.1", "::ffff:192.0.2.1", "unchanged"))
        changes.maybe("prepend", st.lists(st.sampled_from(scalars.OWN_AS), min_size=1, max_size=4))
        part.data |= {name: found.data for name, found in (("match", match), ("set", changes)) if found.data}
        if callable_maps:
            part.maybe("call", callable_maps)
        if action == "permit":
            part.maybe("next", scalars.booleans)
        entries.append(part.data)
    return going_on(part, numbered(part, entries, 10))


def going_on(part: Part, entries: list[Data]) -> list[Data]:
    """The entries of a route map, some of which go on to a later one by its number."""
    for position, entry in enumerate(entries):
        later = [other["seq"] for other in entries[position + 1 :] if "seq" in other]
        if later and entry["action"] == "permit" and "next" not in entry and part.chance(2):
            entry["goto"] = part.pick(later)
    return entries


@st.composite
def bfd_profile(draw: st.DrawFn) -> Data:
    part = Part(draw)
    for name in ("receive-interval", "transmit-interval", "echo-transmit-interval", "echo-receive-interval"):
        part.maybe(name, (10, 50, 300, 301, 60000))
    part.maybe("detect-multiplier", (2, 3, 255))
    part.maybe("echo-mode", scalars.booleans)
    part.maybe("passive-mode", scalars.booleans)
    part.maybe("minimum-ttl", (1, 100, 254))
    return part.data
