"""What a rule is: a function with a code that yields problems; and how it finds what is there twice, or overlaps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import Any, NamedTuple, TypeVar

from frrcompile.diagnostics import Severity
from frrcompile.ir.links import Links
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.model.site import Site

Key = TypeVar("Key", bound=Hashable)
Network = IPv4Network | IPv6Network


class Problem(NamedTuple):
    """What a rule found at the field `at`; `other` is its second side, which `said` describes.

    With `key` the key that ends `at` is marked, and not its value.
    """

    at: Origin
    message: str
    other: Origin | None = None
    said: str = ""
    help: str = ""
    key: bool = False


Check = Callable[[Any], Iterator[Problem]]
Checked = TypeVar("Checked", bound=Check)


class Rule(NamedTuple):
    """One rule: its code, its name in words with hyphens, how bad its findings are, and the function that finds them."""

    code: str
    name: str
    severity: Severity
    check: Check

    @property
    def family(self) -> str:
        """The module that it stands in, as words: `route-maps`."""
        return self.check.__module__.rpartition(".")[2].replace("_", "-")


over_site: list[Rule] = []
over_scope: list[Rule] = []
over_links: list[Rule] = []
over_node: list[Rule] = []
"""The rules of the modules that are imported, by what they look at; `frrcompile.ir.validate` imports all."""


def site_rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Site], Iterator[Problem]]], Callable[[Site], Iterator[Problem]]]:
    """Makes a rule over the site as a whole."""
    return _registering(over_site, code, name, severity)


def scope_rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Scope], Iterator[Problem]]], Callable[[Scope], Iterator[Problem]]]:
    """Makes a rule over one node's part of the model, before it is lowered."""
    return _registering(over_scope, code, name, severity)


def links_rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Links], Iterator[Problem]]], Callable[[Links], Iterator[Problem]]]:
    """Makes a rule over the links of a router as lowered: names that were derived meet there."""
    return _registering(over_links, code, name, severity)


def node_rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Node], Iterator[Problem]]], Callable[[Node], Iterator[Problem]]]:
    """Makes a rule over a router as lowered."""
    return _registering(over_node, code, name, severity)


def _registering(rules: list[Rule], code: str, name: str, severity: Severity) -> Callable[[Checked], Checked]:
    def register(check: Checked) -> Checked:
        rules.append(Rule(code, name, severity, check))
        return check

    return register


def repeated(pairs: Iterable[tuple[Key, Origin]]) -> Iterator[tuple[Key, Origin, Origin]]:
    """Each key that comes again, with its place and the place where it stood first."""
    first: dict[Key, Origin] = {}
    for key, at in pairs:
        if key in first:
            yield key, at, first[key]
        else:
            first[key] = at


def overlapping(pairs: Iterable[tuple[Network, Origin]]) -> Iterator[tuple[Network, Origin, Network, Origin]]:
    """Each network that lies within another, with its place, the other, and the other's place."""

    def widest_first(pair: tuple[Network, Origin]) -> tuple[int, bytes, int]:
        network = pair[0]
        return network.version, network.network_address.packed, network.prefixlen

    around: tuple[Network, Origin] | None = None
    for network, at in sorted(pairs, key=widest_first):
        if around and around[0].version == network.version and around[0].supernet_of(network):  # type: ignore[arg-type]
            yield network, at, *around
        else:
            around = network, at
