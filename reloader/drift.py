"""Whether FRR still runs the last good file: somebody may have typed a line, and nobody publishes a file for that."""

from __future__ import annotations

import time

from reloader import report, running
from reloader.attempt import Attempt
from reloader.log import now
from reloader.offered import Offered
from reloader.status import Drift


class Watchman:
    """Looks every `period` seconds (0: never). While FRR's own text is what it was, nothing is run for that."""

    def __init__(self, attempt: Attempt, period: float) -> None:
        self.status = Drift()
        self._attempt = attempt
        self._period = period
        self._at = 0.0
        self._known: str | None = None

    def verified(self) -> None:
        """FRR was compared with the last good file, and had it. What it says now may be another thing already."""
        self._at = time.monotonic() + self._period
        self._known = None
        self.status = Drift(now())

    def is_due(self) -> bool:
        """Whether it is time to look."""
        return bool(self._period) and time.monotonic() >= self._at

    def look(self, good: Offered) -> Drift:
        """Looks. Raises OSError."""
        self._at = time.monotonic() + self._period
        text = self._text()
        if text is None:
            return self.status  # a daemon is away: the machine sees to that
        if text != self._known or self.status.lines:
            judgement = self._attempt.differs(good)
            if judgement.trouble or judgement.stopped:
                return self.status
            self.status = Drift(now(), report.residual_lines(judgement))
            # What the judge saw is what FRR says only where it says it still.
            self._known = text if judgement.clean and self._text() == text else None
        else:
            self.status = Drift(now())
        return self.status

    def _text(self) -> str | None:
        return running.fingerprint(self._attempt.frr.texts())
