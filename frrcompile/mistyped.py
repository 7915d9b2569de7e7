"""Lines that FRR refuses, as a message may quote them: a word in the wrong place may be a secret.

FRR's keywords, mistyped keywords, numbers, addresses, and what stands behind a keyword that takes a name or an AS number, are shown.
All other words are masked. So `neighbor 192.0.2.1 remte-as 65001` stays, and `neighbor 192.0.2.1 hunter2` does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from frrcompile.announced import secret_of_field
from frrcompile.announcers import ANNOUNCERS
from frrcompile.data import grammar_file
from frrcompile.hiding import SHORTEST
from frrcompile.redact import LONGEST_LINE, MASK, is_opener, redact, secret_start

KEYWORDS = "keywords.txt"
"""The file of `grammar/` with FRR's keywords, one a line."""

LONGEST_WORD = 40
"""Letters of a word that may be shown: FRR's longest keyword has 36."""

_WORD = re.compile(r"\S+")
_YAML_WORD = re.compile(r"[^\s\"'{}\[\],&*#=|>]+")
_FOREIGN = frozenset(one.word for one in ANNOUNCERS if one.foreign)
_TAKES_A_NAME = frozenset(
    {
        "neighbor",
        "interface",
        "vrf",
        "route-map",
        "prefix-list",
        "access-list",
        "peer-group",
        "hostname",
        "chain",
        "profile",
    }
    | {
        "standard",
        "expanded",
        "community-list",
        "update-source",
        "nexthop-group",
        "router-id",
        "group",
        "import",
        "export",
    }
    | {"remote-as", "local-as", "bgp", "vni", "area"}  # they take a number: a wrong one is shown, too
)
# vtysh's own commands (syntax/acting.py), which stand in no configuration: a message about one must name it.
_OF_VTYSH = frozenset(
    {
        "copy",
        "length",
        "mtrace",
        "paginate",
        "permutations",
        "start-shell",
        "telnet",
        "traceroute",
        "xfrr_end_configuration",
        "xfrr_start_configuration",
    }
)
# What is no name: a password word, or an address, and a secret without a blank between them.
_GLUED = re.compile(r"pass?w|key-str|authentication-key|[0-9]{1,3}(?:\.[0-9]{1,3}){3}[A-Za-z]", re.IGNORECASE)
_VALUE = re.compile(
    r"[+-]?[0-9]{1,10}(?:[:.,-][0-9]{1,10}){0,3}"  # numbers, AS dot notation, ranges, communities, route targets
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:[:/][0-9]{1,10})?"
    r"|(?=[^:]{0,4}:[^:]{0,4}:)[0-9A-Fa-f:.]{2,39}(?:/[0-9]{1,3})?"
    r"|(?:eth|ens|eno|enp|swp|br|vni|vxlan|bond|vlan|dummy|veth|lo)[0-9]{0,5}(?:[a-z.][0-9]{1,5}){0,3}"
    r"|[!#.|]{1,8}"
)


class Quoted(NamedTuple):
    """A line without what may be a secret; `hidden` are the places of the original that a mask replaces."""

    text: str
    hidden: Sequence[tuple[int, int]]

    def column(self, index: int) -> int:
        """The index in `text` of what is at `index` of the original line: of what is hidden, its mask's begin or end."""
        moved = 0
        for start, end in self.hidden:
            if index <= start:
                break
            if index < end:
                return start + moved
            moved += len(MASK) - (end - start)
        return index + moved


def redacted(line: str) -> Quoted:
    """A line that FRR takes, with the secret that a password word announces masked."""
    text = redact(line)
    return Quoted(text, [] if text == line else [(len(text) - len(MASK), len(line))])


def quoted(line: str) -> Quoted:
    """A line that FRR refuses, as a message may show it. Of a long line the rest is one mask."""
    return hiding(line, _hidden(line))


def quoted_field(line: str) -> Quoted:
    """A line of YAML that cannot be read, as a message may show it: without the words that `quoted` masks."""
    start = secret_of_field(line)
    end = min(LONGEST_LINE, len(line) if start is None else start)
    words = [word.span() for word in _YAML_WORD.finditer(line, 0, end) if not _is_shown(word[0].rstrip(":"))]
    return hiding(line, [*words, *([(end, len(line))] if end < len(line) else [])])


def hiding(line: str, places: Iterable[tuple[int, int]]) -> Quoted:
    """The line with a mask for each of the places, which may overlap."""
    hidden: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if hidden and start <= hidden[-1][1]:
            hidden[-1] = (hidden[-1][0], max(end, hidden[-1][1]))
        else:
            hidden.append((start, end))
    parts, at = [], 0
    for start, end in hidden:
        parts += [line[at:start], MASK]
        at = end
    return Quoted("".join([*parts, line[at:]]), hidden)


def _hidden(line: str) -> Sequence[tuple[int, int]]:
    words = list(_WORD.finditer(line, 0, LONGEST_LINE))
    end = _rest(line, words)
    # Where a password word has nothing behind it, what stands where a name belongs may be the secret.
    named = end is None and not any(_announces(word[0]) for word in words)
    found: list[tuple[int, int]] = []
    before = ""
    for word in words:
        if end is not None and word.end() > end:
            break
        is_name = named and before in _TAKES_A_NAME and not _GLUED.search(word[0])
        if not (is_name or _is_shown(word[0])):
            found.append(word.span())
        before = word[0]
    if end is None and len(line) > LONGEST_LINE:
        end = LONGEST_LINE
    return found if end is None else [*found, (end, len(line))]


def _rest(line: str, words: Sequence[re.Match[str]]) -> int | None:
    """Where the secret begins that a word of the line announces: all of the rest. None where no word does."""
    starts = [start] if (start := secret_start(line)) is not None else []
    for word, following in pairwise(words):
        if word[0].lower() in _FOREIGN or (word[0] == "key" and following[0] != "chain"):
            starts.append(following.start())
            break
    return min(starts, default=None)


def _announces(word: str) -> bool:
    return is_opener(word) or (len(word) > 2 and "password".startswith(word.lower()))


def _is_shown(word: str) -> bool:
    if len(word) > LONGEST_WORD or len(word) < SHORTEST:
        return len(word) < SHORTEST
    return bool(_VALUE.fullmatch(word)) or word.lower() in _FOREIGN or is_opener(word) or _is_keyword(word)


def _is_keyword(word: str) -> bool:
    """Whether it is a keyword of FRR, the beginning of one, or one with a wrong letter."""
    known, typos = _keywords()
    low = word.lower()
    at = bisect_left(known, low)
    found = known[at] if at < len(known) else ""
    if found.startswith(low) or not typos.isdisjoint(_without_a_letter(low)):
        return True
    return len(low) >= 8 and any(not typos.isdisjoint(_without_a_letter(less)) for less in _without_a_letter(low))


def _without_a_letter(word: str) -> Iterator[str]:
    """The word and what is left of it without one of its letters: words that share one of these are a typo apart."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


@lru_cache(maxsize=1)
def _keywords() -> tuple[Sequence[str], frozenset[str]]:
    """FRR's keywords in their order, vtysh's own among them, and all of them without a letter."""
    known = sorted(_OF_VTYSH.union(grammar_file(KEYWORDS).read_text(encoding="ascii").split()))
    return known, frozenset(less for word in known if len(word) > 3 for less in _without_a_letter(word))
