"""Nodes that are alike: what is followed for one of them holds for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from frrcompile.ir.lower.policy import prefix_lists
from frrcompile.ir.scope import Scope
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.selector import Selector
from frrcompile.model.site import Site
from frrcompile.reach.prefixes import Line, covers, line, matching, prefix
from frrcompile.reach.route import Prefix

_ADDRESSES = {"router": ("id", "asn"), "vtep": ("ipv4", "ipv6"), "underlay": ("interfaces",)}
"""The fields of an override that do not change the way of routes: a node's own addresses. `_own_as` compares its AS."""


def groups(site: Site) -> list[tuple[str, ...]]:
    """The names of the nodes of a site, grouped by what routes can tell them by; linear in the nodes."""
    selectors = _selectors(site)
    lists = _lists(site)
    peers = [(one.address, one.range) for one in site.underlay.neighbors if one.address or one.range]
    addresses = {str(address) for address, _ in peers if address}
    ranges = [prefix(str(inside)) for _, inside in peers if inside]
    own_as = _own_as(site)
    found: dict[object, list[str]] = {}
    for name, node in site.nodes.items():
        scope = Scope(site, name)
        vteps = [prefix(str(_own(node.override, family) or scope.vtep(family) or "::")) for family in ("ipv4", "ipv6")]
        own_policies = not {"prefix-lists", "route-maps", "nodes"}.isdisjoint(node.override)
        named = any(vtep.text.split("/")[0] in addresses for vtep in vteps) or own_policies
        key = (
            name if named else "",
            tuple(selector.selects(name, node.labels) for selector in selectors),
            own_as[name],
            repr(_without_addresses(node.override)),
            tuple(_permits(lines, vtep) for lines in lists for vtep in vteps),
            tuple(covers(inside, vtep) for inside in ranges for vtep in vteps),
        )
        found.setdefault(key, []).append(name)
    return [tuple(names) for names in found.values()]


def _own(override: dict[str, Any], family: str) -> Any:
    vtep = override.get("vtep")
    return vtep.get(family) if isinstance(vtep, dict) else None


def _without_addresses(override: dict[str, Any]) -> dict[str, Any]:
    """An override without what is the node's own and changes no route's way."""
    found = {}
    for key, value in override.items():
        if key in _ADDRESSES and isinstance(value, dict):
            value = {field: part for field, part in value.items() if field not in _ADDRESSES[key]}
        if value != {}:
            found[key] = value
    return found


def _own_as(site: Site) -> dict[str, str]:
    """The AS of each node; empty where it is the node's alone, so that routes do not tell nodes apart by it."""
    found: dict[str, str] = {}
    for name, node in site.nodes.items():
        router = node.override.get("router")
        given = router.get("asn") if isinstance(router, dict) else None
        found[name] = str(given or Scope(site, name).asn(None))
    vnis = (*site.l2vnis, *(vrf.l3vni for vrf in site.vrfs.values() if vrf.l3vni))
    lists = (entry for entries in site.community_lists.values() for entry in entries)
    if any(vni.import_rts for vni in vnis) or any(entry.extended_communities for entry in lists):
        return found  # a VNI exports the AS in its route target
    count, named = Counter(found.values()), {str(asn) for asn in _numbers(site)}
    return {name: "" if count[asn] == 1 and asn not in named else asn for name, asn in found.items()}


def _numbers(site: Site) -> Iterator[object]:
    """The AS numbers in the site that are not a node's own: of neighbors, hosts, VRFs and prepends."""
    for neighbor in (*site.underlay.neighbors, *(one for vrf in site.vrfs.values() for one in vrf.neighbors)):
        yield neighbor.remote_as
        yield neighbor.local_as.asn if neighbor.local_as else None
    for vrf in site.vrfs.values():
        yield vrf.asn
        yield vrf.host_session.asn if vrf.host_session else None
    yield site.passthrough.asn if site.passthrough else None
    for entries in site.route_maps.values():
        for entry in entries:
            yield from entry.set.prepend


def _permits(lines: tuple[Line, ...], own: Prefix) -> bool:
    found = matching(lines, own)
    return bool(found and found.permit)


def _selectors(site: Site) -> list[Selector]:
    """The selectors that tell nodes apart, each once."""
    found: dict[tuple[Any, ...], Selector] = {}
    for part in _selected(site):
        if part.names or part.labels:
            found.setdefault((part.names, tuple(sorted(part.labels.items()))), part)
    return list(found.values())


def _selected(site: Site) -> Iterator[Selector]:
    yield from (one.nodes for one in site.underlay.neighbors)
    for vrf in site.vrfs.values():
        yield vrf.nodes
        yield from (one.nodes for one in vrf.neighbors)
    yield from (one.nodes for one in site.l2vnis)
    yield from (one.nodes for one in site.raw)
    if site.passthrough:
        yield site.passthrough.nodes


def _lists(site: Site) -> list[tuple[Line, ...]]:
    """The prefix lists that the underlay's policies name: they may treat two VTEPs differently."""
    names = {entry.match.prefix_list for map_ in _maps(site) for entry in site.route_maps.get(map_, ())} - {None}
    if not names:
        return []
    found: dict[tuple[str, str], list[Line]] = {}
    for entry in prefix_lists(site):
        if entry.name in names:
            found.setdefault((entry.family, entry.name), []).append(line(entry))
    return [tuple(lines) for lines in found.values()]


def _maps(site: Site) -> set[str]:
    """The route maps of the underlay's neighbors, and those that they call."""
    todo = [name for one in site.underlay.neighbors for name in _named(one)]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += [entry.call for entry in site.route_maps.get(name, ()) if entry.call]
    return seen


def _named(neighbor: Neighbor) -> Iterable[str]:
    for part in (neighbor, *neighbor.per_family.values(), *(neighbor.families or {}).values()):
        if part:
            yield from (name for name in (part.import_, part.export) if name)
