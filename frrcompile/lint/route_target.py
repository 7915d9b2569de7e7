"""Route targets and route distinguishers as FRR reads them (RFC 4364, 4.2; RFC 5668; bgpd/bgp_ecommunity.c and bgp_rd.c).

Learnt from FRR 8.4.4, 10.3 and 10.7.1 by trying: what is too large for its field is refused in one place, and cut to its
lower bits in another.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from frrcompile.facts.boundaries import DOTTED_AS_IN_TARGETS
from frrcompile.facts.releases import Release

ALLOWED = "AS:NUMBER or ADDRESS:NUMBER, the number to 65535, and to 4294967295 for an AS below 65536"
_SHORT, _LONG = 1 << 16, 1 << 32

_SURELY_GOOD = re.compile(r"(?:[0-9]{1,4}|[1-5][0-9]{4}):[0-9]{1,9}|[0-9]{1,9}:[0-9]{1,4}")
"""Most of what is written: there are tens of thousands in a large file."""
_SPELLED = re.compile(r"(?:0|[1-9][0-9]{0,8}):(?:0|[1-9][0-9]{0,8})")
"""Two numbers without leading zeros, the first one an AS in any case."""


class Value(NamedTuple):
    """A target or distinguisher: `type` as RFC 4364 numbers it (0: AS of two bytes, 1: address, 2: AS of four bytes)."""

    type: int
    administrator: int
    number: int

    @property
    def limit(self) -> int:
        """What its number must stay below."""
        return _LONG if self.type == 0 else _SHORT

    def __str__(self) -> str:
        first = str(IPv4Address(self.administrator)) if self.type == 1 else str(self.administrator)
        return f"{first}:{self.number}"


def parse(text: str, release: Release) -> Value | None:
    """What is written, however large its number; None for what is neither target nor distinguisher."""
    first, colon, second = text.partition(":")
    if not colon or not _is_number(second):
        return None
    if _is_number(first):
        administrator = int(first)
        if administrator >= _LONG:
            return None
        return Value(0 if administrator < _SHORT else 2, administrator, int(second))
    try:
        return Value(1, int(IPv4Address(first)), int(second))
    except AddressValueError:
        pass
    high, dot, low = first.partition(".")
    if release < DOTTED_AS_IN_TARGETS or not dot or not _is_number(high) or not _is_number(low):
        return None
    if int(high) >= _SHORT or int(low) >= _SHORT:
        return None
    administrator = int(high) * _SHORT + int(low)
    return Value(0 if administrator < _SHORT else 2, administrator, int(second))


def spelled(text: str, release: Release) -> str | None:
    """A target or distinguisher in the one form that stands for all its spellings; None for any other text."""
    if _SPELLED.fullmatch(text):
        return text
    value = parse(text, release)
    return None if value is None else str(value)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 20


def wrong_target(text: str, release: Release) -> str | None:
    """What FRR does with a wrong route target; None for a good one."""
    if _SURELY_GOOD.fullmatch(text):
        return None
    value = parse(text, release)
    if value is None:
        return "FRR drops it or takes it for another one"
    if value.number < value.limit:
        return None
    return f"FRR takes it for {_cut(value)}" if value.type == 0 else "FRR drops it"


def wrong_distinguisher(text: str, release: Release) -> str | None:
    """What FRR does with a wrong route distinguisher; None for a good one."""
    if _SURELY_GOOD.fullmatch(text):
        return None
    value = parse(text, release)
    if value is None:
        return "FRR drops it or takes it for another one"
    return None if value.number < value.limit else f"FRR takes it for {_cut(value)}"


def _cut(value: Value) -> Value:
    return Value(value.type, value.administrator, value.number % value.limit)
