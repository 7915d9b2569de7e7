"""Names of fields that hold a secret, in YAML, JSON and the models and resources of other projects."""

from __future__ import annotations

import re
from functools import lru_cache

from frrcompile.announcers import ANNOUNCERS
from frrcompile.redact import LONGEST_LINE, is_opener

SOURCES = frozenset({"password-file", "password-env"})
"""The fields of a model that say where a secret is, and hold none."""

_SIGN = "|".join(one.field for one in ANNOUNCERS if one.field)
_NAME = re.compile(_SIGN, re.IGNORECASE)
# Bounded, as a line of many such words would take a time that grows with their square.
_FIELD = re.compile(rf"(?:{_SIGN})[\w-]{{0,40}}[\"']?[ \t]{{0,40}}[:=][ \t]{{0,40}}(?=\S)", re.IGNORECASE)
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z_.-]+")
_WORDS = re.compile(
    r"api|area|auth|authentication|bgp|client|credentials?|digest|domain|encrypt(?:ed|ion)|env|field|file|from|hash|id|keys?|md|5|"
    r"message|name|neighbor|new|old|ospf|pass|passphrase|passwd|passwor[dt]s?|path|peer|pre|private|psk|pwd|ref|secrets?|"
    r"(?:pre)?shared|string|tcp|text|tokens?|type|user|username|values?|x",
    re.IGNORECASE,
)
"""The words of names of fields with secrets; any other in such a name may be a secret that a blank should precede."""
_WORD_BEFORE = re.compile(r"[\w-]{0,40}$")
_LONGEST = 100
NAMES = 4096
"""Field names whose result is cached: a site repeats a few of them many times."""


@lru_cache(maxsize=NAMES)
def announces(name: str) -> bool:
    """Whether a field of this name holds a secret."""
    return name not in SOURCES and (is_opener(name) or _NAME.search(name[:_LONGEST]) is not None)


@lru_cache(maxsize=NAMES)
def secret_in_name(name: str) -> str | None:
    """What of a field's name may be a secret itself: `x` of `password x`, and the whole of `passwordx`."""
    for word in re.finditer(r"[^\s=:]+", name[:_LONGEST]):
        if announces(word[0]):
            rest = name[word.end() :].strip(" \t\n=:")
            return name if rest and not _is_plain(word[0]) else rest or (None if _is_plain(word[0]) else name)
    return None


def _is_plain(name: str) -> bool:
    """Whether a name that announces a secret has only words of such names, as `bgp-password` or `passwordSecret`."""
    return is_opener(name) or all(map(_WORDS.fullmatch, _PART.findall(name)))


def is_source(field: str, value: str) -> bool:
    """Whether the value of one of `SOURCES` says where a secret is; else it may be the secret, in the wrong field."""
    if field == "password-file":
        return value.startswith("/")
    return re.fullmatch(r"[A-Z][A-Z0-9_]*", value) is not None or (value.isidentifier() and announces(value))


def secret_of_field(text: str) -> int | None:
    """The index at which the secret begins in a line or a text with such a field, as `passphrase: x` or `pwd=x`."""
    for match in _FIELD.finditer(text, 0, LONGEST_LINE):
        before = _WORD_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        name = (before[0] if before else "") + re.split(r"[\"' \t:=]", match[0])[0]
        if name not in SOURCES:
            return match.end()
    return None
