"""The minor releases of FRR that frrcompile knows, and which one serves for a release that has no data of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

Release = tuple[int, int]
"""A minor release: (10, 3) for FRR 10.3 and each of its patch releases."""

KNOWN: tuple[Release, ...] = (
    *((8, 4), (8, 5)),
    *((9, 0), (9, 1)),
    *((10, 0), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)),
)
"""Every minor release that can be compiled for and linted by, oldest first."""

OLDEST, NEWEST = KNOWN[0], KNOWN[-1]

INFERRED: Mapping[Release, Release] = {(10, 0): (10, 1)}
"""Known releases that nothing was measured on, and the release whose data serve for each.

No build of 10.0 was available. Most of what separates 9.1 from 10.1 is in 10.0 already: its release notes name `log daemon`,
`redistribute local` and `enforce-first-as` as a default, and FRR pull request 15181 (zebra's interface commands in mgmtd) was
written for it. So 10.1 serves for 10.0, and not the older 9.1.
"""

MEASURED: tuple[Release, ...] = tuple(release for release in KNOWN if release not in INFERRED)
"""The releases whose commands and behavior were read from a build of them."""

BEFORE_ALL: Release = (0, 0)
"""Below every release of FRR."""

AFTER_ALL: Release = (99, 0)
"""Above every release of FRR."""


_DIGITS = "0123456789"  # of ASCII: int() and isdigit() take those of other scripts, too


def spell(release: Release) -> str:
    """A release as people write it: `10.3`."""
    return f"{release[0]}.{release[1]}"


def release_of(version: str) -> Release:
    """The release of a version as FRR states it: (10, 3) for `10.3.1` and `10.3-dev`. Raises ValueError where it is none."""
    major, _, rest = version.partition(".")
    minor = rest[: len(rest) - len(rest.lstrip(_DIGITS))]
    if not _is_number(major) or not _is_number(minor):
        raise ValueError(f"{version!r} is not a version of FRR")
    return int(major), int(minor)


def parse(version: str) -> Release:
    """The release of a version as a user writes it: `10.3` or `10.3.1`. Raises ValueError for any other text."""
    numbers = version.split(".")
    if len(numbers) not in (2, 3) or not all(map(_is_number, numbers)):
        raise ValueError(f"{version!r} is not a version of FRR")
    return int(numbers[0]), int(numbers[1])


def _is_number(text: str) -> bool:
    return 0 < len(text) <= 3 and not text.strip(_DIGITS)


def serving(release: Release, having: Collection[Release]) -> Release:
    """The release, of those that there is data for, whose data serve for `release`.

    That is the release itself, else the one that `INFERRED` names, else the nearest older one, else the oldest.
    """
    if release in having:
        return release
    if (stand_in := INFERRED.get(release)) in having:
        assert stand_in is not None
        return stand_in
    older = [one for one in having if one < release]
    return max(older) if older else min(having)
