"""Random sites: nodes around one to three leaves, with the attributes that change which routes arrive.

Some have sessions between nodes as well, internal ones with a reflector among them; some have IPv6 VTEPs, IPv6 sessions, and
unnumbered ones.
"""

from __future__ import annotations

import random
from typing import Any

from tests.models.scalars import Data

NODE_AS, LEAF_AS, HOST_AS, EXTERNAL_AS = 65001, 65101, 65300, 65201
VTEPS = "100.65.0.0/24"
VTEPS6 = "2001:db8:65::/112"
HOSTS = "192.0.2.0/24"


def leaf_address(leaf: int, version: int = 4) -> str:
    """The address of a leaf on the link to the nodes."""
    return f"10.9.{leaf}.1" if version == 4 else f"2001:db8:9:{leaf + 1}::1"


def node_address(place: int, leaf: int, version: int = 4) -> str:
    """The address of a node, by its place in the site, on the link to a leaf."""
    return f"10.9.{leaf}.{10 + place}" if version == 4 else f"2001:db8:9:{leaf + 1}::{10 + place}"


def site(number: int) -> Data:
    """The site of a number: the same one each time."""
    draw = random.Random(f"site {number}")
    nodes = [f"node-{n}" for n in range(draw.choice((2, 2, 3)))]
    common = draw.random() < 0.5
    leaves = draw.choice((1, 2, 2, 3))
    data: Data = {
        "nodes": {name: _node(draw, n, common) for n, name in enumerate(nodes)},
        "pools": {"router-id": "10.255.0.0/24", "vtep-ipv4": VTEPS},
        "router": {"asn": NODE_AS, "ebgp-requires-policy": draw.random() < 0.15},
    }
    policies = _policies(draw)
    host = draw.random() < 0.5
    data["underlay"] = {
        "interfaces": [{"name": f"eth{leaf}"} for leaf in range(leaves)],
        "neighbors": [_neighbor(draw, leaf, list(policies["route-maps"]), common, host) for leaf in range(leaves)],
    }
    if draw.random() < 0.1:
        data["underlay"]["aggregates"] = [{"prefix": VTEPS, "summary-only": draw.random() < 0.7}]
    if draw.random() < 0.8:
        data["l2vnis"] = [_l2vni(draw, 110 + n) for n in range(draw.choice((1, 1, 2)))]
    if host:
        data["passthrough"] = _passthrough(draw, list(policies["route-maps"]))
    more = random.Random(f"more of site {number}")
    if more.random() < 0.3:
        data["underlay"]["no-transit"] = False
    if more.random() < 0.25:
        _ipv6(more, data)
    if more.random() < 0.25:
        _between_nodes(more, data, common)
    return data | policies


def core_address(leaf: int, end: int, version: int = 4) -> str:
    """An end of the link between a leaf and the core: 1 is the leaf, 2 the core."""
    return f"10.8.{leaf}.{end}" if version == 4 else f"2001:db8:8:{leaf + 1}::{end}"


def _ipv6(draw: random.Random, data: Data) -> None:
    """IPv6 VTEPs beside those of IPv4, and sessions over IPv6, which carry both families; some are unnumbered."""
    data["pools"]["vtep-ipv6"] = VTEPS6
    for one in data.get("l2vnis", ()):
        if draw.random() < 0.6:
            one["underlay"] = "ipv6"
    for leaf, one in enumerate(data["underlay"]["neighbors"]):
        if leaf and draw.random() < 0.5:
            del one["address"]
            one["interface"] = f"eth{leaf}"
        else:
            one |= {"address": leaf_address(leaf, 6), "extended-nexthop": True}
        if "families" in one and draw.random() < 0.6:
            one["families"] = {**one["families"], "ipv6-unicast": {}}


