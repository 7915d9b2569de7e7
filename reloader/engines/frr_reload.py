"""The engine that FRR comes with: frr-reload.py --reload, which compares and sends what differs, in two passes.

It is run once. Whether a second run would converge was measured on 8.4.4, 10.3 and 10.7.1 with 12 changes (tenant
removed, AS or VNI changed, peer-group made and dissolved, ...) and 6 faults: it never helped. It can harm: each time
that 10.3's mgmtd is sent a duplicate VNI it may end on an assertion.
"""

from __future__ import annotations

from collections.abc import Callable

from reloader.confdir import Confdir
from reloader.engines import Applied, words
from reloader.frr import Frr
from reloader.process import Ending


class FrrReload:
    """Applies a file with frr-reload.py."""

    name = "frr-reload"

    def __init__(self, frr: Frr) -> None:
        self._frr = frr

    def apply(self, confdir: Confdir, stop: Callable[[], bool]) -> Applied:
        """Runs `frr-reload.py --reload`. Its exit code is left aside: it is no verdict."""
        self._frr.drop_candidate(confdir)
        done = self._frr.reload(confdir, stop)
        said = words.of(done.output)
        if said:
            self._frr.drop_candidate(confdir)
        if done.ending is Ending.TIMEOUT:
            seconds = self._frr.step_timeout
            return Applied(said, f"frr-reload.py did not finish within {seconds:g} s and was ended")
        if done.ending is Ending.STOPPED:
            return Applied(said, "frr-reload.py was ended because the sidecar was told to end", stopped=True)
        return Applied(said, locked="configuration is locked" in done.output.lower())
