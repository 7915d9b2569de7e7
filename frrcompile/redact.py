"""Secrets: the type that keeps them out of text, and the masking of password lines.

The masking reads a line once, word by word. Its work is linear in the text, whatever the text is. All output that
quotes a configuration, a difference or the answer of an FRR program goes through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from frrcompile.announcers import ANNOUNCERS

MASK = "********"

LONGEST_LINE = 4096
"""Characters of a line that are read. The rest of a longer line is masked unread: FRR itself reads no longer line."""

_OPENERS = {one.word: one.least for one in ANNOUNCERS if one.least}
# Words of FRR that look like one of these. What follows is no secret.
_OTHERS = frozenset({"passwords", "nopassword", "password-encryption", "message-digest"})

# The words behind `mgmt`, of FRR 9.0 to 10.7.
_MGMT = (
    *("commit", "create-config", "delete-config", "edit", "load-config", "remove-config", "replace-config"),
    *("rollback", "rpc", "save-config", "set-config"),
)

# A word may be quoted, and a mistyped line may lack the blank: `password"secret"`, `password=secret`.
_WORD = re.compile(r"[^\s\"'`=:;,(){}\[\]<>]+")
_QUOTES = "\"'`"
_NUMBER = re.compile(r"[0-9]+")

_PARTS = ("pas", "psw", "pss", "ssw", "swo", "wrd", "word", "key", "auth", "md5", "snmp-server", "mg", "-conf")
_SHORTEST = (word[:least] for word, least in _OPENERS.items())  # such as `area-p`
_HINTS = (*_PARTS, *(one for one in _SHORTEST if not any(part in one for part in _PARTS)))
"""A line with a secret has one of these in lower case: most lines are not read word by word."""


def redact(text: str) -> str:
    """`text` with the secret of every password line replaced by `MASK`. The rest is kept to the byte.

    The rest of a line that has a password word and is longer than `LONGEST_LINE` is replaced too.
    """
    if not _hinted(text):
        return text
    return "\n".join(_redacted(line) if _hinted(line) else line for line in text.split("\n"))


def secret_start(line: str) -> int | None:
    """The index at which the secret of a password line begins; None where the line has none. It extends to the end."""
    words = list(_WORD.finditer(line[:LONGEST_LINE]))
    for index in range(len(words)):
        if (last := _last_before(words, index)) is not None:
            start = _behind(line, words[last])
            if start is not None:
                return start
    return None


def secrets(text: str) -> frozenset[str]:
    """The secrets of the password lines in `text`, to mask them in sentences that quote them."""
    found = ((line, secret_start(line)) for line in _hinted_lines(text))
    return frozenset(line[start:LONGEST_LINE].rstrip() for line, start in found if start is not None)


def is_opener(word: str) -> bool:
    """Whether FRR takes a secret behind the word, written out, shortened or mistyped."""
    return _opener(word) is not None


def _redacted(line: str) -> str:
    start = secret_start(line)
    if start is not None:
        return line[:start] + MASK
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + MASK


def _hinted(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _HINTS)


def _hinted_lines(text: str) -> Iterator[str]:
    if _hinted(text):
        yield from filter(_hinted, text.split("\n"))


def _last_before(words: Sequence[re.Match[str]], index: int) -> int | None:
    """The index of the last word before the secret, where word `index` announces one."""
    word = words[index][0]
    if "mgmt".startswith(word):
        return _last_of_mgmt(words, index)
    left = len(words) - index - 1  # the last one is the secret: an option such as `md5` needs a word behind it
    following = [one[0] for one in words[index + 1 : index + 7]]
    opener = _opener(word) or ("password" if _is_short_password(words, index) else None)
    if opener in ("password", "area-password", "domain-password"):
        return index + (
            left > 1 and (following[0] in ("clear", "md5") or (len(following[0]) == 1 and following[0].isdigit()))
        )
    if opener == "message-digest-key":
        skipped = int(left > 1 and _NUMBER.fullmatch(following[0]) is not None)
        return index + skipped + (left - skipped > 1 and following[skipped] == "md5")
    if opener:
        return index
    if word == "authentication":
        return _last_of_authentication(words, index, following)
    if word == "md5":
        return None if following[:1] and following[0] in ("key", "auth-length", "authenticate") else index
    if word == "community" and index and words[index - 1][0] == "snmp-server":
        return index
    return index if word == "key" and _is_key(words, index, following) else None


def _last_of_mgmt(words: Sequence[re.Match[str]], index: int) -> int | None:
    """The arguments of an action may have the key of a key chain. A VRF may have the name `mgmt`, and `debug mgmt` no secret."""
    action = words[index + 1][0] if index + 1 < len(words) else ""
    if action and any(known.startswith(action) for known in _MGMT):
        return index + 1
    return index if action and index == 0 and len(words[index][0]) > 1 else None


def _last_of_authentication(words: Sequence[re.Match[str]], index: int, following: Sequence[str]) -> int | None:
    before = [one[0] for one in words[max(0, index - 2) : index]]
    if following[:1] == ["string"]:
        return index + (len(following) > 1)
    if following[:1] == ["key-id"] and "key" in following:
        return index + 1 + following.index("key")
    if before[-1:] == ["nhrp"]:
        return index
    return index + 1 if before[:1] == ["vrrp"] and len(following) > 1 else None


def _is_key(words: Sequence[re.Match[str]], index: int, following: Sequence[str]) -> bool:
    """Whether `key` is a mistyped `key-string`, or a key of TCP-AO: FRR's own `key` has a number or `chain` behind it."""
    if not following or following[0] == "chain" or (_NUMBER.fullmatch(following[0]) and len(following) == 1):
        return False
    opens = (
        index == 0 or (index == 1 and words[0][0] == "no") or words[index].string[words[index].start() - 1] in _QUOTES
    )
    return opens or any(one[0] in ("tcp-ao", "hash-algo", "password-file") for one in words[max(0, index - 8) : index])


