"""BFD profiles made anew: 8.4.4's bfdd has no `no receive-interval`, so that a value never goes back to its default."""

from __future__ import annotations

from collections.abc import Iterable

from reloader import plain
from reloader.residual import Difference


def stuck(differences: Iterable[Difference]) -> frozenset[tuple[str, ...]]:
    """The profiles that have a value too much, as their paths."""
    return frozenset(
        one.path[:2]
        for one in differences
        if one.action == "delete" and len(one.path) == 3 and one.path[0] == "bfd" and one.path[1].startswith("profile ")
    )


def anew(differences: Iterable[Difference], wanted: str) -> list[Difference]:
    """The differences, with each profile that is stuck taken away and made as the file `wanted` has it.

    Its sessions have the defaults' values in between: both go in one `vtysh -f`.
    """
    listed = list(differences)
    profiles = stuck(listed)
    kept = [one for one in listed if one.path[:2] not in profiles]
    gone = [Difference("delete", ("bfd", f"no {profile}")) for _, profile in sorted(profiles)]
    made = [Difference("add", path) for path in plain.lines(wanted) if path[:2] in profiles]
    return [*kept, *gone, *made]
