"""The entries of prefix-lists, access-lists, community-lists and as-path lists, as FRR has them after the last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from socket import AF_INET, AF_INET6, inet_pton
from typing import NamedTuple

from frrcompile.facts.policies import KINDS, kind_of, list_end
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.symbols import Kind

STEP = 5
"""How far the number of an entry without one is behind the highest (lib/filter_cli.c; bgpd/bgp_clist.c)."""

BITS = {Kind.PREFIX_LIST4: 32, Kind.PREFIX_LIST6: 128, Kind.ACCESS_LIST4: 32, Kind.ACCESS_LIST6: 128}


class Range(NamedTuple):
    """The prefixes inside one, from a length to a length."""

    network: int
    length: int
    low: int
    high: int
    bits: int

    @property
    def possible(self) -> bool:
        """Whether FRR takes it: the prefix's length, `ge` and `le` must not descend (lib/filter_nb.c)."""
        return self.length <= self.low <= self.high


class Entry(NamedTuple):
    """One entry. `content` is the same for entries that FRR takes for the same, whatever their numbers."""

    number: int
    numbered: bool
    permits: bool
    content: tuple[object, ...]
    range: Range | None
    command: Command


class EntryList:
    """One list: its entries by their numbers, and what of its lines is not among them any more."""

    __slots__ = ("contents", "entries", "highest", "impossible", "kind", "name", "replaced", "twice")

    def __init__(self, kind: Kind, name: str, highest: int = 0) -> None:
        self.kind = kind
        self.name = name
        self.entries: dict[int, Entry] = {}
        self.replaced: list[tuple[Entry, Entry]] = []
        self.twice: list[tuple[Entry, Entry]] = []
        self.impossible: list[Entry] = []
        self.contents: dict[tuple[object, ...], Entry] = {}
        self.highest = highest

    def in_order(self) -> list[Entry]:
        """The entries in the order in which FRR asks them."""
        return [self.entries[number] for number in sorted(self.entries)]

    def add(self, command: Command, at: int) -> None:
        """One more line; `at` is where the words after the list's name begin."""
        entry = _entry(self.kind, command, at, self.highest // STEP * STEP + STEP)
        if entry is None:
            return
        if entry.range is not None and not entry.range.possible:
            self.impossible.append(entry)
            return
        same = self.contents.get((entry.permits, *entry.content))
        if same is not None and self.entries.get(same.number) is same and same.number != entry.number:
            self.twice.append((same, entry))
            if not entry.numbered:
                return
        earlier = self.entries.get(entry.number)
        if earlier is not None and (earlier.permits, earlier.content) != (entry.permits, entry.content):
            self.replaced.append((earlier, entry))
        self.entries[entry.number] = entry
        self.contents[(entry.permits, *entry.content)] = entry
        self.highest = max(self.highest, entry.number)

    def remove(self, words: Sequence[str]) -> None:
        """A `no` line of the list; `words` are those after its name."""
        if not words:
            self.entries.clear()
        elif words[0] == "seq" and len(words) > 1 and words[1].isdecimal():
            self.entries.pop(int(words[1]), None)
        else:
            for number, entry in list(self.entries.items()):
                if list(entry.command.words[-len(words) :]) == list(words):
                    del self.entries[number]


def lists_of(config: Configuration) -> Sequence[EntryList]:
    """Every list of a configuration, read once."""
    return config.derive(_read)


def _read(config: Configuration) -> Sequence[EntryList]:
    found: dict[tuple[Kind, str], EntryList] = {}
    for first in dict.fromkeys(kind.begins[0] for kind in KINDS[1:]):
        for command in config.of("config", first):
            words = command.words[1:] if command.negated else command.words
            place = _place(words)
            if place is None:
                continue
            kind, at = place
            name = words[at - 1]
            entries = found.setdefault((kind, name), EntryList(kind, name))
            if command.negated:
                entries.remove(words[at:])
            else:
                entries.add(command, at)
    return tuple(found.values())


def _place(words: Sequence[str]) -> tuple[Kind, int] | None:
    """What list a line is of, and where the words after the list's name begin."""
    kind, at = kind_of(words), list_end(words)
    return (Kind(kind.title), at) if kind is not None and 0 < at <= len(words) else None


def _entry(kind: Kind, command: Command, at: int, following: int) -> Entry | None:
    words = command.words
    number, numbered = following, False
    if len(words) > at + 1 and words[at] == "seq":
        if not words[at + 1].isdecimal():
            return None
        number, numbered, at = int(words[at + 1]), True, at + 2
    if len(words) < at + 2 or words[at] not in ("permit", "deny"):
        return None
    permits = words[at] == "permit"
    content = tuple(words[at + 1 :])
    span = _range(kind, content) if kind in BITS else None
    if span is not None:
        return Entry(number, numbered, permits, (span.network, span.length, span.low, span.high), span, command)
    if kind in (Kind.COMMUNITY_LIST, Kind.LARGE_COMMUNITY_LIST):
        content = tuple(sorted(content))
    return Entry(number, numbered, permits, content, None, command)


def _range(kind: Kind, content: Sequence[str]) -> Range | None:
    """The prefixes that an entry is about; None where it is not about prefixes, or they cannot be read."""
    bits = BITS[kind]
    if content[0] == "any" and len(content) == 1:
        return Range(0, 0, 0, bits, bits)
    address, _, length_word = content[0].partition("/")
    if not length_word.isdecimal() or (length := int(length_word)) > bits:
        return None
    try:
        packed = inet_pton(AF_INET if bits == 32 else AF_INET6, address)
    except (OSError, ValueError):
        return None
    network = int.from_bytes(packed, "big") >> (bits - length)
    if kind in (Kind.PREFIX_LIST4, Kind.PREFIX_LIST6):
        return _with_lengths(network, length, bits, content)
    if len(content) > 2:
        return None
    return Range(network, length, length, length if len(content) == 2 else bits, bits)


def _with_lengths(network: int, length: int, bits: int, content: Sequence[str]) -> Range | None:
    """The range of a prefix-list's entry: exact, or with `ge` and `le` in either order."""
    low = high = length
    if len(content) > 1:
        high = bits
        for option, value in zip(content[1::2], content[2::2], strict=False):
            if option not in ("ge", "le") or not value.isdecimal():
                return None
            if option == "ge":
                low = int(value)
            else:
                high = int(value)
    return Range(network, length, low, high, bits)


def covered(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The entries that another one before them covers whole, each with that one.

    Looked up by the networks around an entry's, of the lengths that the list has: a long list takes no longer per entry.
    """
    around: dict[int, dict[int, list[Entry]]] = {}
    for entry in entries:
        span = entry.range
        if span is None:
            if everything := _everything(around):
                yield everything, entry
            continue
        cover = next((one for one in _around(around, span) if one.range and _covers(one.range, span)), None)
        if cover is not None:
            yield cover, entry
        else:
            around.setdefault(span.length, {}).setdefault(span.network, []).append(entry)


def _around(around: dict[int, dict[int, list[Entry]]], span: Range) -> Iterator[Entry]:
    for length, networks in around.items():
        if length <= span.length:
            yield from networks.get(span.network >> (span.length - length), ())


def _everything(around: dict[int, dict[int, list[Entry]]]) -> Entry | None:
    found = around.get(0, {}).get(0, ())
    return next((one for one in found if one.range and one.range.low == 0 and one.range.high == one.range.bits), None)


def _covers(wide: Range, narrow: Range) -> bool:
    return wide.low <= narrow.low and narrow.high <= wide.high
