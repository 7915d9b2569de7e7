"""Steps of a plan, and how they are written: each line in its context, every context left again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frrcompile.diff.changes import Change, Difference
from frrcompile.diff.configuration import Entry, Path
from frrcompile.diff.forms import MODES
from frrcompile.facts.defaults import default_of
from frrcompile.facts.releases import Release
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import nodes

Words = tuple[str, ...]

LONGEST = 100
"""How many words of a line are tried with `no`: no command but a description has so many, and its text is not needed."""

_MODES = {behind: word for word, behind in MODES.items()}


class Plan:
    """The steps so far, and the changes that they are for."""

    def __init__(self, difference: Difference, release: Release) -> None:
        self.difference = difference
        self.release = release
        self.steps: list[tuple[Path, Words]] = []
        self.maps: dict[str, list[Change]] | None = None
        self._table = table(release)
        self._changes: dict[Path, list[Change]] = {}
        for change in difference.changes:
            self._changes.setdefault(change.path[:1], []).append(change)
        self._inside: dict[Path, list[Path]] = {}
        for path in difference.new.contexts:
            if len(path) > 1:
                self._inside.setdefault(path[:1], []).append(path)

    def changes_in(self, top: Path) -> Sequence[Change]:
        """The changes in a context at the top and in those inside it."""
        return self._changes.get(top, ())

    def inside(self, top: Path) -> Sequence[Path]:
        """The contexts of the new configuration inside one at the top."""
        return self._inside.get(top, ())

    def changes(self, *nodes: str) -> Iterator[Change]:
        """The changes in contexts of these nodes."""
        return (change for change in self.difference.changes if change.node in nodes)

    def opens(self, change: Change) -> bool:
        """Whether the line of a change opens a context; one that FRR does not take opens none, whatever its words are."""
        whole = (*change.path, change.key)
        return whole in self.difference.old.contexts or whole in self.difference.new.contexts

    def say(self, path: Path, words: Words) -> None:
        """One more line."""
        self.steps.append((path, words))

    def set(self, change: Change) -> None:
        """Says what a change sets."""
        assert change.new is not None
        self.say(change.path, spelled(change.new.words))

    def unset(self, change: Change) -> None:
        """Takes back what a change takes away."""
        assert change.old is not None
        self.take_back(change.path, change.node, change.old)

    def take_back(self, path: Path, node: str, entry: Entry) -> None:
        """Says `no` to a line, in the words that its release has for it."""
        self.say(path, self.negation(node, entry.words, least=2))

    def negation(self, node: str, words: Words, least: int) -> Words:
        """The line that takes another one back: with as many of its words as the release's command takes."""
        if words[0] == "no":
            return spelled(words[1:])
        words = spelled(words)
        matcher = self._table.matcher(nodes()[node].frr)
        for end in range(min(len(words), LONGEST), least - 2, -1):
            line = ("no", *words[:end])
            if end and matcher.accepts(line):
                return line
        return default_of(node, words) or ("no", *words)

    def takes(self, node: str, words: Words) -> bool:
        """Whether the release has a command."""
        return self._table.matcher(nodes()[node].frr).accepts(words)


def spelled(words: Words) -> Words:
    """A line as it is typed: what stands for a command that the comparison knows under another name."""
    negated = words[0] == "no"
    plain = words[1:] if negated else words
    if plain[0] == "neighbor" and plain[2:] in _MODES:
        plain = (*plain[:2], _MODES[plain[2:]])
    return ("no", *plain) if negated else plain


def written(plan: Plan) -> Iterator[str]:
    """The plan's lines: a context is entered where the one before was another, and left again."""
    open_path: Path = ()
    for path, words in [*plan.steps, ((), ())]:
        if path != open_path:
            shared = _shared(open_path, path)
            yield from _leave(plan, open_path, shared)
            for depth in range(shared, len(path)):
                yield " " * depth + " ".join(_header(plan, path[: depth + 1]))
            open_path = path
        if words:
            yield " " * len(path) + " ".join(words)


def _shared(one: Path, other: Path) -> int:
    count = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def _leave(plan: Plan, path: Path, down_to: int) -> Iterator[str]:
    for depth in range(len(path), down_to, -1):
        node = _node(plan, path[:depth])
        yield " " * (depth - 1) + nodes()[node].closer


def _node(plan: Plan, path: Path) -> str:
    difference = plan.difference
    return (difference.new.contexts.get(path) or difference.old.contexts[path]).node


def _header(plan: Plan, path: Path) -> Words:
    difference = plan.difference
    return (difference.new.contexts.get(path) or difference.old.contexts[path]).header.words


def by_line(changes: Iterable[Change]) -> list[Change]:
    """Changes in the order of the new file, which is one that FRR can read."""
    return sorted(changes, key=lambda change: change.new.line if change.new else 0)
