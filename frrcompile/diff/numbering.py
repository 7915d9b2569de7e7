"""Entries of lists that are written without a sequence number: FRR gives them one, and so their order counts."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile.diff.configuration import Context
from frrcompile.diff.forms import canonical
from frrcompile.facts.number import number
from frrcompile.facts.policies import ACTIONS, list_end

Words = tuple[str, ...]

STEP = 5


def list_of(words: Sequence[str]) -> Words | None:
    """The words that name the list, of an entry without a number; None for any other line."""
    at = list_end(words)
    return tuple(words[:at]) if at and len(words) > at and words[at] in ACTIONS else None


class Numbering:
    """What numbers and entries each list of a file has so far."""

    def __init__(self) -> None:
        self._highest: dict[Words, int] = {}
        self._entries: set[Words] = set()
        self._stale = False

    def forget(self) -> None:
        """Something was taken away: what there is must be looked at again."""
        self._stale = True

    def numbered(self, words: Words, context: Context) -> Words | None:
        """An entry of a list with its number, or with the one that FRR gives it; None where it is there already.

        The next number is the highest one and 5 (lib/filter_cli.c), for BGP's lists the next multiple of 5
        (bgpd/bgp_clist.c).
        """
        if self._stale:
            self._look_again(context)
        at = list_end(words)
        name = words[:at]
        if words[at : at + 1] == ("seq",):
            self._note(words)
            return words
        if (*name, *words[at:]) in self._entries:
            return None
        highest = self._highest.get(name, 0)
        number = (highest // STEP + 1) * STEP if words[0] == "bgp" else highest + STEP
        whole = next(iter(canonical("config", (*name, "seq", str(number), *words[at:]))))
        if (*name, *whole[at + 2 :]) in self._entries:
            return None
        self._note(whole)
        return whole

    def _look_again(self, context: Context) -> None:
        self._entries.clear()
        self._highest.clear()
        for entry in context.entries.values():
            self._note(entry.words)
        self._stale = False

    def _note(self, words: Words) -> None:
        at = list_end(words)
        if at and words[at : at + 1] == ("seq",) and words[at + 1 : at + 2]:
            sequence = number(words[at + 1])
            if sequence is None:
                return
            name = words[:at]
            self._highest[name] = max(self._highest.get(name, 0), sequence)
            self._entries.add((*name, *words[at + 2 :]))


def is_listed(words: Sequence[str]) -> bool:
    """Whether a line is an entry of a list, with a number or without."""
    at = list_end(words)
    return bool(at) and len(words) > at and (words[at] in ACTIONS or words[at] == "seq")
