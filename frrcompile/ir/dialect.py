"""The FRR versions that can be compiled for, and how they differ, as data."""

from __future__ import annotations

import re

VERSIONS = ("8.4", "9.1", "10.0", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6", "10.7")
"""The versions known, oldest first."""

NEWEST = VERSIONS[-1]

DEBUG_SHOWN = {"bgp updates": ("bgp updates in", "bgp updates out")}
"""Debug commands that FRR shows otherwise than they were typed (bgpd/bgp_debug.c, bgp_config_write_debug)."""


def release(version: str) -> tuple[int, int]:
    """The release that a version belongs to: 10.7.1 is a 10.7. Raises ValueError where it is not a version."""
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def is_version(text: str) -> bool:
    """Whether `text` is a version, such as 10.3 or 10.7.1, of a known release."""
    return bool(re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,3}){1,2}", text)) and known(text) is not None


def known(version: str) -> str | None:
    """The known version of the same release, or None."""
    wanted = release(version)
    return next((name for name in VERSIONS if release(name) == wanted), None)
