"""Ranges that sessions are taken from without being named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple

from frrcompile.diagnostics import Severity
from frrcompile.lint.bgp import Instance, instances
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule


class Range(NamedTuple):
    """A `bgp listen range NETWORK peer-group GROUP`."""

    network: IPv4Network | IPv6Network
    group: str
    command: Command


def ranges(instance: Instance) -> list[Range]:
    """The listen ranges of an instance in order, without those that are taken back."""
    found: dict[tuple[str, str], Range] = {}
    for command in instance.listening:
        words = tuple(command.words[1:] if command.negated else command.words)
        if len(words) < 6 or words[:3] != ("bgp", "listen", "range"):
            continue
        try:
            network = ip_network(words[3], strict=False)
        except ValueError:
            continue
        key = (str(network), words[5])
        if command.negated:
            found.pop(key, None)
        else:
            found.setdefault(key, Range(network, words[5], command))
    return list(found.values())


@rule("FRR431", "listen-range-without-remote-as", Severity.ERROR, keywords=("listen",))
def listen_range_without_remote_as(config: Configuration) -> Iterator[Problem]:
    """A listen range's peer-group must have its remote-as before the range.

    What: the group of a `bgp listen range` has no `remote-as`, or has it only further down.
    Why: bgpd refuses the range (bgpd/bgpd.c, peer_group_listen_range_add: BGP_ERR_PEER_GROUP_NO_REMOTE_AS).
    Bad:
        router bgp 65000
         neighbor hosts peer-group
         bgp listen range 192.0.2.0/24 peer-group hosts
         neighbor hosts remote-as external
        exit
    Good:
        router bgp 65000
         neighbor hosts peer-group
         neighbor hosts remote-as external
         bgp listen range 192.0.2.0/24 peer-group hosts
        exit
    """
    for instance in config.derive(instances):
        for one in ranges(instance):
            group = instance.neighbors.get(one.group)
            if group is None or not group.is_group or (group.remote and group.remote.span < one.command.span):
                continue
            labels = (group.remote.label("its remote-as comes only here"),) if group.remote else ()
            message = f"the group {group.name} has no remote-as here: bgpd refuses the range"
            yield Problem(one.command, message, labels, f"put `neighbor {group.name} remote-as` before it")


@rule("FRR432", "listen-ranges-overlap", Severity.ERROR, keywords=("listen",))
def listen_ranges_overlap(config: Configuration) -> Iterator[Problem]:
    """Two listen ranges of an instance must not overlap.

    What: one range is a part of another.
    Why: bgpd refuses the second one (bgpd/bgp_vty.c, bgp_listen_range).
    Bad:
        router bgp 65000
         neighbor hosts peer-group
         neighbor hosts remote-as external
         neighbor pods peer-group
         neighbor pods remote-as external
         bgp listen range 192.0.2.0/24 peer-group hosts
         bgp listen range 192.0.2.128/25 peer-group pods
        exit
    Good:
        router bgp 65000
         neighbor hosts peer-group
         neighbor hosts remote-as external
         neighbor pods peer-group
         neighbor pods remote-as external
         bgp listen range 192.0.2.0/25 peer-group hosts
         bgp listen range 192.0.2.128/25 peer-group pods
        exit
    """
    for instance in config.derive(instances):
        told: set[int] = set()
        for outer, inner in _overlaps(ranges(instance)):
            first, second = sorted((outer, inner), key=lambda entry: entry.command.span)
            # The same range with another group is a finding of the duplicates.
            if outer.network == inner.network or id(second) in told:
                continue
            told.add(id(second))
            message = f"{second.network} overlaps with {first.network}: bgpd refuses this range"
            yield Problem(
                second.command, message, (first.command.label("the other is here"),), "choose ranges that are apart"
            )


def _overlaps(found: Iterable[Range]) -> Iterator[tuple[Range, Range]]:
    """Each range that lies in another, with the narrowest one around it."""
    around: list[Range] = []
    for one in sorted(found, key=_order):
        while around and not _contains(around[-1], one):
            around.pop()
        if around:
            yield around[-1], one
        around.append(one)


def _order(one: Range) -> tuple[int, int, int]:
    return one.network.version, int(one.network.network_address), one.network.prefixlen


def _contains(outer: Range, inner: Range) -> bool:
    return outer.network.version == inner.network.version and inner.network.network_address in outer.network
