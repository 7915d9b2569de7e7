"""Reading a frr.conf into what FRR has once it has read it.

A line that stands in two files is looked at once: reviews are of files that are mostly the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from frrcompile.diff.activation import resolve
from frrcompile.diff.configuration import Configuration, Context, Entry, Key, Path
from frrcompile.diff.defaults import Defaults, defaults, says_nothing
from frrcompile.diff.forms import HEADERS, IPV4_UNICAST, belongs_to_ipv4_unicast, canonical
from frrcompile.diff.numbering import Numbering, is_listed
from frrcompile.diff.removing import remove
from frrcompile.syntax.commands.matcher import Verdict
from frrcompile.syntax.commands.table import Release, Table
from frrcompile.syntax.nesting import ByCommands, Role
from frrcompile.syntax.nodes import ROOT, Node, nodes
from frrcompile.syntax.settings import settings

Words = tuple[str, ...]

UNSAID_WHEN_EMPTY = frozenset(
    {
        *("interface", "link-params", "bfd", "line-vty", "segment-routing", "srv6", "srv6-locators", "traffic-eng"),
        *("ldp-ipv4", "ldp-ipv6", "srv6-encapsulation", "srv6-formats", "srv6-sids", "bgp-srv6", "vnc-defaults"),
    }
)
"""Nodes whose header alone says nothing, beside BGP's address families: FRR shows it only around lines."""

IGNORED = frozenset({"end", "service integrated-vtysh-config"})
"""Lines of a file that are no setting of FRR's, with `frr version`, which says who wrote the file."""

LEAVING = ("exit", "quit")
"""What leaves the configuration at its top: vtysh reads no further."""

SWITCH = 4
"""The most words that a switch has, so that other lines need not be looked up."""

_DATACENTER = re.compile(r"^[ \t]*frr defaults datacenter[ \t]*\r?$", re.MULTILINE)
_WORDS = re.compile(r"[^ \t\r\n]+")
_LEADING = " \t\n\v\f\r"


class _Line(NamedTuple):
    """What a plain line says: its settings, where they belong, and whether it takes them back."""

    negated: bool
    said: tuple[tuple[Key, Words], ...]
    below: Path | None
    listed: bool
    simple: bool
    """Whether it sets what it says, in the context that it stands in, and is no switch."""


_NOTHING = _Line(False, (), None, False, True)


class _Turn(NamedTuple):
    """What a line that opens or closes nodes does: how many end, its role, the node that it enters, its words, if FRR takes it."""

    closed: int
    role: Role
    entered: str
    words: Words
    taken: bool


class Reader:
    """Reads files for one release, and remembers the lines that it has seen."""

    def __init__(self, table: Table, release: Release) -> None:
        self._release = release
        self._placing = ByCommands(table)
        self._known: dict[str, dict[str, _Line]] = {}
        self._turns: dict[str, dict[str, _Turn]] = {}

    def read(self, text: str) -> Configuration:
        """What FRR has once it has read the text, whatever that is."""
        switches = defaults(self._release, bool(_DATACENTER.search(text)))
        config = _Reading(self, switches).read(text)
        config.release = self._release
        return config

    def lines(self, node: Node) -> dict[str, _Line]:
        """The plain lines of a node that were seen."""
        return self._known.setdefault(node.name, {})

    def understood(self, node: str, words: Words) -> _Line:
        """What a plain line says."""
        return _understood(node, words, self._release)

    def is_plain(self, node: Node, words: Words) -> bool:
        """Whether the line can be seen at once to open and close nothing, and the node has the command."""
        return self._placing.is_plain(node, words)

    def turn(self, stack: Sequence[Node], raw: str, words: Words) -> _Turn:
        """What a line does that is not simply a command. A node's ancestors are always the same: it tells the stack."""
        seen = self._turns.setdefault(stack[-1].name, {})
        found = seen.get(raw)
        if found is None:
            closed, role, entered, match = self._placing.place(stack, words)
            taken = match is None or match.verdict is Verdict.KNOWN
            written = match.words if match is not None and taken else words
            found = seen[raw] = _Turn(closed, role, entered, written, taken)
        return found


