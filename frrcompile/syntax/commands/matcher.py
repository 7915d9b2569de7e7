"""Whether a node has a command for a line, and which words of it were shortened.

Two ways lead to the answer. Most lines are written out: they are walked through an automaton whose states are made as
lines need them and kept, a dictionary look-up a word. A line that it does not take is judged as FRR would: every way of
reading it, the better one kept (lib/command_match.c), which also tells how far the line was understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from frrcompile.syntax.commands.graph import END, Token, graph
from frrcompile.syntax.commands.language import Part
from frrcompile.syntax.commands.values import UNRANKED, Test, is_variable, test_of

LONGEST = 255
"""FRR takes no command of more words (lib/command.h, CMD_ARGC_MAX)."""


class Verdict(Enum):
    """What a node says to a line. `UNKNOWN` alone makes FRR ask the node's parents."""

    UNKNOWN = 0
    INCOMPLETE = 1
    AMBIGUOUS = 2
    KNOWN = 3


class Match(NamedTuple):
    """The verdict of a node on a line.

    `words` are the line's with shortened keywords written out. `reached` is how many words were understood; `expected`
    is what might have stood in the place of the next one: keywords, and kinds of values as FRR writes them. For an
    ambiguous line, `expected` has the keywords between which FRR cannot choose, and `reached` their place.
    """

    verdict: Verdict
    words: tuple[str, ...]
    reached: int = 0
    expected: tuple[str, ...] = ()


class Matcher:
    """The commands of one node."""

    def __init__(self, commands: Iterable[Sequence[Part]]) -> None:
        self._start = graph(commands)
        self._first = _State({}, frozenset({(self._start, _NOTHING)}), None)

    def accepts(self, words: Sequence[str]) -> bool:
        """Whether the line is a command with every keyword written out."""
        state = self._first
        for word in words:
            following = state[word]
            if following is None:
                return False
            state = following
        return state.ends and len(words) <= LONGEST

    def match(self, words: Sequence[str]) -> Match:
        """What FRR says to the line here. A line of no words is incomplete."""
        words = tuple(words)
        if self.accepts(words):
            return Match(Verdict.KNOWN, words, len(words))
        return _judge(self._start, words)


_Member = tuple[Token, frozenset[Token]]
_NOTHING: frozenset[Token] = frozenset()


class _State(dict[str, "_State | None"]):
    """The tokens that a line may have ended in so far, each with those of its loops that are used up.

    By word it has the state behind that word, None where the word fits nothing; they are made as lines need them.
    """

    __slots__ = ("_all", "_any", "_fates", "_keywords", "_negated", "_values", "ends")

    def __init__(self, every: _States, members: frozenset[_Member], negated: bool | None) -> None:
        """`every` are all states of the node, `negated` whether the line begins with `no`; None where none has begun."""
        super().__init__()
        self._all = every
        self._negated = negated
        self._fates: dict[object, _State | None] = {}
        self._keywords: dict[str, set[_Member]] = {}
        self.ends = False
        kinds: dict[str, set[_Member]] = {}
        for token, used in members:
            for follower in token.followers(bool(negated)):
                if follower is END:
                    self.ends = True
                elif follower not in used:
                    kind = kinds if follower.is_value else self._keywords
                    kind.setdefault(follower.text, set()).add((follower, used | {follower} if follower.loops else used))
        self._any = {taker for kind, takers in kinds.items() if is_variable(kind) for taker in takers}
        self._values: list[tuple[Test, set[_Member]]] = [
            (test_of(kind), takers) for kind, takers in kinds.items() if not is_variable(kind)
        ]

    def __missing__(self, word: str) -> _State | None:
        # Many words fare alike: those that are no keyword here and are values of the same kinds.
        keyword = word if word in self._keywords else ""
        fate = (keyword, *[test(word) for test, _ in self._values]) if self._values else keyword
        if fate not in self._fates:
            self._fates[fate] = self._behind(word)
        following = self[word] = self._fates[fate]
        return following

    def _behind(self, word: str) -> _State | None:
        fitting = [takers for test, takers in self._values if test(word)]
        members = frozenset(self._any.union(self._keywords.get(word, ()), *fitting))
        if not members:
            return None
        negated = word == "no" if self._negated is None else self._negated
        key = (members, negated)
        if key not in self._all:
            self._all[key] = _State(self._all, members, negated)
        return self._all[key]


