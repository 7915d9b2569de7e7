"""Every form together: what a line means, in the words in which FRR shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from frrcompile.facts.addresses import shortest
from frrcompile.facts.forms import lines, orders, routes, sets
from frrcompile.facts.forms.form import Form, Rewrite, Words, key_of
from frrcompile.facts.forms.numbers import without_zeros

FORMS: tuple[Form, ...] = (
    *(*lines.ELSEWHERE, *lines.NEIGHBOR, *lines.BFD_TIMERS, *lines.MULTIHOP_NUMBER, *lines.UNCHANGED),
    *(*lines.BESTPATH, *lines.SAME, *routes.ROUTES, *orders.ORDERS, *sets.SETS),
)
"""In the order in which they are applied to a line."""

FREE_TEXT = frozenset({"description", "remark", "password", "banner", "domainname", "hostname"})
"""Keywords behind which stands text, in which no word is an address or a number."""


def canonical(node: str, words: Words) -> Sequence[Words]:
    """The lines, without their `no`, that a line of a node stands for: one, mostly."""
    text = " ".join(words)
    if ":" in text:
        words = _addresses(words)
    if " 0" in text and not FREE_TEXT.intersection(words):
        words = without_zeros(words)
    rewrites = _rewrites().get(node, _NONE).get(key_of(words))
    if rewrites is None:
        return (words,)
    found: Sequence[Words] = (words,)
    for rewrite in rewrites:
        found = rewrite(found[0]) if len(found) == 1 else [shown for one in found for shown in rewrite(one)]
    return found


_NONE: dict[str, list[Rewrite]] = {}


@lru_cache(maxsize=1)
def _rewrites() -> dict[str, dict[str, list[Rewrite]]]:
    """The rewriting of lines by their node and the word that they are found by."""
    found: dict[str, dict[str, list[Rewrite]]] = {}
    for form in FORMS:
        for node in form.nodes:
            found.setdefault(node, {}).setdefault(form.key, []).append(form.shown)
    return found


def _addresses(words: Words) -> Words:
    """The words with IPv6 addresses as FRR shows them."""
    for index, word in enumerate(words):
        if ":" in word and (shown := shortest(word)) != word:
            words = (*words[:index], shown, *words[index + 1 :])
        if word in FREE_TEXT:
            break
    return words
