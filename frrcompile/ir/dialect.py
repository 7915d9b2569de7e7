"""The FRR versions that can be compiled for, and how they differ, as data.

What is emitted is the same for all of them: every release shows each emitted line as it is written, which
tests/frr/test_dialects.py tries on those that are there. What differs is what a release can do.
"""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.facts import boundaries, releases
from frrcompile.facts.releases import KNOWN, Release, spell

VERSIONS = tuple(map(spell, KNOWN))
"""The releases that can be compiled for, oldest first."""

NEWEST = VERSIONS[-1]


class Feature(NamedTuple):
    """What FRR can do from a release on; before it, a model that asks for it is refused.

    `what` goes on after "FRR X has no"; `source` says how the release is known.
    """

    what: str
    since: Release
    source: str


EVPN_LIMIT = Feature(
    "`maximum-prefix` in the family l2vpn-evpn",
    since=boundaries.EVPN_MAXIMUM_PREFIX,
    source="FRRouting/frr issue 15720 (9.1 has none) and pull request 15735, merged in April 2024, after 10.0 had its branch, "
    "and left out of the older ones; measured: 9.1.3 lacks it, 10.1.4 has it",
)
ZERO_COMMUNITY = Feature(
    "community 0:0: it is `internet` there, which every route has",
    since=boundaries.ZERO_COMMUNITY,
    source="FRRouting/frr pull requests 12832 (9.0 calls `internet` deprecated) and 14141, merged in August 2023, which removes it; "
    "measured: 9.0.5 shows 0:0 as `internet`, 9.1.3 as 0:0",
)
GRACEFUL_SHUTDOWN = Feature(
    "`neighbor PEER graceful-shutdown`; `bgp graceful-shutdown` is for all neighbors",
    since=boundaries.NEIGHBOR_GRACEFUL_SHUTDOWN,
    source="the commands of each release (grammar/commands.json); measured: 8.4.4 lacks it, 8.5.7 has it",
)
RESERVED_NEXT_HOP = Feature(
    "`set ip next-hop` with an address of 240.0.0.0/4",
    since=boundaries.CLASS_E_NEXT_HOP,
    source="measured: 10.3 refuses 240.0.0.1, 10.4.4 takes it",
)
WILDCARD_TARGET = Feature(
    "`route-target import *:N`",
    since=boundaries.WILDCARD_TARGETS,
    source="measured: 8.4.4 calls it malformed, 8.5.7 shows it as written",
)
FEATURES = (EVPN_LIMIT, ZERO_COMMUNITY, GRACEFUL_SHUTDOWN, RESERVED_NEXT_HOP, WILDCARD_TARGET)
"""All that some known release lacks."""

DEBUG_SHOWN = {"bgp updates": ("bgp updates in", "bgp updates out")}
"""Debug commands that FRR shows otherwise than they were typed (bgpd/bgp_debug.c, bgp_config_write_debug)."""


def is_version(text: str) -> bool:
    """Whether `text` is a version, such as 10.3 or 10.7.1, of a known release."""
    try:
        return releases.parse(text) in KNOWN
    except ValueError:
        return False


def known(version: str) -> str | None:
    """The known release that a version belongs to, or None."""
    return spell(releases.parse(version)) if is_version(version) else None


def before(version: str | None, since: Release) -> str | None:
    """The version, the newest for None, where it is older than a release; else None."""
    version = version or NEWEST
    return version if releases.parse(version) < since else None


def lacks(version: str | None, feature: Feature) -> str | None:
    """Where a version, None for the newest, does not have the feature: a sentence that says so, and who has it."""
    older = before(version, feature.since)
    return older and f"FRR {older} has no {feature.what}; FRR {spell(feature.since)} and newer have it"
