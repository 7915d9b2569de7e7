"""What the findings about a model mean, by their codes: FRR900 and up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

READING = {
    "FRR900": "The input is no text: bytes that are not UTF-8, or control characters.",
    "FRR901": "The text is not YAML, or says something that a model has no use for: tags, exploding aliases, endless nesting.",
    "FRR902": "A key is written twice in one mapping. YAML would keep the last one in silence.",
    "FRR903": "The document is empty.",
    "FRR904": "Two documents that are merged disagree on a field. Both places are named.",
    "FRR905": "A field that the model does not have. The nearest name is suggested.",
    "FRR906": "A field that is needed is not there.",
    "FRR907": "A value that does not fit its field: what was found, and what is allowed.",
    "FRR908": "A list or mapping that needs at least one entry is empty.",
    "FRR948": "A raw line that repeats, contradicts or takes away what the model says.",
    "FRR949": "A secret that cannot be opened when frr.conf is written, or that FRR could not take.",
    "FRR990": "A node's override that changes the list of nodes.",
}
"""What is no rule: the findings of reading, typing and writing a model. Rules say theirs in their docstring."""


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, str]:
    """A sentence or two for each code, in the order of the codes.

    A rule's is its docstring, read from the source: importing all rules and pydantic with them would take longer.
    """
    return dict(sorted((READING | rule_meanings()).items()))


def rule_meanings() -> dict[str, str]:
    """What each rule says of itself behind its code."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parents[1] / "ir" / "validate").glob("*.py")):
        for code, text in re.findall(r'"""(FRR\d{3}): (.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL):
            words = " ".join(text.split())
            found.setdefault(code, words[0].upper() + words[1:])
    return found
