"""Which blocks are one context: FRR puts two blocks with the same header into one."""

from __future__ import annotations

from frrcompile.lint.configuration import Command, Configuration
from frrcompile.syntax.tree import Block

Words = tuple[str, ...]

TOP = 0
"""The number of the context that is not inside a block."""


class Contexts:
    """A number for each context, the same for blocks that FRR merges."""

    __slots__ = ("_instances", "_known", "_number", "merged")

    def __init__(self, config: Configuration) -> None:
        self._number: dict[int, int] = {id(None): TOP}
        self._instances: dict[int, Words] = {}
        self.merged: set[int] = set()
        """The contexts that are more than one block."""
        self._known: dict[tuple[object, ...], int] = {}
        for header in config.headers:
            words = header.words
            if words[0] == "router" and header.node == "config":
                own = self._instances[id(header.opens)] = instance(header)
                words = ("router", *own) if words[1] == "bgp" else words
            else:
                words = _told_apart_by(words)
                if around := self._instances.get(id(header.block)):
                    self._instances[id(header.opens)] = around
            key = (TOP if header.block is None else self._inside(header.block), words)
            before = len(self._known)
            number = self._number[id(header.opens)] = self._known.setdefault(key, before + 1)
            if number <= before:
                self.merged.add(number)

    def of(self, command: Command) -> int:
        """The context that a command stands in."""
        return TOP if command.block is None else self._inside(command.block)

    def inside(self, block: Block) -> int:
        """The context that a block is."""
        return self._inside(block)

    def _inside(self, block: Block | None) -> int:
        """The block's number; one that no other has for a block whose header FRR does not take."""
        number = self._number.get(id(block))
        if number is None:
            number = self._number[id(block)] = self._known.setdefault((None, id(block)), len(self._known) + 1)
        return number

    def instance_of(self, command: Command) -> tuple[str, ...]:
        """The routing instance around a command, as `instance` calls it; nothing outside of one."""
        return self._instances.get(id(command.block), ())


def instance(header: Command) -> tuple[str, ...]:
    """What tells a routing instance from others, for its header without `no`: `("bgp", "vrf", "red")`.

    The AS is no part of it: FRR has one instance for each VRF or view.
    """
    words = header.words[2:] if header.negated else header.words[1:]
    for word in ("vrf", "view"):
        if word in words[:-1]:
            at = words.index(word)
            return (words[0], *words[at : at + 2])
    return words[:1] if words[:1] == ("bgp",) else words


def _told_apart_by(words: Words) -> Words:
    """A header's words without what does not tell blocks apart: a route-map's action, the default family's name."""
    if words[0] == "route-map":
        return (*words[:2], *words[3:])
    return (*words, "unicast") if len(words) == 2 and words in _UNICAST else words


_UNICAST = (("address-family", "ipv4"), ("address-family", "ipv6"))


def contexts_of(config: Configuration) -> Contexts:
    """The contexts of a configuration, numbered once."""
    return config.derive(Contexts)
