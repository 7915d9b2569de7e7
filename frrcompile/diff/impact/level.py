"""How bad a change is for a running FRR, and what it hits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum


class Level(IntEnum):
    """The levels, mildest first: the order of `--fail-on`."""

    NONE = 0
    """Nothing that runs is touched."""
    POLICY = 1
    """Routes are evaluated again."""
    REFRESH = 2
    """A session stays up, and its routes are asked for or sent again."""
    RESET = 3
    """A session goes down, and comes up again if it may."""
    RECREATE = 4
    """An instance ends with all of its sessions and routes, and another one begins."""
    WITHDRAW = 5
    """Routes, a session, a VNI, a VRF or an instance go away, and nothing brings them back."""

    @property
    def word(self) -> str:
        """The level as it is written."""
        return self.name.lower()


LEVELS = {level.word: level for level in Level}


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does: how bad, why, and to whom.

    `neighbors` are the sessions that it hits, as their instance calls them, in `families` (all of theirs where that is
    empty). `vrf` is empty for the default one; `vnis` are the VNIs that it takes away or announces anew.
    """

    level: Level
    reason: str
    neighbors: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    vrf: str = ""
    vnis: tuple[str, ...] = ()

    def within(self, vrf: str) -> Impact:
        """The same, in a VRF."""
        return replace(self, vrf=vrf)


UNTOUCHED = Impact(Level.NONE, "nothing that runs is touched")
