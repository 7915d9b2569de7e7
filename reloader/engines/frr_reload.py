"""The engine that FRR comes with: frr-reload.py --reload, which compares and sends what differs, in two passes.

A second run converges in one kind of case: what FRR has too much after the first, because lines are deleted in the first
pass only. Measured: 8.4.4, which sends no `exit` between contexts, turns a `vrf red` after a BGP block into that block's
`vrf-policy red`, and only the next run deletes it. A line that FRR refused to add was sent two or three times already;
12 changes and 6 faults on 8.4.4, 10.3 and 10.7.1 showed no other use of a second run, and it can harm: 10.3's mgmtd may
end on an assertion each time that it is sent a duplicate VNI.
"""

from __future__ import annotations

from collections.abc import Callable

from reloader import blocks, terminal
from reloader.confdir import Confdir
from reloader.engines import Applied, Engine, Round, words
from reloader.frr import Frr
from reloader.process import Ending
from reloader.verify import Judgement


class FrrReload:
    """Applies a file with frr-reload.py."""

    name = "frr-reload"
    needs_plan = False

    def __init__(self, frr: Frr, *, again: bool = False, rest: Engine | None = None) -> None:
        """`again`: this is the second run over one file. `rest` takes what frr-reload.py never deletes."""
        self._frr = frr
        self._again = again
        self._rest = rest

    def apply(self, confdir: Confdir, plan: Judgement | None, stop: Callable[[], bool]) -> Applied:
        """Runs `frr-reload.py --reload`, which finds its own plan. Its exit code is left aside: it is no verdict.

        What FRR does not show goes to `rest` first, because frr-reload.py cannot find it.
        """
        first = Applied()
        if plan is not None and plan.unshown and self._rest is not None:
            first = self._rest.apply(confdir, Judgement(unshown=plan.unshown), stop)
        return first if first.trouble else first.then(self._reload(confdir, stop))

    def _reload(self, confdir: Confdir, stop: Callable[[], bool]) -> Applied:
        done = self._frr.reload(confdir, stop)
        said = words.of(done.output)
        if said:
            self._frr.drop_candidate(confdir)
        if failure := done.failure("frr-reload.py", self._frr.step_timeout):
            return Applied(said, failure, failed=True)
        if done.ending is Ending.STOPPED:
            return Applied(said, "frr-reload.py was ended because the sidecar was told to end", stopped=True)
        return Applied(said, locked="configuration is locked" in done.output.lower())

    def next(self, done: Round) -> Engine | None:
        """Itself once more when something is left to delete (see above), then `rest` for terminals and lines of blocks."""
        left = [one for one in done.after.differences if one.action == "delete"]
        if done.applied.stopped or not left:
            return None
        if all(terminal.is_terminal(one.path) or blocks.goes_by_lines(one) for one in left):
            return self._rest
        return None if self._again else FrrReload(self._frr, again=True, rest=self._rest)
