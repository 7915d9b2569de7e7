"""Policies that external sessions must have (RFC 8212)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frrcompile.diagnostics import Severity
from frrcompile.facts.boundaries import CONFEDERATION_NEEDS_NO_POLICY
from frrcompile.facts.families import FAMILIES
from frrcompile.lint.bgp import Instance, Link, Neighbor, instances
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule

_POLICIES = {
    "in": frozenset({"route-map in", "prefix-list in", "filter-list in", "distribute-list in"}),
    "out": frozenset({"route-map out", "prefix-list out", "filter-list out", "distribute-list out", "unsuppress-map"}),
}
_TITLES = {family.node: family.title for family in FAMILIES}


@rule("FRR441", "ebgp-without-policy", Severity.WARNING)
def ebgp_without_policy(config: Configuration) -> Iterator[Problem]:
    """An external session without a policy takes and announces nothing.

    What: a neighbour of another AS has no route-map, prefix-list, filter-list or distribute-list in a direction, in a
    family that it is active in, and the instance wants one.
    Why: `bgp ebgp-requires-policy` is the default (RFC 8212) unless the file says `frr defaults datacenter`: what comes
    from such a neighbour is discarded, nothing is sent to it, and the session is up nevertheless (bgpd/bgp_route.c,
    bgp_inbound_policy_exists and bgp_outbound_policy_exists; the default is in bgpd/bgp_vty.c).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        route-map all permit 10
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 route-map all in
          neighbor 192.0.2.1 route-map all out
         exit-address-family
        exit
    """
    external = {Link.EXTERNAL}
    if config.release < CONFEDERATION_NEEDS_NO_POLICY:
        external.add(Link.CONFEDERATION)
    for instance in config.derive(instances):
        if not is_required(config, instance):
            continue
        for neighbor in sessions(instance):
            if neighbor.link in external and not neighbor.said("oad"):
                yield from _without(neighbor)


def is_required(config: Configuration, instance: Instance) -> bool:
    """Whether external sessions of the instance need a policy."""
    written = instance.requires_policy
    return not written.negated if written else config.derive(_required_by_default)


def _required_by_default(config: Configuration) -> bool:
    """What holds for an instance that says nothing, by the profile and the version in the file."""
    for command in config.of("config", "frr"):
        kind, value = (*command.words[1:3], "", "")[:2]
        if kind == "defaults" and value == "datacenter":
            return False
        if kind == "version" and _before_7_4(value):
            return False
    return True


def _before_7_4(version: str) -> bool:
    numbers = version.split(".")[:2]
    return all(number.isdecimal() for number in numbers) and tuple(map(int, numbers)) < (7, 4)


def sessions(instance: Instance) -> Iterator[Neighbor]:
    """Neighbours, and the groups whose members come from a listen range."""
    if not instance.listening:
        return instance.peers
    listening = {line.words[-1] for line in instance.listening if not line.negated}
    return (one for one in instance.neighbors.values() if not one.is_group or one.name in listening)


def _without(neighbor: Neighbor) -> Iterator[Problem]:
    missing = {direction: unfiltered(neighbor, direction) for direction in _POLICIES}
    both = missing["in"] & missing["out"]
    texts = []
    if both:
        texts.append(f"nothing is taken or announced in {_titles(both)}")
    if only := missing["in"] - both:
        texts.append(f"nothing is taken in {_titles(only)}")
    if only := missing["out"] - both:
        texts.append(f"nothing is announced in {_titles(only)}")
    if texts:
        yield Problem(
            neighbor.made,
            f"no policy for the external session with {neighbor.name}: {', '.join(texts)}",
            help="add route-maps for both directions, or `no bgp ebgp-requires-policy` to the instance",
        )


def unfiltered(neighbor: Neighbor, direction: str) -> set[str]:
    """The families without a policy `in` or `out`, of those that it is activated in, or else is in by default."""
    said = {family: neighbor.said_in(family) for family in neighbor.active}
    families = [family for family, lines in said.items() if "activate" in lines] or said
    return {family for family in families if _POLICIES[direction].isdisjoint(said[family])}


def _titles(families: Iterable[str]) -> str:
    return ", ".join(sorted(_TITLES[family] for family in families))
