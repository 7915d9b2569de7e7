"""Route-map entries: one number in two places, and entries that nothing reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Kind, symbols_of

Maps = Mapping[str, Mapping[int, "MapEntry"]]


class MapEntry:
    """One entry, of all blocks that have its number.

    `goes_on` is where it goes when it has permitted: None ends the map, 0 is the next entry, another number the first
    entry from that number on.
    """

    __slots__ = ("conditional", "goes_on", "headers", "number")

    def __init__(self, number: int, conditional: bool = False, goes_on: int | None = None) -> None:
        self.number = number
        self.headers: list[Command] = []
        self.conditional = conditional
        self.goes_on = goes_on

    @property
    def permits(self) -> bool:
        """What it does with a route that matches: the last header says."""
        return self.headers[-1].words[2] == "permit"


@rule("FRR311", "route-map-entry-changes-action", Severity.ERROR)
def route_map_entry_changes_action(config: Configuration) -> Iterator[Problem]:
    """A route-map entry that permits in one place and denies in another does the later, with the lines of both.

    What: `route-map NAME permit N` and `route-map NAME deny N`.
    Why: an entry is one by its name and number; the second header changes what it does and keeps its `match` and `set`
        lines (lib/routemap_northbound.c; seen in FRR 8.4, 10.3 and 10.7).
    Bad:
        route-map leaf permit 10
         match tag 5
        exit
        route-map leaf deny 10
         match tag 6
        exit
    Good:
        route-map leaf permit 10
         match tag 5
        exit
        route-map leaf deny 20
         match tag 6
        exit
    """
    for name, number, first, second in _again(config):
        if first.words[2] != second.words[2]:
            yield Problem(
                second,
                f"entry {number} of route-map `{name}` was to {first.words[2]}; with this line it is to "
                f"{second.words[2]}, with the lines of both places",
                labels=(first.label("first here"),),
                help="give one of them another number",
            )


@rule("FRR312", "route-map-entry-in-two-places", Severity.WARNING)
def route_map_entry_in_two_places(config: Configuration) -> Iterator[Problem]:
    """A route-map entry that is written in two places is one with the lines of both.

    What: the same name, action and number twice, both times with lines below.
    Why: FRR enters the entry again and adds to it (lib/routemap_northbound.c), so that it matches only what both places
        match; with a number of its own each would stand for itself.
    Bad:
        route-map leaf permit 10
         match tag 5
        exit
        route-map leaf permit 10
         match metric 7
        exit
    Good:
        route-map leaf permit 10
         match tag 5
        exit
        route-map leaf permit 20
         match metric 7
        exit
    """
    for name, number, first, second in _again(config):
        both = [one.opens is not None and config.within(one.opens) for one in (first, second)]
        if all(both) and first.words[2] == second.words[2]:
            yield Problem(
                second,
                f"entry {number} of route-map `{name}` again: FRR takes the lines of both places together",
                labels=(first.label("first here"),),
                help="write it in one place, or give this one a number of its own",
            )


@rule("FRR313", "route-map-entry-unreachable", Severity.WARNING)
def route_map_entry_unreachable(config: Configuration) -> Iterator[Problem]:
    """A route-map entry behind one that matches everything is never asked.

    What: an entry that comes after one without a `match`, which permits or denies and does not go on to it by `on-match` or
        `continue`.
    Why: an entry without a `match` matches every route; to deny ends the map, and to permit does so too unless the entry
        says how to go on (lib/routemap.c, `route_map_apply_ext`).
    Bad:
        route-map leaf permit 10
        exit
        route-map leaf deny 20
         match tag 6
        exit
    Good:
        route-map leaf deny 10
         match tag 6
        exit
        route-map leaf permit 20
        exit
    """
    for name, entries in config.derive(_maps).items():
        numbers = sorted(entries)
        reached = _reached([entries[number] for number in numbers])
        last: MapEntry | None = None
        for number in numbers:
            entry = entries[number]
            if number in reached:
                last = entry if not entry.conditional else last
            elif last is not None:
                yield Problem(
                    entry.headers[0],
                    f"never asked: entry {last.number} of route-map `{name}` matches every route and does not go on",
                    labels=(last.headers[0].label("matches everything"),),
                    help="give it a number before that entry, or take it out",
                )


def _reached(entries: list[MapEntry]) -> set[int]:
    """The numbers of the entries that some route may come to."""
    reached = {entries[0].number} if entries else set()
    for index, entry in enumerate(entries):
        if entry.number not in reached:
            continue
        later = entries[index + 1 :]
        if later and (entry.conditional or (entry.permits and entry.goes_on == 0)):
            reached.add(later[0].number)
        if entry.permits and entry.goes_on:
            target = next((one.number for one in later if one.number >= entry.goes_on), None)
            reached |= {target} if target is not None else set()
    return reached


def _maps(config: Configuration) -> Maps:
    symbols = symbols_of(config)
    found: dict[str, dict[int, MapEntry]] = {}
    for name in symbols.names(Kind.ROUTE_MAP):
        entries = found.setdefault(name, {})
        for definition in symbols.definitions(Kind.ROUTE_MAP, name):
            header = definition.command
            if header.opens is None or not header.words[3].isdecimal():
                continue
            entry = entries.setdefault(int(header.words[3]), MapEntry(int(header.words[3])))
            entry.headers.append(header)
            for command in config.within(header.opens):
                _read(entry, command)
    return found


def _read(entry: MapEntry, command: Command) -> None:
    words = command.words[1:] if command.negated else command.words
    if words and words[0] == "match":
        entry.conditional = True
    elif words and words[0] in ("on-match", "continue"):
        goto = words[-1] if words[-1].isdecimal() else "0"
        entry.goes_on = None if command.negated else int(goto)


def _again(config: Configuration) -> Iterator[tuple[str, int, Command, Command]]:
    for name, entries in config.derive(_maps).items():
        for number, entry in entries.items():
            for first, second in zip(entry.headers, entry.headers[1:], strict=False):
                yield name, number, first, second
