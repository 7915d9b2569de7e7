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
    noise: tuple[Difference, ...] = ()  # what FRR never converges on, and so counts for nothing
    trouble: str = ""
    stopped: bool = False  # because the sidecar is to end

    @property
    def to_send(self) -> tuple[Difference, ...]:
        """What an engine sends to FRR: also what the file says and FRR may not converge on, such as a hostname.

        What FRR has beyond the file of that kind stays: `no hostname` is nobody's wish.
        """
        added = (one for one in self.noise if one.action == "add" and not one.path[0].startswith("frr version"))
        return (*self.differences, *added)

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

    seen: list[Finished] = []  # read once, and only where a VRF is to go

    def vrf_is_empty(name: str) -> bool:
        running = seen[0] if seen else frr.running(confdir)
        seen[:] = [running]
        # Where we cannot see, it counts as a difference.
        return running.ending is Ending.EXITED and running.code == 0 and not residual.vrf_content(running.output, name)

    harmful = residual.harmful(said.output, vrf_is_empty)
    counted = set(harmful)
    noise = tuple(one for one in residual.differences(said.output) if one not in counted)
    return Judgement(tuple(harmful), noise)


def _words(said: Finished) -> str:
    return " ".join(masking.each_line(said.errors).split())[-500:] or "no word of why"
