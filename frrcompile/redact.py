"""Secrets: the type that keeps them out of text, and the masking of FRR's own password lines.

Used by whatever prints a configuration, a difference, a status, a log, or what vtysh answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MASK = "********"

# Lines of FRR's configuration that end in, or contain, a secret (FRR manual: "Terminal Mode Commands", "BGP", "OSPF",
# "IS-IS", "RIP", "EIGRP", "LDP", "key chain"). The words before the secret are kept; what follows is masked to the
# end of the line, as a password may have blanks and quotes. A line may be quoted in a message: a pattern starts at any word.
_SECRET_WORDS = r"""
    (?P<before>
        \bnei[a-z]*\s+\S+\s+pass?w?o?r?d?\s+
      | \bneighbor\s+\S+\s+(?:tcp-ao|password-file)\s+.*?\bkey\s+
      | \b(?:area|domain)-password\s+(?:clear|md5)\s+
      | \bisis\s+password\s+(?:clear|md5)\s+
      | \b(?:enable\s+)?password\s+(?:[0-9]\s+)?
      | \bauthentication\s+(?:string\s+|key-id\s+\d+\s+hash-algo\s+\S+\s+key\s+)
      | \b(?:authentication-key|message-digest-key\s+\d+\s+md5)\s+
      | \barea\s+\S+\s+virtual-link\s+\S+.*?\b(?:authentication-key|md5)\s+
      | \bkey-string\s+
      | \bnhrp\s+authentication\s+
      | \btcp-md5-auth\s+
      | \bvrrp\s+\d+\s+authentication\s+\S+\s+
      | \bsnmp-server\s+community\s+
    )
    (?P<secret>\S.*)
"""

# In a model: YAML has many ways to write a text, so all that follows the key is masked.
_MODEL_PASSWORD = r"""(?P<before>\bpassword["']?\s*:\s*)(?P<secret>\S.*)"""

# A mistyped keyword is no reason to show the secret behind it: `passwrod`, `Password`, `passwd`; `key-strng`.
_MISTYPED = (
    r"(?P<before>(?<![\w-])(?!password\s|key-string\s)"
    r"(?i:(?=[a-z]*(?:ss|s[a-z]?w|ws))pa?[sword]{4,8}|key-?s[tring]{3,6})\s+)(?P<secret>\S.*)"
)

_HINTS = ("pas", "Pas", "PAS", "psw", "pss", "key", "auth", "snmp-server")
"""One of these is in every line with a secret: most lines are spared the patterns."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return re.compile(_MODEL_PASSWORD), re.compile(_SECRET_WORDS, re.VERBOSE), re.compile(_MISTYPED)


def redact(text: str) -> str:
    """`text` with the secret of every FRR password line replaced by `MASK`; all else is kept to the byte."""
    for word in _HINTS:
        if word in text:
            break
    else:
        return text
    for pattern in _patterns():
        text = pattern.sub(lambda match: match["before"] + MASK, text)
    return text


def secrets(text: str) -> frozenset[str]:
    """The secrets of the password lines in `text`, for masking what quotes them otherwise than as such a line."""
    lines = {line for hint in _HINTS for line in _lines_with(hint, text)}
    return frozenset(match["secret"].rstrip() for line in lines for one in _patterns() for match in one.finditer(line))


def _lines_with(word: str, text: str) -> Iterator[str]:
    at = text.find(word)
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        yield text[start : end if end >= 0 else len(text)]
        at = text.find(word, end) if end >= 0 else -1


class Secret:
    """A value that shows itself to nobody who does not ask by name.

    `str`, `repr`, formatting and f-strings give `MASK`; only `reveal()` gives the value.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself, for the one line of frr.conf that needs it."""
        return self._value

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))
