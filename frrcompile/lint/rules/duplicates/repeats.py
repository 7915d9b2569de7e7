"""The same line twice in one context, and two values for one setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import contexts_of
from frrcompile.lint.symbols.contexts import TOP
from frrcompile.syntax.settings import Settings, tried

LEAVERS = frozenset({"exit", "quit", "end"})
"""Lines that say where a reader is, and are repeated for that."""


class Repeats:
    """The pairs of an earlier line and a later one that repeats or overrules it."""

    __slots__ = ("changed", "same")

    def __init__(self) -> None:
        self.same: list[tuple[Command, Command]] = []
        self.changed: list[tuple[Command, Command]] = []


@rule("FRR301", "line-twice", Severity.WARNING)
def line_twice(config: Configuration) -> Iterator[Problem]:
    """A line that stands twice in one context has no effect the second time.

    What: the same command twice in one block, or in two blocks with the same header, which are one to FRR.
    Why: commands set, and setting the same again changes nothing (lib/command.c runs one line after the other). When one of
        the two is edited later, the other is easily overlooked.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    """
    for first, second in config.derive(_repeats).same:
        yield Problem(
            second, "this line was there before", labels=(first.label("first here"),), help="take one of them out"
        )


@rule("FRR302", "setting-twice", Severity.WARNING)
def setting_twice(config: Configuration) -> Iterator[Problem]:
    """A second value takes the place of the first.

    What: two values for a setting that has one, such as `bgp router-id`, a neighbour's description, or a route-map entry's
        `set metric`.
    Why: FRR reads line by line and keeps the last (bgpd/bgp_vty.c, lib/routemap_northbound.c); each setting of the table was
        tried with FRR 8.4, 10.3 and 10.7. Which one was meant is not said.
    Bad:
        router bgp 65000
         bgp router-id 192.0.2.1
         bgp router-id 192.0.2.2
        exit
    Good:
        router bgp 65000
         bgp router-id 192.0.2.2
        exit
    """
    for first, second in config.derive(_repeats).changed:
        yield Problem(
            second,
            f"a second value for the setting of line {first.statement.number}: this one wins",
            labels=(first.label("without effect"),),
            help="take one of them out",
        )


def _repeats(config: Configuration) -> Repeats:
    found = Repeats()
    for lines in _contexts(config):
        if lines and _has_repeats(lines, settings := tried(lines[0].node)):
            _find(lines, settings, found)
    return found


def _contexts(config: Configuration) -> Iterable[Sequence[Command]]:
    """The lines of each context, headers among them; what a block has whose header FRR does not take is one of its own."""
    contexts = contexts_of(config)
    if not contexts.merged:
        return config.blocks
    blocks: dict[int, list[Sequence[Command]]] = {TOP: [config.within(None)]}
    refused = (command for command in config.unknown if command.opens is not None)
    for header in chain(config.headers, refused):
        if header.opens is not None:
            blocks.setdefault(contexts.inside(header.opens), []).append(config.within(header.opens))
    return (parts[0] if len(parts) == 1 else [*chain.from_iterable(parts)] for parts in blocks.values())


def _has_repeats(lines: Sequence[Command], settings: Settings) -> bool:
    """Whether there may be any: two lines that begin alike, as far as settings go. Most contexts have none."""
    common = settings.common
    return len({one.words[: common(one.words[0])] for one in lines}) < len(lines)


def _find(lines: Iterable[Command], settings: Settings, found: Repeats) -> None:
    """Adds the repeats of one context."""
    here: dict[Sequence[str], Command] = {}
    values: dict[tuple[str, ...], Command] = {}
    taken_back = _TakenBack()
    for command in lines:
        words = command.words
        if command.opens is not None:
            continue
        if command.negated:
            taken_back.add(command)
        elif key := settings.key(words):
            earlier = values.get(key)
            values[key] = command
            if earlier is not None and earlier.words != words:
                if not taken_back.has(earlier):
                    found.changed.append((earlier, command))
                here.pop(earlier.words, None)
        first = here.setdefault(words, command)
        if first is not command:
            if words[0] in LEAVERS or taken_back.has(first):
                here[words] = command
            else:
                found.same.append((first, command))


class _TakenBack:
    """What `no` lines take back: what they say, what begins with it, and what it begins with."""

    __slots__ = ("_beginnings", "_firsts", "_whole")

    def __init__(self) -> None:
        self._firsts: set[str] = set()
        self._whole: dict[tuple[str, ...], int] = {}
        self._beginnings: dict[tuple[str, ...], int] = {}

    def add(self, no: Command) -> None:
        """One more such line, behind those before."""
        words = no.words[1:]
        self._firsts.update(words[:1])
        self._whole[words] = no.statement.number
        for end in range(1, len(words)):
            self._beginnings[words[:end]] = no.statement.number

    def has(self, earlier: Command) -> bool:
        """Whether one of the lines behind the earlier one took it back, as a whole or with what it belongs to."""
        words, number = earlier.words, earlier.statement.number
        if words[0] not in self._firsts:
            return False
        return self._beginnings.get(words, 0) > number or any(
            self._whole.get(words[:end], 0) > number for end in range(1, len(words) + 1)
        )
