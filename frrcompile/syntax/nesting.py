"""How vtysh nests the lines of a file: which line opens a node, which closes one, and which nodes end before it.

FRR ignores indentation. A line belongs to the node it stands in if that node knows it; if not, vtysh walks up through
the parents until one knows it, and what lies between is closed (vtysh/vtysh.c: vtysh_mark_file). A line that no node
knows stays where it stands.

With a command table it is known which commands a node has. Without one, only headers and closers are, from
`grammar/node.yaml`: then `ip forwarding` in the middle of an interface belongs to the interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from frrcompile.syntax.commands.matcher import Match, Matcher, Verdict
from frrcompile.syntax.commands.table import Table
from frrcompile.syntax.lines import Line, Statement, raw_lines, words_in
from frrcompile.syntax.nodes import ROOT, Node, nodes


class Role(Enum):
    """What a line does to the nesting."""

    SKIPPED = "SKIPPED"  # blank or a comment
    PLAIN = "PLAIN"
    OPEN = "OPEN"
    CLOSE = "CLOSE"


Place: TypeAlias = "tuple[int, Role, Line, Node, Match | None]"
"""The number of nodes that end before a line, what the line does, the line itself, its node, and what FRR says of it.

The number is without the node that a closer closes itself; skipped lines close nothing. The node is the one that a
header enters, that a closer leaves, or that a plain line belongs to. The match is there only where the line is not simply a
command with every keyword written out. (A plain tuple, as one is made for each line.)
"""


MOST_MEANINGS = 20_000
"""The most different lines of a node that are remembered. Most lines of a file repeat."""


def nest(text: str, path: str = "-", table: Table | None = None) -> Iterator[Place]:
    """Each line of a text with its place. Any input is nested somehow. `path` is what the lines' spans call it."""
    placing = ByCommands(table) if table else _ByHeaders()
    known, words_of = nodes(), words_in(text)
    stack = [known[ROOT]]
    node = stack[0]
    # Most lines repeat, and share one text. A node's ancestors are always the same, so a line has one meaning in it.
    memory: dict[str, dict[str, _Meaning]] = {name: {} for name in known}
    meanings = memory[ROOT]
    plain, opening, closing = Role.PLAIN, Role.OPEN, Role.CLOSE  # an enum's member takes a while to be found
    own = OWN
    for number, raw in enumerate(raw_lines(text), 1):
        meaning = meanings.get(raw)
        if meaning is None:
            if len(meanings) >= MOST_MEANINGS:  # a file of half a million different lines would take 300 MB
                meanings.clear()
            words = words_of(raw)
            meaning = meanings[raw] = raw, words, placing.place(stack, words) if words else _NOTHING
        raw, words, placed = meaning
        if placed is own:
            yield 0, plain, Statement(path, number, raw, words), node, None
            continue
        closed, role, entered, match = placed
        if not words:
            yield 0, role, Line(path, number, raw), node, None
            continue
        if role is plain and not closed:
            yield 0, role, Statement(path, number, raw, words), node, match
            continue
        if closed:
            del stack[-closed:]
        if role is opening:
            stack.append(known[entered])
        yield closed, role, Statement(path, number, raw, words), stack[-1], match
        if role is closing:
            stack.pop()
        node = stack[-1]
        meanings = memory[node.name]


class _ByHeaders:
    """Places lines by headers and closers alone."""

    def place(self, stack: Sequence[Node], words: Sequence[str]) -> _Placed:
        """The nodes that the line closes, its role, the node that it enters, and what is to be said of it: nothing."""
        if words[0] != "no" and words[0] not in stack[-1].firsts:
            return OWN
        for closed, node in enumerate(reversed(stack)):
            if node.keeps(words):
                return closed, Role.PLAIN, "", None
            for shortened in (False, True):
                role, entered = _role(node, words, shortened=shortened)
                if role is not Role.PLAIN:
                    return closed, role, entered, None
            if node.removes(words):
                return closed, Role.PLAIN, "", None
        return 0, Role.PLAIN, "", None


class ByCommands:
    """Places lines by the commands that the nodes of one release have."""

    def __init__(self, table: Table) -> None:
        self._matchers = _Matchers(table)
        self._headers = _ByHeaders()

    def place(self, stack: Sequence[Node], words: Sequence[str]) -> _Placed:
        """As above, and what FRR says of a line that is not simply a command."""
        here = stack[-1]
        if self._matchers[here.name].accepts(words):
            return (0, *_role(here, words), None) if words[0] in here.firsts else OWN
        best: Match | None = None
        for closed, node in enumerate(reversed(stack)):
            matcher = self._matchers[node.name]
            match = None if matcher.accepts(words) else matcher.match(words)
            if match is None or match.verdict is Verdict.KNOWN:
                return closed, *_role(node, match.words if match else words), match
            if match.verdict is not Verdict.UNKNOWN:
                best = match
                break
            if best is None or match.reached > best.reached:
                best = match
        # FRR stays where it is. What is a header by its looks opens its node nevertheless: it was meant to.
        closed, role, entered, _ = self._headers.place(stack, words)
        return 0 if role is Role.PLAIN else closed, role, entered, best


class _Matchers(dict[str, Matcher]):
    """The matchers of a table by our names of the nodes, made when they are asked for: a file has few kinds of nodes."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, name: str) -> Matcher:
        self[name] = matcher = self._table.matcher(nodes()[name].frr)
        return matcher


_Placed: TypeAlias = "tuple[int, Role, str, Match | None]"
_Meaning: TypeAlias = "tuple[str, tuple[str, ...], _Placed]"
OWN: _Placed = (0, Role.PLAIN, "", None)
"""What is seen at once to be a command of the node that it stands in, and opens and closes nothing."""
_NOTHING: _Placed = (0, Role.SKIPPED, "", None)


def _role(node: Node, words: Sequence[str], *, shortened: bool = False) -> tuple[Role, str]:
    """What a line of a node does, and for a header the node that it enters."""
    if child := node.child(words, shortened=shortened):
        return Role.OPEN, child
    return (Role.CLOSE if node.closes(words, shortened=shortened) else Role.PLAIN), ""
