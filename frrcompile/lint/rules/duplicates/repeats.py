"""The same line twice in one context, and two values for one setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.duplicates.settings import shapes
from frrcompile.lint.symbols import contexts_of

LEAVERS = frozenset({"exit", "quit", "end"})
"""Lines that say where a reader is, and are repeated for that."""


@dataclass(slots=True)
class Repeats:
    """The pairs of an earlier line and a later one that repeats or overrules it."""

    same: list[tuple[Command, Command]] = field(default_factory=list)
    changed: list[tuple[Command, Command]] = field(default_factory=list)


@rule("FRR301", "line-twice", Severity.WARNING)
def line_twice(config: Configuration) -> Iterator[Problem]:
    """A line that stands twice in one context has no effect the second time.

    What: the same command twice in one block, or in two blocks with the same header, which are one to FRR.
    Why: the second changes nothing, and when one of them is edited the other is easily overlooked. frr-reload.py puts
        equal lines of a context into one (tools/frr-reload.py).
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
    table = shapes()
    values: dict[tuple[int, tuple[str, ...]], Command] = {}
    lines: dict[tuple[int, str, str], dict[tuple[str, ...], Command]] = {}
    heads = table.heads()
    for command in config.commands:
        words = command.words
        if command.opens is not None or words[0] in LEAVERS:
            continue
        context = contexts.of(command)
        if words[0] == "no":
            _forget(context, words[1:], command.node, values, lines)
        elif (command.node, words[0]) in heads:
            for shape, _, _ in table.fitting(command.node, words):
                key = (context, shape.key(words))
                earlier = values.get(key)
                if earlier is not None and list(earlier.words) != list(words):
                    found.changed.append((earlier, command))
                    lines.get(_place(context, earlier.words), {}).pop(tuple(earlier.words), None)
                values[key] = command
                break
        here = lines.setdefault(_place(context, words), {})
        first = here.setdefault(tuple(words), command)
        if first is not command:
            found.same.append((first, command))
    return found


def _place(context: int, words: Sequence[str]) -> tuple[int, str, str]:
    return (context, words[0], words[1] if len(words) > 1 else "")


def _forget(
    context: int,
    words: Sequence[str],
    node: str,
    values: dict[tuple[int, tuple[str, ...]], Command],
    lines: dict[tuple[int, str, str], dict[tuple[str, ...], Command]],
) -> None:
    """What a `no` line takes back may be said again; `words` are its words without `no`."""
    if not words:
        return
    lines.pop(_place(context, words), None)
    for shape, _, _ in shapes().fitting(node, (*words, "", "")):
        values.pop((context, shape.key((*words, "", ""))), None)
    for earlier in [command for key, command in values.items() if len(words) < 3 and key[0] == context]:
        if list(earlier.words[: len(words)]) == list(words):
            for shape, _, _ in shapes().fitting(earlier.node, earlier.words):
                values.pop((context, shape.key(earlier.words)), None)
