"""Finding the one pattern that a line fits, among the many that a node knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frrcompile.facts.pattern import SHORTEST, Pattern

LONGEST = 3
"""How many leading keywords an entry is looked up by."""


class Index:
    """Patterns and what each stands for, looked up by the words that a line begins with. Never changed once made."""

    __slots__ = ("_by_first", "_by_keywords", "_keywords")

    def __init__(self, written: Iterable[tuple[str, str]]) -> None:
        """`written` are patterns, as `grammar/node.yaml` writes them, and their meanings."""
        self._by_keywords: dict[tuple[str, ...], list[tuple[Pattern, str]]] = {}
        self._keywords: dict[str, int] = {}
        """How many leading keywords there are at most behind each first word, itself among them."""
        self._by_first: dict[str, list[tuple[Pattern, str]]] = {}
        for text, meaning in written:
            pattern = Pattern.parse(text)
            for key in pattern.begun_by(LONGEST):
                self._by_keywords.setdefault(key, []).append((pattern, meaning))
                self._keywords[key[0]] = max(len(key), self._keywords.get(key[0], 0))
            for first in {word[:end] for word in pattern.first for end in range(SHORTEST, len(word) + 1)}:
                self._by_first.setdefault(first, []).append((pattern, meaning))

    @property
    def firsts(self) -> Iterable[str]:
        """Every first word that a line may have to fit here, whole or shortened."""
        return self._by_first.keys()

    def find(self, words: Sequence[str]) -> str | None:
        """What the line means whose keywords are all written out; None where it fits nothing."""
        for length in range(min(self._keywords.get(words[0], 0), len(words)), 0, -1):
            for pattern, meaning in self._by_keywords.get(tuple(words[:length]), ()):
                if pattern.fits(words):
                    return meaning
        return None

    def find_shortened(self, words: Sequence[str]) -> str | None:
        """The same with abbreviated keywords allowed; None also where it fits patterns of several meanings."""
        candidates = self._by_first.get(words[0], ())
        found = {meaning for pattern, meaning in candidates if pattern.fits(words, shortened=True)}
        return found.pop() if len(found) == 1 else None

    def has_beginning(self, words: Sequence[str]) -> bool:
        """Whether the line has the keywords of a pattern, as far as it goes: `route-map NAME` without its number."""
        return any(pattern.begins(words) for pattern, _ in self._by_first.get(words[0], ()))
