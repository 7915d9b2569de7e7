"""The judge: after applying, does FRR have what the file says? Only a second look can tell.

No exit code can: frr-reload.py's `--reload` exits 0 with a daemon dead, `--test` exits 0 with differences, and with 1
and a bogus list that deletes everything when the file has a syntax error.
"""

from __future__ import annotations

from dataclasses import dataclass

from reloader import masking, residual
from reloader.confdir import Confdir
from reloader.frr import Frr
from reloader.process import Ending, Finished
from reloader.residual import Difference


@dataclass(frozen=True, slots=True)
class Judgement:
    """What differs. `trouble` says why nobody could judge; empty when somebody could."""

    differences: tuple[Difference, ...] = ()
    trouble: str = ""
    stopped: bool = False  # because the sidecar is to end

    @property
    def clean(self) -> bool:
        """Whether FRR has the file and nothing else."""
        return not self.differences and not self.trouble and not self.stopped


def judge(frr: Frr, confdir: Confdir) -> Judgement:
    """Compares FRR's running configuration with the file. Changes nothing."""
    said = frr.test(confdir)
    if said.ending is Ending.STOPPED:
        return Judgement(stopped=True)
    if said.ending is Ending.TIMEOUT:
        return Judgement(trouble=f"frr-reload.py --test did not finish within {frr.step_timeout:g} s and was ended")
    if said.code != 0:
        return Judgement(trouble=f"frr-reload.py --test exited {said.code}: {_words(said)}")

    def vrf_is_empty(name: str) -> bool:
        running = frr.running(confdir)
        # Where we cannot see, it counts as a difference.
        seen = running.ending is Ending.EXITED and running.code == 0
        return seen and not residual.vrf_content(running.output, name)

    return Judgement(tuple(residual.harmful(said.output, vrf_is_empty)))


def _words(said: Finished) -> str:
    return " ".join(masking.each_line(said.errors).split())[-500:] or "no word of why"
