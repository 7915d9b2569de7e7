"""Which words FRR takes for which kind of value (lib/command_match.c).

Learnt from its answers, which are the same from 8.4 to 10.7: what follows is what FRR takes, not what is sensible. An
IPv6 prefix, for one, may have too few groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from ipaddress import IPv6Address

from frrcompile.facts.number import DIGITS, number

Test = Callable[[str], bool]

_OCTET = r"(?:0{1,3}|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_MAC = r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}"
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{DIGITS}}}")
_RANGE = re.compile(r"\(([+-]?[0-9]+) ?- ?([+-]?[0-9]+)\)")


def _anything(_word: str) -> bool:
    return True


def _matches(pattern: str) -> Test:
    match = re.compile(pattern).fullmatch
    return lambda word: match(word) is not None


def _ipv6(word: str) -> bool:
    if ":" not in word or "%" in word:
        return False
    try:
        IPv6Address(word)
    except ValueError:
        return False
    return True


_GROUPS = re.compile(r"[0-9A-Fa-f:.]+")


def _ipv6_prefix(word: str) -> bool:
    address, _, length = word.partition("/")
    if (bits := number(length)) is None or bits > 128 or not _GROUPS.fullmatch(address):
        return False
    double = address.find("::")
    if double != address.rfind("::") or ":::" in address:
        return False
    if (double != 0 and address[0] == ":") or (address[-1] == ":" and not address.endswith("::")):
        return False
    if "." in address and not 0 <= address.find(":") < address.find("."):
        return False
    colons = address.count(":") - address.startswith("::") - address.endswith("::")
    return colons <= 7 and all(len(group) <= 4 for group in re.split("[:.]", address))


_AS_PLAIN = re.compile(r"([1-9][0-9]{0,9})(?:[^0-9.].*)?")
_AS_DOT = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")


def _as_number(word: str) -> bool:
    """`asplain` or `asdot` (RFC 5396): 65536 or 1.0; not 0. FRR reads no further than the digits: `1x` is 1 to it."""
    if plain := _AS_PLAIN.fullmatch(word):
        return int(plain[1]) < 2**32
    dotted = _AS_DOT.fullmatch(word)
    return dotted is not None and 0 < max(map(int, dotted.groups())) < 2**16


_TESTS: dict[str, Test] = {
    "A.B.C.D": _matches(_IPV4),
    "A.B.C.D/M": _matches(rf"{_IPV4}/0*(?:[12]?[0-9]|3[0-2])"),
    "X:X::X:X": _ipv6,
    "X:X::X:X/M": _ipv6_prefix,
    "X:X:X:X:X:X": _matches(_MAC),
    "X:X:X:X:X:X/M": _matches(rf"{_MAC}/0*(?:[1-3]?[0-9]|4[0-8])"),
    "ASNUM": _as_number,
}


@cache
def test_of(kind: str) -> Test:
    """What tells whether a word is a value of a kind: `A.B.C.D`, `(1-10)`, or a variable such as `WORD`."""
    if kind.startswith("("):
        low, high = map(int, _RANGE.fullmatch(kind).groups())  # type: ignore[union-attr]  # the grammar says so
        return lambda word: _NUMBER.fullmatch(word) is not None and low <= int(word) <= high
    return _TESTS.get(kind, _anything)


UNRANKED = "ASNUM"
"""The kind of value that FRR likes less than any other where two fit (lib/command_match.c, score_precedence)."""


def is_variable(kind: str) -> bool:
    """Whether any word at all is a value of this kind."""
    return not kind.startswith("(") and kind not in _TESTS