_States = dict[tuple[frozenset[_Member], bool], _State]


# How well a token fits: FRR prefers a value that it can check to a keyword, that to a variable, and that to an AS number.
_CHECKED, _KEYWORD, _VARIABLE, _LAST = range(4)


class _Reading(NamedTuple):
    """One way to read the line's rest: for each word the token that took it, how well, and whether in full."""

    tokens: tuple[tuple[Token, int, bool], ...]
    ambiguous: bool = False


class _Judge:
    """One line before all commands of a node."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.negated = False
        self.furthest = 0
        self.expected: dict[str, None] = {}
        self.split: tuple[int, dict[str, None]] | None = None
        self.incomplete = False

    def read(self, token: Token, at: int, path: tuple[Token, ...]) -> _Reading | None:
        """The best reading of the words from `at` on, behind `token`."""
        followers = token.followers(self.negated)
        if at == len(self.words):
            if END in followers:
                return _Reading(())
            self.incomplete = True
            self._expect(at, followers)
            return None
        word = self.words[at]
        best: _Reading | None = None
        fitting = [(follower, *fit) for follower in followers if (fit := _fit(follower, word))]
        if not fitting:
            self._expect(at, followers)
        for follower, rank, whole in fitting:
            if follower in path and not follower.repeats:
                continue
            if at == 0:
                self.negated = follower.text == "no"
            rest = self.read(follower, at + 1, (*path, follower))
            if rest is not None:
                reading = _Reading(((follower, rank, whole), *rest.tokens), rest.ambiguous)
                best = reading if best is None else self._better(best, reading, at)
        return best

    def _better(self, one: _Reading, other: _Reading, at: int) -> _Reading:
        for (_, rank, whole), (_, its_rank, its_whole) in zip(one.tokens, other.tokens, strict=True):
            if rank != its_rank:
                return one if rank < its_rank else other
            if whole != its_whole:
                return one if whole else other
        differing = next(
            (
                i
                for i, (mine, its) in enumerate(zip(one.tokens, other.tokens, strict=True))
                if mine[0].text != its[0].text
            ),
            None,
        )
        if differing is not None:
            self.split = (at + differing, {one.tokens[differing][0].text: None, other.tokens[differing][0].text: None})
        return one._replace(ambiguous=True)

    def _expect(self, at: int, followers: Iterable[Token]) -> None:
        if at > self.furthest:
            self.furthest, self.expected = at, {}
        if at == self.furthest:
            self.expected.update((follower.text, None) for follower in followers if follower is not END)


def _judge(start: Token, words: tuple[str, ...]) -> Match:
    if len(words) > LONGEST:
        return Match(Verdict.UNKNOWN, words)
    judge = _Judge(words)
    reading = judge.read(start, 0, ())
    if reading is None:
        verdict = Verdict.INCOMPLETE if judge.incomplete else Verdict.UNKNOWN
        return Match(verdict, words, judge.furthest, tuple(judge.expected))
    if reading.ambiguous and judge.split:
        at, between = judge.split
        return Match(Verdict.AMBIGUOUS, words, at, tuple(between))
    written = tuple(
        word if token.is_value else token.text for word, (token, _, _) in zip(words, reading.tokens, strict=True)
    )
    return Match(Verdict.AMBIGUOUS if reading.ambiguous else Verdict.KNOWN, written, len(words))


def _fit(token: Token, word: str) -> tuple[int, bool] | None:
    if token is END:
        return None
    if not token.is_value:
        return (_KEYWORD, token.text == word) if token.text.startswith(word) else None
    if not test_of(token.text)(word):
        return None
    if token.text == UNRANKED:
        return _LAST, True
    return (_VARIABLE if is_variable(token.text) else _CHECKED), True
