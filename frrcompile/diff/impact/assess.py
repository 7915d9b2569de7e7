"""Judging changes: each alone, by the family of commands that it belongs to, and all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frrcompile.diff.changes import Change, Difference
from frrcompile.diff.configuration import Path
from frrcompile.diff.impact import bgp, other
from frrcompile.diff.impact.level import Impact, Level
from frrcompile.diff.impact.sessions import Instance
from frrcompile.diff.impact.situation import Situation

Session = tuple[str, str]
"""A session: its VRF (empty for the default one) and its neighbour."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A change and what it does."""

    change: Change
    impact: Impact


@dataclass(frozen=True, slots=True)
class Assessment:
    """All changes of a difference in their order, and what they do together to the sessions that there were."""

    difference: Difference
    changes: tuple[Assessed, ...]
    sessions: int
    closed: frozenset[Session]
    ended: frozenset[Session]
    begun: frozenset[Session]
    refreshed: frozenset[Session]

    @property
    def level(self) -> Level:
        """The worst level."""
        return max((one.impact.level for one in self.changes), default=Level.NONE)

    @property
    def worst_first(self) -> list[Assessed]:
        """The changes, the worst first, otherwise in their order."""
        return sorted(self.changes, key=lambda one: -one.impact.level)

    @property
    def summary(self) -> str:
        """A sentence: `2 of 14 sessions reset; VNI 100 withdrawn`."""
        if not self.changes:
            return "no difference"
        parts = []
        closed = len(self.closed - self.ended)
        if closed:
            parts.append(f"{closed} of {_sessions(self.sessions)} {'resets' if closed == 1 else 'reset'}")
        if self.ended:
            parts.append(f"{len(self.ended)} of {_sessions(self.sessions)} {'ends' if len(self.ended) == 1 else 'end'}")
        if self.begun:
            parts.append(f"{len(self.begun)} new")
        if vnis := self._vnis():
            parts.append(f"VNI{'s' if len(vnis) > 1 else ''} {', '.join(vnis)} withdrawn")
        soft = len(self.refreshed - self.closed - self.ended)
        if soft and not closed:
            parts.append(f"{soft} of {_sessions(self.sessions)} refreshed, none reset")
        if not parts:
            parts.append(f"no session resets ({self.sessions} run)" if self.sessions else _QUIET[self.level])
        return "; ".join(parts)

    def _vnis(self) -> list[str]:
        found = {vni: None for one in self.changes if one.impact.level is Level.WITHDRAW for vni in one.impact.vnis}
        return list(found)


_QUIET = {
    Level.NONE: "nothing that runs is touched",
    Level.POLICY: "routes are evaluated again",
    Level.REFRESH: "routes are sent again",
    Level.RESET: "sessions reset",
    Level.RECREATE: "an instance is made anew",
    Level.WITHDRAW: "routes are withdrawn",
}


def _sessions(number: int) -> str:
    return f"{number} session{'' if number == 1 else 's'}"


def assess(difference: Difference) -> Assessment:
    """What a difference does to an FRR that runs its old side."""
    situation = Situation(difference)
    judged = tuple(Assessed(change, _impact(change, situation)) for change in difference.changes)
    before, after = _all(situation.old), _all(situation.new)
    hit = {
        level: frozenset(
            (one.impact.vrf, neighbor)
            for one in judged
            if one.impact.level in level
            for neighbor in one.impact.neighbors
        )
        for level in (_SOFT, _HARD)
    }
    return Assessment(
        difference,
        judged,
        sessions=len(before),
        closed=hit[_HARD] & before,
        ended=before - after,
        begun=after - before,
        refreshed=hit[_SOFT] & before,
    )


_SOFT = frozenset({Level.REFRESH, Level.POLICY})
_HARD = frozenset({Level.RESET, Level.RECREATE, Level.WITHDRAW})


def _all(found: dict[Path, Instance]) -> frozenset[Session]:
    return frozenset(_each(found))


def _each(found: dict[Path, Instance]) -> Iterator[Session]:
    for instance in found.values():
        for peer in instance.sessions:
            yield instance.vrf, peer.name


def _impact(change: Change, situation: Situation) -> Impact:
    header = situation.around(change)
    config = situation.difference.new if change.new else situation.difference.old
    if header is not None:
        return Impact(Level.NONE, f"goes with `{config.shown(header.entry)}`")
    if change.entry.line in config.refused:
        return Impact(Level.NONE, "FRR does not take this line")
    if change.node == "bgp" or change.node.startswith("bgp-") or change.key[:2] == ("router", "bgp"):
        return bgp.impact(change, situation)
    return other.impact(change, situation)
