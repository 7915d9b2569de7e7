"""The same line twice in one context, and two values for one setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.duplicates.settings import shapes
from frrcompile.lint.symbols import contexts_of
from frrcompile.lint.symbols.contexts import TOP
from frrcompile.syntax.tree import Block

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
    contexts = contexts_of(config)
    settings = shapes()
    lines: dict[int, dict[Sequence[str], Command]] = {}
    values: dict[tuple[object, ...], Command] = {}
    negated: dict[tuple[int, str], list[Command]] = {}
    context, here, finders = TOP, lines.setdefault(TOP, {}), settings.of("config")
    block: Block | None = None
    for command in config.commands:
        if command.opens is not None:
            continue
        words = tuple(command.words)
        if command.block is not block:
            block, context = command.block, contexts.of(command)
            here, finders = lines.setdefault(context, {}), settings.of(command.node)
        if words[0] == "no":
            negated.setdefault((context, words[1] if len(words) > 1 else ""), []).append(command)
        elif words[0] in finders:
            for shape, _, _ in finders[words[0]].fitting(words)[:1]:
                key = (context, *shape.key(words))
                earlier = values.get(key)
                values[key] = command
                if earlier is not None and tuple(earlier.words) != words:
                    if not _is_taken_back(earlier, negated.get((context, words[0]), ())):
                        found.changed.append((earlier, command))
                    here.pop(tuple(earlier.words), None)
        first = here.setdefault(words, command)
        if first is not command:
            if words[0] in LEAVERS or _is_taken_back(first, negated.get((context, words[0]), ())):
                here[words] = command
            else:
                found.same.append((first, command))
    return found


def _is_taken_back(earlier: Command, negated: Iterable[Command]) -> bool:
    """Whether a `no` line behind the earlier line took it back, as a whole or with what it belongs to."""
    return any(
        no.statement.number > earlier.statement.number
        and all(one == two for one, two in zip(no.words[1:], earlier.words, strict=False))
        for no in negated
    )
