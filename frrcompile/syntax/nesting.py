"""How vtysh nests the lines of a file: which line opens a node, which closes one, and which nodes end before it.

FRR ignores indentation. A line belongs to the node it stands in if that node knows it; if not, vtysh walks up through
the parents until one knows it, and what lies between is closed (vtysh/vtysh.c: vtysh_mark_file). A line that no node
knows stays where it stands.

With a command table it is known which commands a node has. Without one, only headers and closers are, from
`grammar/node.yaml`: then `ip forwarding` in the middle of an interface belongs to the interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from frrcompile.syntax.commands.matcher import Match, Matcher, Verdict
from frrcompile.syntax.commands.table import Table
from frrcompile.syntax.lines import Line, Statement
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


def nest(lines: Iterable[Line], table: Table | None = None) -> Iterator[Place]:
    """Each line with its place. Any input is nested somehow."""
    placing = ByCommands(table) if table else _ByHeaders()
    known = nodes()
    stack = [known[ROOT]]
    node, firsts, has = stack[0], stack[0].firsts, placing.own(stack[0])
    skipped, plain = Role.SKIPPED, Role.PLAIN
    for line in lines:
        if not isinstance(line, Statement):
            yield 0, skipped, line, node, None
            continue
        words = line.words
        if words[0] not in firsts and has(words):
            yield 0, plain, line, node, None
            continue
        closed, role, entered, match = placing.place(stack, words)
        if closed:
            del stack[-closed:]
        if role is Role.OPEN:
            stack.append(known[entered])
        yield closed, role, line, stack[-1], match
        if role is Role.CLOSE:
            stack.pop()
        if stack[-1] is not node:
            node = stack[-1]
            firsts, has = node.firsts, placing.own(node)


class _ByHeaders:
    """Places lines by headers and closers alone."""

    def own(self, node: Node) -> Callable[[Sequence[str]], bool]:
        """What tells of a line that begins as no header and no closer whether it can be seen at once to be the node's own."""
        return lambda words: words[0] != "no" or len(words) == 1 or words[1] not in node.firsts

    def place(self, stack: Sequence[Node], words: Sequence[str]) -> _Placed:
        """The nodes that the line closes, its role, the node that it enters, and what is to be said of it: nothing."""
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
    """Places lines by the commands that the nodes of one release have. It remembers them, for any number of files."""

    def __init__(self, table: Table) -> None:
        self._matchers = _Matchers(table)
        self._headers = _ByHeaders()
        # What lines are to a node and its ancestors: many come again and again.
        self._known: dict[tuple[str, Sequence[str]], _Placed] = {}

    def own(self, node: Node) -> Callable[[Sequence[str]], bool]:
        """As above: the node has the command."""
        return self._matchers[node.name].accepts

    def place(self, stack: Sequence[Node], words: Sequence[str]) -> _Placed:
        """As above, and what FRR says of a line that is not simply a command."""
        key = (stack[-1].name, words)
        placed = self._known.get(key)
        if placed is None:
            placed = self._known[key] = self._place(stack, words)
        return placed

    def _place(self, stack: Sequence[Node], words: Sequence[str]) -> _Placed:
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


def _role(node: Node, words: Sequence[str], *, shortened: bool = False) -> tuple[Role, str]:
    """What a line of a node does, and for a header the node that it enters."""
    if child := node.child(words, shortened=shortened):
        return Role.OPEN, child
    return (Role.CLOSE if node.closes(words, shortened=shortened) else Role.PLAIN), ""