def _between_nodes(draw: random.Random, data: Data, common: bool) -> None:
    """A session of the first node with each of the others, over the link to the first leaf."""
    client = common and draw.random() < 0.6
    for place, (name, node) in enumerate(data["nodes"].items()):
        interfaces = [dict(one) for one in data["underlay"]["interfaces"]]
        interfaces[0]["addresses"] = [f"{node_address(place, 0)}/24", f"{node_address(place, 0, 6)}/64"]
        override = node.setdefault("override", {})
        override["underlay"] = {"interfaces": interfaces}
        if place == 0:
            continue
        asn = "internal" if common else override["router"]["asn"]
        there = {"address": node_address(place, 0), "remote-as": asn, "nodes": {"names": ["node-0"]}}
        back = {"address": node_address(0, 0), "remote-as": "internal" if common else NODE_AS}
        for one, selected in ((there, "node-0"), (back, name)):
            one |= {"timers": {"connect": 1}, "nodes": {"names": [selected]}}
            if draw.random() < 0.2:
                one[draw.choice(("import", "export"))] = draw.choice(("map-0", "all"))
        if client:
            there["route-reflector-client"] = True
        data["underlay"]["neighbors"] += [there, back]


def _node(draw: random.Random, index: int, common: bool) -> Data:
    node: Data = {"index": index * draw.choice((1, 1, 40)), "labels": {"rack": draw.choice("ab")}}
    if not common and index:
        node["override"] = {"router": {"asn": NODE_AS + index}}
    return node


def _neighbor(draw: random.Random, leaf: int, maps: list[str], common: bool, host: bool) -> Data:
    kinds: tuple[Any, ...] = (LEAF_AS + leaf, LEAF_AS, "external", "external")
    one: Data = {
        "address": leaf_address(leaf),
        "remote-as": draw.choice((*kinds, "internal") if common else kinds),
        "timers": {"connect": 1},
    }
    internal = one["remote-as"] == "internal"
    if draw.random() < (0.7 if common else 0.3):
        one["allowas-in"] = draw.choice(("origin", "origin", 1, 2, 3))
    if not internal and draw.random() < 0.15:
        one["local-as"] = draw.choice(
            ({"asn": 65400}, {"asn": 65400, "prepend": False}, {"asn": 65400, "prepend": False, "replace": True})
        )
    if draw.random() < 0.06:
        one["next-hop-self"] = draw.choice((True, "force"))
    if internal and draw.random() < 0.4:
        one["route-reflector-client"] = True
    for way in ("import", "export"):
        if draw.random() < 0.35:
            one[way] = draw.choice(maps)
    if draw.random() < 0.2:
        one["families"] = draw.choice(
            ({"ipv4-unicast": {}}, {"l2vpn-evpn": {}}, {"ipv4-unicast": {}, "l2vpn-evpn": {}})
        )
        for family in one["families"]:
            if draw.random() < 0.4:
                one["families"][family] = {draw.choice(("import", "export")): draw.choice(maps)}
    if "families" not in one and draw.random() < 0.25:
        options = {draw.choice(("import", "export")): draw.choice(maps)}
        one["per-family"] = {"ipv4-unicast": options}
    if draw.random() < 0.08 and not host:  # what a host announces is not known to the check, and not counted
        limit = {"maximum-prefix": {"limit": draw.choice((1, 2, 4)), "warning-only": draw.random() < 0.3}}
        field = "families" if "families" in one else "per-family"
        if field == "per-family" or "ipv4-unicast" in one["families"]:
            one.setdefault(field, {}).setdefault("ipv4-unicast", {}).update(limit)
    if draw.random() < 0.15:
        one["nodes"] = draw.choice(({"names": ["node-0"]}, {"labels": {"rack": "a"}}))
    return one


def _l2vni(draw: random.Random, vni: int) -> Data:
    one: Data = {"vni": vni}
    if draw.random() < 0.25:
        one["import-rts"] = draw.sample((f"65001:{vni}", f"1:{vni}", "9:9"), draw.choice((1, 2)))
    if draw.random() < 0.25:
        one["export-rts"] = draw.sample((f"1:{vni}", "9:9"), 1)
    if draw.random() < 0.15:
        one["nodes"] = {"names": ["node-0", "node-1"]}
    return one


