"""Bringing FRR to one file: engines in turn, and the judge after each. Used for a new file and for going back alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from reloader import verify
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.engines import ROUNDS_LIMIT, Applied, Engine, Round
from reloader.frr import Frr
from reloader.status import Phase
from reloader.verify import Judgement


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it: how the engines ended, what the judge says at the end, FRR's daemons then, and whose last word."""

    applied: Applied
    judgement: Judgement
    found: Daemons
    engine: str

    @property
    def clean(self) -> bool:
        """Whether FRR has the file and nothing else."""
        return self.judgement.clean


def carry(
    frr: Frr,
    engine: Engine,
    confdir: Confdir,
    plan: Judgement | None,
    *,
    tell: Callable[[Phase], None],
    soon: Callable[[], bool],
    now: Callable[[], bool],
) -> Carried:
    """Applies and judges, until nothing differs or no engine knows more. Raises OSError.

    `plan` is what differs now, None where FRR has nothing at all. `tell` is told where it is. `soon` says that no new
    round is to begin, `now` that even what is at work is to end.
    """
    # FRR is being changed from here on: even a sidecar that is to end takes the time to judge, while there is any.
    frr = dataclasses.replace(frr, stop=now)
    said: dict[str, None] = {}
    current: Engine | None = engine
    before = plan or Judgement()
    for number in range(ROUNDS_LIMIT):
        assert current is not None
        tell(Phase.APPLY)
        applied = current.apply(confdir, plan if number == 0 else before, now)
        said.update(dict.fromkeys(applied.said))
        tell(Phase.VERIFY)
        found = frr.probe()
        # A daemon that hangs would hang the judge as well.
        hung = Judgement(trouble=f"{', '.join(sorted(found.hung))} does not answer") if found.hung else None
        after = hung or verify.judge(frr, confdir)
        if after.trouble:
            found = frr.probe()  # a daemon may have stopped while the judge asked it
        done = Round(before, applied, after)
        name, before = current.name, after
        if after.clean or after.trouble or after.stopped or soon():
            break
        current = current.next(done)
        if current is None:
            break
    return Carried(dataclasses.replace(applied, said=tuple(said)), after, found, name)
