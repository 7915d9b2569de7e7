"""Whose a link, an address, a route or a neighbor is. The marks are in the kernel and outlive the process that set them.

A link that is made gets its group in the message that makes it, so that no moment has a link without a mark; its ifalias
follows. The group is a number of the owner's name. Addresses, routes and neighbors have room for one byte: a protocol number.
"""

from __future__ import annotations

import re
import zlib

DEFAULT_OWNER = "frrcompile"

PROTOCOL = 0xF2
"""The protocol number of addresses, routes and neighbors: free in iproute2's tables, and outside FRR's (186 to 199)."""

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PREFIX = "frrcompile:"
_NIC = ":nic"


def is_owner(name: str) -> bool:
    """Whether a name can be an owner's: letters, digits, `.`, `_` and `-`, at most 64."""
    return _OWNER.fullmatch(name) is not None


def mark(owner: str) -> str:
    """The ifalias of a link that the owner made."""
    return _PREFIX + owner


def nic_mark(owner: str) -> str:
    """The ifalias of a NIC that the owner moved: it goes home, and is never deleted."""
    return _PREFIX + owner + _NIC


def group(owner: str) -> int:
    """The link group of the owner's links: 31 bits, never the kernel's default of 0 or a small number that people use."""
    return 0x40000000 | zlib.crc32(owner.encode()) & 0x3FFFFFFF


def owner_of(alias: str) -> str | None:
    """The owner that an ifalias names; None for an ifalias of others."""
    if not alias.startswith(_PREFIX):
        return None
    name = alias.removeprefix(_PREFIX).removesuffix(_NIC)
    return name if is_owner(name) else None


def made_by(owner: str, alias: str, number: int) -> bool:
    """Whether the owner made a link with this ifalias and group. Without an ifalias the group decides."""
    return alias == mark(owner) or (not alias and number == group(owner))


def moved_by(owner: str, alias: str) -> bool:
    """Whether the owner moved a NIC with this ifalias."""
    return alias == nic_mark(owner)
