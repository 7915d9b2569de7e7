"""What the judges of changes look at: the two configurations, their sessions and the users of their policies."""

from __future__ import annotations

from frrcompile.diff.changes import Change, Difference
from frrcompile.diff.configuration import Key, Path
from frrcompile.diff.impact.policies import Policies
from frrcompile.diff.impact.sessions import of_both

UNKNOWN = "what FRR does then is not known here"
"""The reason of a change that no judge knows."""


class Situation:
    """What the judges look at: the two configurations, their sessions and the users of their policies."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.old, self.new = of_both(difference)
        self._changed: dict[tuple[Path, Key], Change] = {
            (change.path, change.key): change for change in difference.changes
        }
        self._policies: tuple[Policies, Policies] | None = None

    def change(self, path: Path, key: Key) -> Change | None:
        """The change at a place, if there is one."""
        return self._changed.get((path, key))

    @property
    def policies(self) -> tuple[Policies, Policies]:
        """The uses of policies before and after."""
        if self._policies is None:
            difference = self.difference
            self._policies = Policies(difference.old, self.old), Policies(difference.new, self.new)
        return self._policies

    def around(self, change: Change) -> Change | None:
        """The header around a change that is itself added, taken away, or another instance; the outermost one."""
        for depth in range(len(change.path)):
            header = self.change(change.path[:depth], change.path[depth])
            if header is not None and (header.kind != "changed" or header.key[0] == "router"):
                return header
        return None
