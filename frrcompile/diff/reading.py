"""Reading frr.confs into what FRR has once it has read them.

Reviews are of files that are mostly the same: a line that stands in two files is looked at once, and so is a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from frrcompile.diff.activation import resolve
from frrcompile.diff.configuration import Configuration, Context, Entry, Key, Path
from frrcompile.diff.inheriting import Settled, settle
from frrcompile.diff.numbering import Numbering
from frrcompile.diff.removing import remove
from frrcompile.diff.understanding import NOTHING, Said, Understanding, header_key
from frrcompile.facts.defaults import Defaults, Kind, defaults
from frrcompile.facts.forms.headers import header
from frrcompile.facts.releases import Release
from frrcompile.syntax.commands.matcher import Verdict
from frrcompile.syntax.commands.table import Table
from frrcompile.syntax.nesting import OWN, ByCommands, Role
from frrcompile.syntax.nodes import ROOT, Node, nodes

Words = tuple[str, ...]

UNSAID_WHEN_EMPTY = frozenset(
    {
        *("interface", "link-params", "bfd", "line-vty", "segment-routing", "srv6", "srv6-locators", "traffic-eng"),
        *("ldp-ipv4", "ldp-ipv6", "srv6-encapsulation", "srv6-formats", "srv6-sids", "bgp-srv6", "vnc-defaults"),
    }
)
"""Nodes whose header alone says nothing, beside BGP's address families: FRR shows it only around lines."""

DATACENTER = "frr defaults datacenter"
_DATACENTER = re.compile(r"^[ \t]*frr defaults datacenter[ \t]*\r?$", re.MULTILINE)
_WORDS = re.compile(r"[^ \t\r\n]+")
_LEADING = " \t\n\v\f\r"


class Turn(NamedTuple):
    """What a line that opens or closes nodes does: how many end, its role, the node that it enters, its words, if FRR takes it.

    The words of a header are as FRR shows it; `key` tells it from others.
    """

    closed: int
    role: Role
    entered: str
    words: Words
    taken: bool
    key: Key = ()


LEAVING = Turn(0, Role.CLOSE, "", ("exit",), True)
"""What leaves the configuration at its top: vtysh reads no further."""


class Reader:
    """Reads files for one release, and remembers the lines that it has seen."""

    def __init__(self, table: Table, release: Release) -> None:
        self._release = release
        self._placing = ByCommands(table)
        self._seen: dict[str, dict[str, Said | Turn]] = {}
        understanding = Understanding(release)
        self.said, self.key = understanding.said, understanding.key

    def read(self, text: str) -> Configuration:
        """What FRR has once it has read the text, whatever that is."""
        return self._reading(text).read()

    def pair(self, old: str, new: str) -> tuple[Configuration, Configuration]:
        """What FRR has with one text, and with another. A context that is the same object in both has the lines' numbers in `old`."""
        one = self._reading(old)
        before = one.read()
        return before, self._reading(new, one).read()

    def _reading(self, text: str, beside: _Reading | None = None) -> _Reading:
        by_itself = defaults(self._release, DATACENTER in text and bool(_DATACENTER.search(text)))
        reading = _Reading(self, by_itself, text.split("\n"), beside)
        reading.config.release = self._release
        return reading

    def seen(self, node: Node) -> dict[str, Said | Turn]:
        """What the lines do that were seen in a node."""
        return self._seen.setdefault(node.name, {})

    def look(self, stack: Sequence[Node], raw: str) -> Said | Turn:
        """What a line does. A node's ancestors are always the same: it tells the stack."""
        content = raw.lstrip(_LEADING)
        if not content or content[0] in "!#":
            return NOTHING
        # Where all is printable ASCII, Python and FRR agree about what separates words, and Python's own way is faster.
        plain = content.isascii() and content.isprintable()
        words = tuple(content.split() if plain else _WORDS.findall(content))
        if len(stack) == 1 and words[0] in ("exit", "quit"):
            return LEAVING
        placed = self._placing.place(stack, words)
        if placed is OWN:
            return self.said(stack[-1].name, words)
        closed, role, entered, match = placed
        taken = match is None or match.verdict is Verdict.KNOWN
        words = match.words if match is not None and taken else words
        if role is Role.OPEN:
            words = header(words)
            return Turn(closed, role, entered, words, taken, header_key(words))
        return Turn(closed, role, entered, words, taken)


