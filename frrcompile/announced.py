"""Names of fields that hold a secret, in YAML, JSON and the models and resources of other projects."""

from __future__ import annotations

import re

from frrcompile.redact import LONGEST_LINE, is_opener

SOURCES = frozenset({"password-file", "password-env"})
"""The fields of a model that say where a secret is, and hold none."""

_SIGN = r"pass(?!ive|thr|port)|pwd|secret|psk|token|credential|md5|(?:private|auth|shared)[_-]?key"
_NAME = re.compile(_SIGN, re.IGNORECASE)
# Bounded, as a line of many such words would take a time that grows with their square.
_FIELD = re.compile(rf"(?:{_SIGN})[\w-]{{0,40}}[\"']?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?=\S)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"[\w-]{0,40}$")
_LONGEST = 100


def announces(name: str) -> bool:
    """Whether a field of this name holds a secret."""
    return name not in SOURCES and (is_opener(name) or _NAME.search(name[:_LONGEST]) is not None)


def is_hinted(text: str) -> bool:
    """Whether a text may have such a field: its name can be written with escapes, too."""
    return "\\" in text or _NAME.search(text) is not None


def secret_of_field(text: str) -> int | None:
    """The index at which the secret begins in a line or a text with such a field, as `passphrase: x` or `pwd=x`."""
    for match in _FIELD.finditer(text, 0, LONGEST_LINE):
        before = _WORD_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        name = (before[0] if before else "") + re.split(r"[\"' \t:=]", match[0])[0]
        if name not in SOURCES:
            return match.end()
    return None
