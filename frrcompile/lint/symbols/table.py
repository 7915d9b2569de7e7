"""The symbol table of a configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Span
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.symbols.contexts import Contexts, contexts_of
from frrcompile.lint.symbols.finding import Finders, Fitting
from frrcompile.lint.symbols.standing import standing
from frrcompile.lint.symbols.words import DEFINITIONS, USES, Effect, Kind

Scope = tuple[str, ...]
"""Where a name is known: a peer-group in its BGP instance, everything else everywhere (the empty tuple)."""

COMPARISONS = 20_000
"""How many pairs of names are compared for "did you mean" in one file, so that a large one takes no longer."""


class Definition(NamedTuple):
    """A command that defines a name, or a part of what has it."""

    kind: Kind
    name: str
    scope: Scope
    command: Command


class Use(NamedTuple):
    """A command that uses a name: the word at `at` of its words, and what FRR does where the name is not defined."""

    kind: Kind
    name: str
    scope: Scope
    command: Command
    at: int
    effect: Effect

    @property
    def span(self) -> Span:
        """Where the name is."""
        return self.command.word(self.at)


class Symbols:
    """Definitions and uses of one configuration in order, without those that a later `no` line takes back."""

    def __init__(self, config: Configuration) -> None:
        self._contexts = contexts_of(config)
        self._definitions: dict[tuple[Kind, Scope], dict[str, list[Definition]]] = {}
        self._uses: defaultdict[Kind, list[Use]] = defaultdict(list)
        self._used: defaultdict[tuple[Kind, Scope], set[str]] = defaultdict(set)
        self._comparisons = COMPARISONS
        self._suggested: dict[tuple[Kind, Scope, str], str | None] = {}
        for definition in _defined(config, self._contexts):
            names = self._definitions.setdefault((definition.kind, definition.scope), {})
            names.setdefault(definition.name, []).append(definition)
        for use in _used(config, self._contexts):
            self._uses[use.kind].append(use)
            self._used[use.kind, use.scope].add(use.name)

    def uses(self, *kinds: Kind) -> Iterator[Use]:
        """Every use of names of these kinds."""
        return (use for kind in kinds for use in self._uses.get(kind, ()))

    def undefined(self, *kinds: Kind) -> Iterator[Use]:
        """The uses of names that nothing in the file defines."""
        return (use for use in self.uses(*kinds) if use.name not in self.names(use.kind, use.scope))

    def unused(self, kind: Kind) -> Iterator[Definition]:
        """The first definition of each name of this kind that nothing in the file uses."""
        for (one, scope), names in self._definitions.items():
            if one is kind:
                used = self._used.get((kind, scope), set())
                yield from (found[0] for name, found in names.items() if name not in used)

    def names(self, kind: Kind, scope: Scope = ()) -> Collection[str]:
        """The names of a kind that are defined."""
        return self._definitions.get((kind, scope), {})

    def used_names(self, kind: Kind, scope: Scope = ()) -> Collection[str]:
        """The names of a kind that are used."""
        return self._used.get((kind, scope), ())

    def definitions(self, kind: Kind, name: str, scope: Scope = ()) -> Sequence[Definition]:
        """The commands that define a name, in order; a list has one for each entry."""
        return self._definitions.get((kind, scope), {}).get(name, ())

    def suggestion(self, use: Use) -> str | None:
        """The defined name that was probably meant: it differs by case or by a letter or two; None where there is none."""
        key = (use.kind, use.scope, use.name)
        if key not in self._suggested:
            self._suggested[key] = self._nearest(use)
        return self._suggested[key]

    def _nearest(self, use: Use) -> str | None:
        names = self.names(use.kind, use.scope)
        if len(names) > self._comparisons:
            return None
        self._comparisons -= len(names)
        return nearest_name(use.name, names)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be.

    Stricter than `diagnostics.nearest`, which is for keywords: `peer-in` and `peer-out` are two names, not a slip.
    """
    import difflib  # only where a name is not there: every file would wait for it

    by_lower = {one.lower(): one for one in known}
    if name.lower() in by_lower:
        return by_lower[name.lower()]
    near = [one for one in by_lower if abs(len(one) - len(name)) <= 2]
    matches = difflib.get_close_matches(name.lower(), near, n=1, cutoff=0.8)
    return by_lower[matches[0]] if matches else None


def symbols_of(config: Configuration) -> Symbols:
    """The symbol table of a configuration, made once."""
    return config.derive(Symbols)


def _defined(config: Configuration, contexts: Contexts) -> Iterator[Definition]:
    for node, first, finder in _definitions():
        find = cache(finder.fitting)  # a line often stands in many blocks

        def read(command: Command, fitting: Fitting[Kind] = find) -> list[Definition]:
            words = command.words
            return [
                Definition(kind, words[at], contexts.instance_of(command) if kind is _PEER_GROUP else (), command)
                for kind, at in fitting(words)
            ]

        yield from standing(finder.candidates(config.of(node, first)), contexts, read)


def _used(config: Configuration, contexts: Contexts) -> Iterator[Use]:
    for node, first, finder in _uses():
        find = cache(finder.fitting)

        def read(command: Command, fitting: Fitting[tuple[Kind, Effect]] = find) -> list[Use]:
            words = command.words
            return [
                Use(
                    kind,
                    words[at],
                    contexts.instance_of(command) if kind is _PEER_GROUP else (),
                    command,
                    at,
                    effect,
                )
                for (kind, effect), at in fitting(words)
                if not _is_fixed(kind, words[at])
            ]

        yield from standing(finder.candidates(config.of(node, first)), contexts, read)


def _is_fixed(kind: Kind, word: str) -> bool:
    """Whether the word is one of FRR's own at this place, and no name."""
    return word in _FIXED.get(kind, ()) or (kind is _ACCESS_LIST6 and ":" in word)  # `match ipv6 next-hop ADDRESS`


_VRF_WORDS = frozenset({"default", "unchanged", "route-map"})
_FIXED = {Kind.VRF: _VRF_WORDS, Kind.VRF_INSTANCE: _VRF_WORDS}
_PEER_GROUP, _ACCESS_LIST6 = Kind.PEER_GROUP, Kind.ACCESS_LIST6  # an enum's member takes a while to be found


@lru_cache(maxsize=1)
def _definitions() -> Finders[Kind]:
    return Finders((nodes, written, kind) for kind, nodes, written in DEFINITIONS)


@lru_cache(maxsize=1)
def _uses() -> Finders[tuple[Kind, Effect]]:
    return Finders((nodes, written, (kind, effect)) for kind, effect, nodes, written in USES)
