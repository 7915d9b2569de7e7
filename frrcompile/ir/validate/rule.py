"""What a rule needs: the model's tree, to say where things stand, and a short way to say what is wrong."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import TypeVar

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.ir.origin import Origin
from frrcompile.model.tree import Node, Path, locate, locate_key, spell

Key = TypeVar("Key", bound=Hashable)
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the rules speak about."""

    root: Node

    def error(
        self, code: str, at: Path, message: str, *, other: Path | None = None, said: str = "", help: str = ""
    ) -> Diagnostic:
        """An error at the field `at`; `other` is its second side, which `said` describes."""
        return self._finding(Severity.ERROR, code, at, message, other, said, help)

    def warning(
        self, code: str, at: Path, message: str, *, other: Path | None = None, said: str = "", help: str = ""
    ) -> Diagnostic:
        """A warning at the field `at`: FRR takes it, but hardly anybody means it."""
        return self._finding(Severity.WARNING, code, at, message, other, said, help)

    def key_error(self, code: str, at: Path, message: str, *, help: str = "") -> Diagnostic:
        """An error about the key that ends `at`."""
        return Diagnostic(code, Severity.ERROR, message, locate_key(self.root, at), field=spell(at), help=help)

    def _finding(
        self, severity: Severity, code: str, at: Path, message: str, other: Path | None, said: str, help: str
    ) -> Diagnostic:
        labels = (Label(locate(self.root, other), said),) if other is not None else ()
        return Diagnostic(code, severity, message, locate(self.root, at), field=spell(at), labels=labels, help=help)


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