class _Reading:
    """One file being read.

    What a block at the top leaves follows from its text alone if it is opened once, closed by a line of its own, and all of
    it is taken (`_alone`). Where it stands so in the file `beside`, word for word, its contexts are taken from there
    (`_borrowed`); it is read after all if a later line reaches into it.
    """

    def __init__(self, reader: Reader, by_itself: Defaults, lines: list[str], beside: _Reading | None = None) -> None:
        self.config = Configuration()
        self._reader = reader
        self._by_itself = by_itself
        self._lines = lines
        self._beside = beside if beside is not None and beside._by_itself is by_itself else None
        self._offered = self._beside.contexts_alone() if self._beside else {}
        self._alone: dict[Key, slice] = {}
        self._borrowed: dict[Key, slice] = {}
        self._begun: tuple[Key, int] | None = None
        self._defaults: list[Settled] = []
        self._numbering = Numbering()
        self._nodes: list[Node] = [nodes()[ROOT]]
        self._stack: list[tuple[Path, Context]] = [((), self.config.contexts[()])]

    def read(self) -> Configuration:
        """Reads it all."""
        self._read(self._lines, 1)
        resolve(self.config, self._borrowed)
        settle(self.config, self._defaults, self._borrowed)
        return self.config

    def _read(self, lines: Iterable[str], first: int) -> None:
        """Reads line by line: in the order of the file, as FRR does."""
        reader = self._reader
        path, context = self._stack[-1]
        entries = context.entries
        seen = reader.seen(self._nodes[-1])
        numbered = enumerate(lines, first)
        for number, raw in numbered:
            line = seen.get(raw)
            if line is None:
                line = seen[raw] = reader.look(self._nodes, raw)
            if isinstance(line, Said):
                if line.simple:
                    for key, words in line.settings:
                        entries[key] = Entry(words, number)
                else:
                    self._take(line, number, path, context)
            elif line is LEAVING:
                break
            else:
                if known := self._turn(line, number):
                    next(islice(numbered, known, known), None)
                path, context = self._stack[-1]
                entries = context.entries
                seen = reader.seen(self._nodes[-1])

    def _turn(self, turn: Turn, number: int) -> int:
        """Takes a line that opens or closes nodes, or is not simply a command. How many lines behind it need no reading."""
        if turn.closed:
            del self._stack[-turn.closed :]
            del self._nodes[-turn.closed :]
            self._closed(None)
        if not turn.taken:
            self.config.refused.add(number)
            self._begun = None
        if turn.role is Role.OPEN:
            return self._open(turn, number)
        if turn.role is Role.CLOSE:
            self._stack.pop()
            self._nodes.pop()
            self._closed(number)
        else:
            path, context = self._stack[-1]
            self._take(self._reader.said(self._nodes[-1].name, turn.words), number, path, context)
        return 0

    def _open(self, turn: Turn, number: int) -> int:
        path, context = self._stack[-1]
        entered, words, key = turn.entered, turn.words, turn.key
        inner = (*path, key)
        known = 0
        if not path:
            self._reach_into(key)
            if inner not in self.config.contexts and not (known := self._borrow(key, number)):
                self._begun = key, number
        found = self.config.contexts.get(inner)
        if found is None:
            found = self.config.contexts[inner] = Context(entered, Entry(words, number))
        elif words[0] == "route-map":
            found.header = Entry(words, number)
        if entered not in UNSAID_WHEN_EMPTY and not words[0].startswith("address-family"):
            context.entries[key] = Entry(found.header.words, number if known else found.header.line)
        if not known:
            self._stack.append((inner, found))
            self._nodes.append(nodes()[entered])
        return known

    def _take(self, said: Said, number: int, path: Path, context: Context) -> None:
        if said.below is not None:
            path = (*path, *said.below) if said.below[0][0] != "vrf" else said.below
            context = self._inside(path, number)
        for key, words in said.settings:
            if said.negated:
                if not path and (said.listed or len(words) < 4):
                    self._numbering.forget()
                self._take_back(key, words, number, path, context)
            elif said.listed:
                if (numbered := self._numbering.numbered(words, context)) is not None:
                    context.entries[self._reader.key(numbered)] = Entry(numbered, number)
            elif self._by_itself.says(context.node, words):
                if words[0] == "neighbor":  # its group may say otherwise: that is seen at the end
                    self._defaults.append((path, key, words))
                    context.entries[key] = Entry(words, number)
                else:
                    context.entries.pop(key, None)
            else:
                context.entries[key] = Entry(words, number)
        if said.implied:
            context.entries.setdefault(self._reader.key(said.implied), Entry(said.implied, number))

    def _take_back(self, key: Key, words: Words, number: int, path: Path, context: Context) -> None:
        activation = words[0] == "neighbor" and words[2:] == ("activate",)  # what it means is seen at the end
        by_itself = self._by_itself
        says = activation or by_itself.kind(context.node, words) is Kind.ON
        if says or not (remove(self.config, path, key, words) or by_itself.off(context.node, words)):
            context.entries[key] = Entry(("no", *words), number)

    def _inside(self, path: Path, number: int) -> Context:
        """The context of a line that stands outside of it."""
        if len(path) == 1:
            self._reach_into(path[0])
        found = self.config.contexts.get(path)
        if found is None:
            vrf = path[-1][0] == "vrf"
            header = Entry(path[-1], number)
            found = self.config.contexts[path] = Context("vrf" if vrf else "bgp-ipv4", header)
            if vrf:
                self.config.contexts[()].entries[path[-1]] = header
        return found

    # --- blocks that need not be read

    def _closed(self, number: int | None) -> None:
        """Nodes were left: by the closer with this number, or because a line belongs further up."""
        if self._begun is not None and len(self._stack) == 1:
            key, first = self._begun
            self._begun = None
            if number is not None:
                self._alone[key] = slice(first - 1, number)

    def contexts_alone(self) -> dict[Key, dict[Path, Context]]:
        """The contexts of each block that stands alone."""
        found: dict[Key, dict[Path, Context]] = {}
        for path, context in self.config.contexts.items():
            if path and path[0] in self._alone:
                found.setdefault(path[0], {})[path] = context
        return found

    def _borrow(self, key: Key, number: int) -> int:
        """Takes a block, whose header has this number, from the file beside if it stands there too; its lines behind the header."""
        contexts = self._offered.get(key)
        if contexts is None or self._beside is None:
            return 0
        there = self._beside._alone[key]
        here = slice(number - 1, number - 1 + there.stop - there.start)
        if self._lines[here] != self._beside._lines[there]:
            return 0
        self.config.contexts.update(contexts)
        self._borrowed[key] = here
        return len(self._lines[here]) - 1

    def _reach_into(self, key: Key) -> None:
        """A line goes into a block at the top that was closed, if there is one: it does not stand alone."""
        self._alone.pop(key, None)
        here = self._borrowed.pop(key, None)
        if here is None or (key,) not in self.config.contexts:
            return
        again = _Reading(self._reader, self._by_itself, self._lines)
        again._read(self._lines[here], here.start + 1)
        self._defaults += again._defaults
        own = again.config.contexts
        del own[()]
        for path in self._offered[key].keys() - own.keys():
            del self.config.contexts[path]
        self.config.contexts.update(own)
