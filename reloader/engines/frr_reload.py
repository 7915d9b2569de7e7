"""The engine that FRR comes with: frr-reload.py --reload, which compares and sends what differs, in two passes.

It is run once. Whether a second run would converge was measured on 8.4.4, 10.3 and 10.7.1 with 13 changes (tenant
removed, AS or VNI changed, peer-group made and dissolved, ...) and 6 faults: it never helped, and after a duplicate
VNI on 10.3 it took the VNI away from the VRF that had it.
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
        done = self._frr.reload(confdir, stop)
        said = words.of(done.output)
        if done.ending is Ending.TIMEOUT:
            seconds = self._frr.step_timeout
            return Applied(said, f"frr-reload.py did not finish within {seconds:g} s and was ended")
        if done.ending is Ending.STOPPED:
            return Applied(said, "frr-reload.py was ended because the sidecar was told to end", stopped=True)
        return Applied(said, locked="configuration is locked" in done.output.lower())