def _passthrough(draw: random.Random, maps: list[str]) -> Data:
    one: Data = {"asn": HOST_AS, "ipv4": {"pool": HOSTS}, "timers": {"connect": 1}}
    for way in ("import", "export"):
        if draw.random() < 0.4:
            one[way] = draw.choice(maps)
    return one


def _policies(draw: random.Random) -> Data:
    lists = {f"list-{n}": _prefix_list(draw) for n in range(2)}
    communities = {"marked": [{"action": "permit", "communities": ["65000:1"]}]}
    if draw.random() < 0.5:
        communities["targets"] = [{"action": draw.choice(("permit", "deny")), "extended-communities": ["rt 65001:110"]}]
    names = ["map-0", "map-1", "map-2"]
    maps = {
        name: [_entry(draw, list(lists), list(communities), names[n + 1 :]) for _ in range(draw.choice((1, 1, 2, 3)))]
        for n, name in enumerate(names)
    }
    maps["all"] = [{"action": "permit"}]
    return {"prefix-lists": lists, "community-lists": communities, "route-maps": maps}


def _prefix_list(draw: random.Random) -> list[Data]:
    entries: list[Data] = []
    for _ in range(draw.choice((1, 1, 2, 3))):
        prefix = draw.choice(
            (VTEPS, VTEPS, "100.65.0.0/32", "100.65.0.1/32", "100.64.0.0/10", "0.0.0.0/0", "10.244.0.0/16")
        )
        entry: Data = {"action": draw.choice(("permit", "permit", "permit", "deny")), "prefix": prefix}
        if not prefix.endswith("/32") and draw.random() < 0.6:
            entry["le"] = draw.choice((24, 28, 32, 32, 32))
        if prefix == VTEPS and "le" in entry and draw.random() < 0.2:
            entry["ge"] = min(entry["le"], draw.choice((26, 32)))
        if entry not in entries:
            entries.append(entry)
    return entries


def _entry(draw: random.Random, lists: list[str], communities: list[str], later: list[str]) -> Data:
    entry: Data = {"action": draw.choice(("permit",) * 6 + ("deny",))}
    match: Data = {}
    kind = draw.random()
    if kind < 0.35:
        match["prefix-list"] = draw.choice(lists)
    elif kind < 0.45:
        match["community-list"] = draw.choice(communities)
    elif kind < 0.6:
        match["route-type"] = draw.choice(("multicast", "multicast", "macip", "prefix"))
    elif kind < 0.65:
        match["vni"] = draw.choice((110, 111))
    elif kind < 0.66:
        match["tag"] = 7
    if match:
        entry["match"] = match
    if entry["action"] == "permit":
        changes = _changes(draw)
        if changes:
            entry["set"] = changes
        if later and draw.random() < 0.15:
            entry["call"] = draw.choice(later)
        if draw.random() < 0.15:
            entry["next"] = True
    return entry


def _changes(draw: random.Random) -> Data:
    changes: Data = {}
    if draw.random() < 0.25:
        changes["communities"] = draw.choice(
            (["65000:1"], ["65000:2"], ["65000:1", "65000:2"], ["no-export"], ["local-AS"], ["no-advertise"])
        )
        if draw.random() < 0.5:
            changes["additive"] = True
    if draw.random() < 0.15:
        changes["prepend"] = draw.choice(([NODE_AS], [NODE_AS + 1], [64999], [NODE_AS, NODE_AS], [LEAF_AS]))
    if draw.random() < 0.1:
        changes["local-preference"] = draw.choice((50, 200))
    if draw.random() < 0.05:
        changes["tag"] = 7
    if draw.random() < 0.05:
        changes["metric"] = 5
    return changes