def _is_short_password(words: Sequence[re.Match[str]], index: int) -> bool:
    """Whether the word is a shortened `password`, at the beginning of a line or of a neighbor."""
    word = words[index][0]
    if len(word) < 3 or not "password".startswith(word):
        return False
    return index == 0 or any(one[0].startswith("nei") for one in words[max(0, index - 3) : index])


def _opener(word: str) -> str | None:
    low = word.lower() if len(word) <= 20 else ""
    if len(low) < 5 or low in _OTHERS:
        return None
    for opener, shortest in _OPENERS.items():
        if len(low) >= shortest and opener.startswith(low):
            return opener
    return next((opener for opener in _OPENERS if _is_typo(low, opener)), None)


def _is_typo(word: str, known: str) -> bool:
    """Whether two letters at most were left out, added, or replaced, or neighbors exchanged."""
    if abs(len(word) - len(known)) > 2 or len(set(known) - set(word)) > 2:
        return False
    return _edits(word, known) <= 2


def _edits(one: str, two: str) -> int:
    """The letters that were left out, added, replaced, or exchanged with the next one, from one word to the other."""
    before, row = [0] * (len(two) + 1), list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(two, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _behind(line: str, word: re.Match[str]) -> int | None:
    """Where the text behind a word begins; None where there is none, or where it belongs to the sentence around it."""
    at, end = word.end(), min(len(line), LONGEST_LINE)
    quoted = line[at : at + 1] in _QUOTES and at < end
    if quoted:
        follows = line[at + 1 : at + 2]
        if follows in (":", "="):  # the key of a mapping: "password": ...
            at += 1
        elif not follows or follows.isspace() or follows in ".,;)" or line[word.start() - 1 : word.start()] == line[at]:
            return None  # a closing quote
        else:
            return at
    elif at < end and not line[at].isspace() and line[at] not in ":=":
        return None if line[at] in ".,;)]}>" else at
    while at < end and (line[at].isspace() or line[at] in ":="):
        at += 1
    return at if at < end else None


class Secret:
    """A value that `str`, `repr` and formatting do not show: they give `MASK`. Only `reveal()` gives the value."""

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
