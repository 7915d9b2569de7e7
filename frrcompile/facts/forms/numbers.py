"""Numbers that begin with 0: FRR keeps the number and not its text."""

from __future__ import annotations

from frrcompile.facts.forms.form import Words

BEHIND = frozenset(
    {
        *("seq", "metric", "vni", "bandwidth", "cost", "distance", "detect-multiplier"),
        *("tag", "weight", "goto", "prefix-len", "ge", "le"),
    }
)
"""Words behind which FRR reads a number. `local-preference` is none of them: a route-map keeps the text that was written."""

PAIRS = (
    ("route-map", "set metric 010", "set metric 10"),
    ("route-map", "match tag 05", "match tag 5"),
    ("route-map", "set weight 05", "set weight 5"),
    ("route-map", "on-match goto 020", "on-match goto 20"),
    ("route-map", "match ip address prefix-len 08", "match ip address prefix-len 8"),
    (
        "config",
        "ip prefix-list zeros seq 010 permit 198.18.0.0/15 le 032",
        "ip prefix-list zeros seq 10 permit 198.18.0.0/15 le 32",
    ),
)
"""Examples: node, line, and what FRR shows."""


def without_zeros(words: Words) -> Words:
    """The line with such numbers as FRR shows them."""
    for at in range(1, len(words)):
        word = words[at]
        number = words[at - 1] in BEHIND or (words[0] == "route-map" and at == 3)
        if number and word[0] == "0" and len(word) > 1 and word.isdecimal():
            words = (*words[:at], word.lstrip("0") or "0", *words[at + 1 :])
    return words
