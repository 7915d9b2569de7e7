"""The commands of one node as a graph of tokens: what may follow what.

FRR merges the commands of a node into one graph (lib/command_graph.c): commands share their beginnings, and a group such
as `<a|b>` is shared when all of it is the same. Here the same is made from a tree of parts, as far as a line needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frrcompile.syntax.commands.language import Part


class Branch:
    """A place in the tree of all commands: those that begin alike up to here. It is split when a line comes by."""

    __slots__ = ("_at", "_commands")

    def __init__(self, commands: list[Sequence[Part]], at: int = 0) -> None:
        """`commands` agree in their first `at` parts."""
        self._commands = commands
        self._at = at

    def split(self) -> tuple[list[tuple[Part, Branch]], bool]:
        """The parts that may come next, each with what follows; and whether a command ends here."""
        at = self._at
        alike: dict[str, list[Sequence[Part]]] = {}
        ends = False
        for parts in self._commands:
            if len(parts) == at:
                ends = True
                continue
            part = parts[at]
            alike.setdefault(part if isinstance(part, str) else repr(part), []).append(parts)
        return [(commands[0][at], Branch(commands, at + 1)) for commands in alike.values()], ends


class Token:
    """A keyword or a value at one place of the graph, or (with no text) a point where paths part or join.

    `text` is the keyword, or the kind of the value. `loops` says that it stands in an any-order group, where a line may use
    it once; `repeats`, that it may follow itself.
    """

    __slots__ = ("_followers", "_leads", "is_value", "loops", "only_in_no", "repeats", "rest", "text")

    def __init__(self, text: str = "", *, is_value: bool = False, loops: bool = False) -> None:
        self.text = text
        self.is_value = is_value
        self.loops = loops
        self.repeats = False
        self.only_in_no = False
        self.rest: tuple[Branch, bool] | None = None
        self._leads: list[Token] = []
        self._followers: dict[bool, tuple[Token, ...]] = {}

    def lead(self, *tokens: Token) -> None:
        """Makes the tokens possible after this one."""
        self._leads.extend(tokens)

    @property
    def leads(self) -> Sequence[Token]:
        """What this one leads to, points among it."""
        if self.rest is not None:
            (branch, loops), self.rest = self.rest, None
            following, ends = branch.split()
            for part, after in following:
                entry, leaving = _tokens(part, loops)
                leaving.rest = (after, loops)
                self._leads.append(entry)
            if ends:
                self._leads.append(END)
        return self._leads

    def followers(self, negated: bool) -> tuple[Token, ...]:
        """The keywords and values that may come next, and `END`; `negated` is whether the line begins with `no`."""
        if negated not in self._followers:
            found: dict[Token, None] = {}
            self._collect(negated, found, set())
            self._followers[negated] = tuple(found)
        return self._followers[negated]

    def _collect(self, negated: bool, found: dict[Token, None], seen: set[Token]) -> None:
        for token in self.leads:
            if token.text or token is END:
                found[token] = None
            elif token not in seen and (negated or not token.only_in_no):
                seen.add(token)
                token._collect(negated, found, seen)


END = Token()
"""Where a command is complete."""


def graph(commands: Iterable[Sequence[Part]]) -> Token:
    """The token that all commands of a node begin after."""
    start = Token()
    start.rest = (Branch(list(commands)), False)
    return start


def _tokens(part: Part, loops: bool) -> tuple[Token, Token]:
    """The token that a part begins with, and the one that it ends with."""
    if isinstance(part, str):
        return _token(part, loops)
    kind, *alternatives = part
    opening = str(kind).partition("$")[0]
    fork, join = Token(), Token()
    for alternative in alternatives:
        at = fork
        for entry, leaving in _chain(alternative, loops or opening == "{"):
            at.lead(entry)
            at = leaving
        at.lead(join)
    if opening == "[":
        fork.lead(join)
    elif opening == "![":
        skip = Token()
        skip.only_in_no = True
        skip.lead(join)
        fork.lead(skip)
    elif opening == "{":
        join.lead(fork)
    return fork, join


def _chain(parts: str | list[Part], loops: bool) -> Iterator[tuple[Token, Token]]:
    assert isinstance(parts, list)
    return (_tokens(part, loops) for part in parts)


def _token(written: str, loops: bool) -> tuple[Token, Token]:
    is_value = written.startswith("=")
    text = written.removeprefix("=")
    repeats = text.endswith("...")
    token = Token(text.removesuffix("...").partition("$")[0], is_value=is_value, loops=loops)
    if repeats:
        token.repeats = True
        token.lead(token)
    return token, token