class _Reading:
    """One file being read."""

    def __init__(self, reader: Reader, switches: Defaults) -> None:
        self._reader = reader
        self._switches = switches
        self._config = Configuration()
        self._numbering = Numbering()
        self._nodes: list[Node] = [nodes()[ROOT]]
        self._stack: list[tuple[Path, Context]] = [((), self._config.contexts[()])]

    def read(self, text: str) -> Configuration:
        """Reads line by line: in the order of the file, as FRR does."""
        reader = self._reader
        node = self._nodes[-1]
        path, context = self._stack[-1]
        entries = context.entries
        seen = reader.lines(node)
        for number, raw in enumerate(text.split("\n"), 1):
            line = seen.get(raw)
            if line is None:
                content = raw.lstrip(_LEADING)
                if not content or content[0] in "!#":
                    seen[raw] = _NOTHING
                    continue
                words = tuple(_WORDS.findall(content))
                if not path and words[0] in LEAVING:
                    break
                if not reader.is_plain(node, words):
                    self._turn(raw, words, number)
                    node = self._nodes[-1]
                    path, context = self._stack[-1]
                    entries = context.entries
                    seen = reader.lines(node)
                    continue
                line = seen[raw] = reader.understood(node.name, words)
            if line.simple:
                for key, words in line.said:
                    entries[key] = Entry(words, number)
            else:
                self._take(line, number, path, context)
        resolve(self._config)
        return self._config

    def _turn(self, raw: str, words: Words, number: int) -> None:
        """Takes a line that opens or closes nodes, or is not simply a command."""
        turn = self._reader.turn(self._nodes, raw, words)
        if turn.closed:
            del self._stack[-turn.closed :]
            del self._nodes[-turn.closed :]
        if not turn.taken:
            self._config.refused.add(number)
        if turn.role is Role.OPEN:
            self._open(turn.entered, turn.words, number)
        elif turn.role is Role.CLOSE:
            self._stack.pop()
            self._nodes.pop()
        else:
            path, context = self._stack[-1]
            self._take(self._reader.understood(self._nodes[-1].name, turn.words), number, path, context)

    def _open(self, entered: str, words: Words, number: int) -> None:
        path, context = self._stack[-1]
        words = HEADERS.get(words, words)
        key = header_key(words)
        inner = (*path, key)
        found = self._config.contexts.get(inner)
        if found is None:
            found = self._config.contexts[inner] = Context(entered, Entry(words, number))
        elif words[0] == "route-map":
            found.header = Entry(words, number)
        if entered not in UNSAID_WHEN_EMPTY and not words[0].startswith("address-family"):
            context.entries[key] = Entry(found.header.words, found.header.line)
        self._stack.append((inner, found))
        self._nodes.append(nodes()[entered])

    def _take(self, line: _Line, number: int, path: Path, context: Context) -> None:
        if line.below is not None:
            path = (*path, *line.below) if line.below[0][0] != "vrf" else line.below
            context = self._inside(path, number)
        for key, words in line.said:
            if line.negated:
                if line.listed or len(words) < 4:
                    self._numbering.forget()
                self._take_back(key, words, number, path, context)
            elif line.listed:
                if (numbered := self._numbering.numbered(words, context)) is not None:
                    context.entries[settings().key(numbered) or numbered] = Entry(numbered, number)
            elif self._switches.on(words):
                context.entries.pop(key, None)
            else:
                context.entries[key] = Entry(words, number)

    def _take_back(self, key: Key, words: Words, number: int, path: Path, context: Context) -> None:
        activation = words[0] == "neighbor" and words[2:] == ("activate",)  # what it means is seen at the end
        says = activation or self._switches.on(words)
        if says or not (remove(self._config, path, key, words) or says_nothing(context.node)):
            context.entries[key] = Entry(("no", *words), number)

    def _inside(self, path: Path, number: int) -> Context:
        """The context of a line that stands outside of it."""
        found = self._config.contexts.get(path)
        if found is None:
            vrf = path[-1][0] == "vrf"
            header = Entry(path[-1], number)
            found = self._config.contexts[path] = Context("vrf" if vrf else "bgp-ipv4", header)
            if vrf:
                self._config.contexts[()].entries[path[-1]] = header
        return found


def _understood(node: str, words: Words, release: Release) -> _Line:
    negated = words[0] == "no" and len(words) > 1
    plain = words[1:] if negated else words
    if " ".join(plain) in IGNORED or plain[:2] == ("frr", "version"):
        return _NOTHING
    below: Path | None = None
    if node == "bgp" and belongs_to_ipv4_unicast(plain):
        node, below = "bgp-ipv4", (IPV4_UNICAST,)
    elif node == "config" and plain[1:2] == ("route",) and "vrf" in plain:
        at = plain.index("vrf")
        if len(plain) > at + 1:
            below = (("vrf", plain[at + 1]),)
            plain = (*plain[:at], *plain[at + 2 :])
    said = tuple((_key(one), one) for one in canonical(node, plain))
    listed = node == "config" and is_listed(plain)
    profiles = (defaults(release, False), defaults(release, True))
    switch = any(len(one) <= SWITCH and profile.on(one) for _, one in said for profile in profiles)
    return _Line(negated, said, below, listed, not (negated or below is not None or listed or switch))


def _key(words: Words) -> Key:
    if words[1:2] == ("route",) and words[0] in ("ip", "ipv6"):
        return _without_tag(words)
    return settings().key(words) or words


def _without_tag(words: Words) -> Words:
    """A static route's identity: a tag is what it has (staticd/static_routes.c, a path's key has none)."""
    if "tag" in words[3:-1]:
        at = words.index("tag", 3)
        return (*words[:at], *words[at + 2 :])
    return words


def header_key(words: Sequence[str]) -> Key:
    """What tells a header from others: without a route-map's action and a BGP instance's AS."""
    if words[0] == "route-map" and len(words) > 3:
        return ("route-map", words[1], words[3])
    if tuple(words[:2]) == ("router", "bgp"):
        for kind in ("vrf", "view"):
            if kind in words[2:-1]:
                name = words[words.index(kind) + 1]
                return ("router", "bgp") if (kind, name) == ("vrf", "default") else ("router", "bgp", kind, name)
        return ("router", "bgp")
    return tuple(words)
