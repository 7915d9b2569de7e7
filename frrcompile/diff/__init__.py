"""What the change from one frr.conf to another is, and what it does to a running FRR.

Two trees are compared, not two texts: what FRR does not see (order among neighbours, comments, abbreviations, lines that
a later one takes back) is no change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frrcompile.diff.changes import Difference
    from frrcompile.facts.releases import Release

__all__ = ["difference"]


def difference(old: str, new: str, release: Release) -> Difference:
    """What differs between two frr.confs, as an FRR of the release takes them. Never raises, whatever the texts."""
    from frrcompile.diff.changes import compare
    from frrcompile.diff.reading import Reader
    from frrcompile.syntax.commands.table import table

    return compare(*Reader(table(release), release).pair(old, new))
