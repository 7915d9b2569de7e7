"""The release of FRR that a file is judged by."""

from __future__ import annotations

import re
from typing import NamedTuple

from frrcompile.facts import releases
from frrcompile.facts.releases import INFERRED, Release, serving, spell

AUTO = "auto"
"""The FRR that a command table was learnt from, else the release that the file itself names, else the newest."""

_VERSION_LINE = r"^[ \t]*frr version ([0-9]{1,3}\.[0-9]{1,3})"


class VersionError(ValueError):
    """What is no version, or one that is older than everything known."""


class Judged(NamedTuple):
    """The release that was `asked` for, and the one whose command `table` judges it: itself, where it has one."""

    asked: Release
    table: Release

    @property
    def note(self) -> str:
        """What the reader must know where the two differ, else nothing."""
        if self.asked == self.table:
            return ""
        reason = "is older than every known one" if self.asked < self.table else "has no command table of its own"
        if INFERRED.get(self.asked) == self.table:
            reason = f"has no command table of its own; its commands are inferred to be those of {spell(self.table)}"
        return f"FRR {spell(self.asked)} {reason}: judged as {spell(self.table)}"


def release_for(text: str, wanted: str | None) -> Judged:
    """What a file is judged by: `wanted` is a version, `auto`, or None for the newest. Raises VersionError."""
    if wanted is None:
        return _judged(tables()[-1])
    if wanted == AUTO:
        if own := next(iter(learnt()), None):
            return _judged(own)
        match = re.search(_VERSION_LINE, text, re.MULTILINE)
        return _judged(releases.release_of(match[1]) if match else tables()[-1])
    return _judged(parse(wanted))


def parse(version: str) -> Release:
    """The release of a version: (10, 7) for 10.7.1. Raises VersionError where it is none, or older than every table."""
    oldest, newest = tables()[0], tables()[-1]
    try:
        release = releases.parse(version)
    except ValueError:
        release = releases.BEFORE_ALL
    if release < oldest:
        raise VersionError(
            f"found {version!r}; allowed: {AUTO}, or a version from {spell(oldest)}, such as {spell(newest)}"
        )
    return release


def tables() -> tuple[Release, ...]:
    """The releases that there is a command table of, oldest first."""
    from frrcompile.syntax.commands import table

    return table.releases()


def learnt() -> tuple[Release, ...]:
    """The releases of which a table was learnt from an FRR that is here, the latest first."""
    from frrcompile.syntax.commands import table

    return tuple(table.learnt())


def _judged(asked: Release) -> Judged:
    return Judged(asked, serving(asked, tables()))
