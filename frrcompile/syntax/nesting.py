"""How vtysh nests the lines of a file: which line opens a node, which closes one, and which nodes end before it.

FRR ignores indentation. A line belongs to the node it stands in if that node knows it; if not, vtysh walks up through
the parents until one knows it, and what lies between is closed (vtysh/vtysh.c: vtysh_mark_file).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum

from frrcompile.syntax.lines import Line, Statement
from frrcompile.syntax.nodes import ROOT, Node, nodes

Knows = Callable[[Node, Sequence[str]], bool]
"""Whether a node has a command for these words.

Headers and closers are known from `grammar/node.yaml`. That `ip forwarding` in the middle of an interface belongs to
the top is for command tables to say, one per version of FRR, and this is where they plug in. Asked from the node that
the line stands in upwards; it may say yes to headers too, for those have been found by then.
"""


class Role(Enum):
    """What a line does to the nesting."""

    SKIPPED = "SKIPPED"  # blank or a comment
    PLAIN = "PLAIN"
    OPEN = "OPEN"
    CLOSE = "CLOSE"


def nest(lines: Iterable[Line], knows: Knows | None = None) -> Iterator[tuple[int, Role, Line, Node]]:
    """Each line with the number of nodes it closes by being there, what it does, and its node.

    The node is the one that a header enters, that a closer leaves, or that a plain line belongs to. The number counts
    the nodes that end *before* the line, without the one that a closer closes itself. Skipped lines close nothing.
    Any input is nested somehow: a line that no node knows stays where it stands.
    """
    known = nodes()
    stack = [known[ROOT]]
    for line in lines:
        if not isinstance(line, Statement):
            yield 0, Role.SKIPPED, line, stack[-1]
            continue
        node, words = stack[-1], line.words
        first = words[1] if words[0] == "no" and len(words) > 1 else words[0]
        if knows is None and first not in node.firsts and words[0] not in node.firsts:
            yield 0, Role.PLAIN, line, node
            continue
        closed, role, entered = _place(stack, words, knows)
        del stack[len(stack) - closed :]
        if role is Role.OPEN:
            stack.append(known[entered])
            yield closed, role, line, stack[-1]
        elif role is Role.CLOSE:
            yield closed, role, line, stack.pop()
        else:
            yield closed, role, line, stack[-1]


def _place(stack: Sequence[Node], words: Sequence[str], knows: Knows | None) -> tuple[int, Role, str]:
    """Where the line belongs: the nodes it closes, its role, and for a header the node it enters."""
    for closed, node in enumerate(reversed(stack)):
        if node.keeps(words):
            return closed, Role.PLAIN, ""
        for shortened in (False, True):
            if child := node.child(words, shortened=shortened):
                return closed, Role.OPEN, child
            if node.closes(words, shortened=shortened):
                return closed, Role.CLOSE, ""
        if node.removes(words) or (knows is not None and knows(node, words)):
            return closed, Role.PLAIN, ""
    return 0, Role.PLAIN, ""
