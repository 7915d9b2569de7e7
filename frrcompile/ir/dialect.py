"""The FRR versions that can be compiled for, and how they differ, as data.

What is emitted is the same for all of them: every release shows each emitted line as it is written, which
tests/frr/test_dialects.py tries on those that are there. What differs is what a release can do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VERSIONS = ("8.4", "9.1", "10.0", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6", "10.7")
"""The releases known, oldest first."""

NEWEST = VERSIONS[-1]


class Feature(NamedTuple):
    """What FRR can do from a release on; before it, a model that asks for it is refused.

    `what` goes on after "FRR X has no"; `source` says how the release is known.
    """

    what: str
    since: str
    source: str


EVPN_LIMIT = Feature(
    "`maximum-prefix` in the family l2vpn-evpn",
    since="10.1",
    source="FRRouting/frr issue 15720 (9.1 has none) and pull request 15735, merged in April 2024, after 10.0 had its branch, "
    "and left out of the older ones; tried: 8.4.4 lacks it, 10.3 and 10.7.1 have it",
)
ZERO_COMMUNITY = Feature(
    "community 0:0: it is `internet` there, which every route has",
    since="9.1",
    source="FRRouting/frr pull requests 12832 (9.0 calls `internet` deprecated) and 14141, merged in August 2023, which removes it; "
    "tried: 8.4.4 shows 0:0 as `internet`, 10.3 and 10.7.1 as 0:0",
)
FEATURES = (EVPN_LIMIT, ZERO_COMMUNITY)
"""All that some known release lacks."""

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
    """The known release that a version belongs to, or None."""
    wanted = release(version)
    return next((name for name in VERSIONS if release(name) == wanted), None)


def lacks(version: str | None, feature: Feature) -> str | None:
    """Where a version, None for the newest, does not have the feature: a sentence that says so, and who has it."""
    version = version or NEWEST
    if release(version) >= release(feature.since):
        return None
    return f"FRR {version} has no {feature.what}; FRR {feature.since} and newer have it"
