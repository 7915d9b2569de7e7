"""The health gate: sessions that were Established before a change must be so again after it, as with `commit confirmed`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from reloader import sessions
from reloader.sessions import Session
from reloader.vty import Lines

LOOK_SECONDS = 0.5  # between two looks at the sessions
ANSWER_SECONDS = 3.0
NAMED_LIMIT = 5  # of the sessions in a sentence


@dataclass(frozen=True, slots=True)
class Gate:
    """How long the sessions may take, in seconds; 0: nobody looks at them."""

    lines: Lines
    seconds: float

    def before(self) -> frozenset[Session]:
        """The sessions that are Established now."""
        return (sessions.established(self.lines, ANSWER_SECONDS) or frozenset()) if self.seconds else frozenset()

    def lost(
        self, before: frozenset[Session], good: bytes, data: bytes, stop: Callable[[], bool]
    ) -> frozenset[Session] | None:
        """Which of the sessions `before` are not Established in time, of those that are in both files.

        Waits for them. None when it was ended by `stop`, so that nobody knows.
        """
        wanted = before & sessions.said(data) & (sessions.said(good) if good else before)
        deadline = time.monotonic() + self.seconds
        while wanted:
            now = sessions.established(self.lines, ANSWER_SECONDS)
            missing = wanted - (now or frozenset())
            if not missing:
                break
            if time.monotonic() >= deadline:
                return missing
            if stop():
                return None
            time.sleep(min(LOOK_SECONDS, max(0.0, deadline - time.monotonic())))
        return frozenset()


def sentence(lost: frozenset[Session], seconds: float) -> str:
    """What to say of sessions that did not come back."""
    names = [one.peer if one.vrf == "default" else f"{one.peer} (vrf {one.vrf})" for one in sorted(lost)]
    shown = ", ".join(names[:NAMED_LIMIT]) + (
        f" and {len(names) - NAMED_LIMIT} more" if len(names) > NAMED_LIMIT else ""
    )
    return (
        f"FRR took the file, but {'a session' if len(names) == 1 else f'{len(names)} sessions'} that had been "
        f"Established did not come back within {seconds:g} s: {shown}."
    )
