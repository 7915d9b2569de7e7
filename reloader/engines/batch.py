"""All that differs as one `vtysh -f`, a few where L3VNIs go: a thousand deletions are not a thousand processes.

What differs is frr-reload.py's own list (`--test`), and an FRR without any configuration reads the file itself. What is
left after the judge has looked goes once more, and then to frr-reload.py, which knows commands whose `no` wants fewer words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from frrcompile.facts.releases import release_of
from reloader.confdir import Confdir
from reloader.engines import Applied, Engine, Round, interfaces, profiles, rds, words
from reloader.engines.frr_reload import FrrReload
from reloader.engines.script import script, takes_l3vni
from reloader.frr import Frr
from reloader.process import Ending
from reloader.residual import Difference
from reloader.verify import Judgement

# vtysh 10.x can tell each daemon in a process of its own. That is faster where much is added, and two of them may meet at
# mgmtd's lock and lose lines. It also sends a deletion to one daemon before what had to be deleted first in another.
MANY_LINES = 3000
# Who has a VRF's L3VNI: zebra in FRR 8, mgmtd in FRR 10. vtysh tells each daemon of `vrf X`, and bgpd, which has no line in
# there, copies and compares all its VRFs at each (docs/lessons.md).
L3VNI_OWNERS = ("zebra", "mgmtd")
LOST = "running datastore locked by another session"


class Batch:
    """Applies a file with one `vtysh -f`."""

    name = "batch"
    needs_plan = True

    def __init__(self, frr: Frr, *, again: bool = False) -> None:
        """`again`: this is the second round over one file."""
        self._frr = frr
        self._again = again

    def apply(self, confdir: Confdir, plan: Judgement | None, stop: Callable[[], bool]) -> Applied:
        """Runs `vtysh -f`. Its exit code is left aside: it is no verdict."""
        if plan is None:
            return self._send(confdir, confdir.file, stop, fork=True)
        done = Applied()
        for changes, daemon in self._parts(confdir, plan):
            done = done.then(self._change(confdir, changes, daemon, stop))
            if done.trouble:
                break
        return done

    def _parts(self, confdir: Confdir, plan: Judgement) -> Iterator[tuple[Sequence[Difference], str | None]]:
        """What is sent one after the other, each with the daemon that it is for; None for all that know the lines."""
        wanted = confdir.file.read_text(encoding="utf-8", errors="replace")
        to_send = self._typed(plan.to_send, wanted)
        if self._again:
            yield list(rds.anew(profiles.anew(to_send, wanted))), None
            return
        l3vnis = [one for one in to_send if takes_l3vni(one)]
        yield from ((l3vnis, owner) for owner in L3VNI_OWNERS if l3vnis and self._frr.listens(owner))
        yield [one for one in to_send if not takes_l3vni(one)], None

    def _typed(self, changes: Sequence[Difference], wanted: str) -> Sequence[Difference]:
        """The changes in the words of this FRR's release; as they are where no daemon states it."""
        if not interfaces.concerned(changes):
            return changes
        try:
            release = release_of(self._frr.probe().version or "")
        except ValueError:
            return changes
        return interfaces.typed(changes, wanted, release)

    def _change(
        self, confdir: Confdir, changes: Sequence[Difference], daemon: str | None, stop: Callable[[], bool]
    ) -> Applied:
        text = script(changes)
        batch = confdir.path / "batch.conf"
        batch.touch(mode=0o600)
        batch.write_text(text, encoding="utf-8")
        fork = text.count("\n") > MANY_LINES and not any(one.action == "delete" for one in changes)
        return self._send(confdir, batch, stop, fork=fork and not self._again, daemon=daemon)

    def next(self, done: Round) -> Engine | None:
        """Itself once more, then frr-reload.py; nobody where FRR refused each line that is left."""
        left = done.after.differences
        if not left or done.applied.trouble or done.applied.stopped:
            return None
        if done.applied.lost or (not self._again and (_is_news(done) or profiles.stuck(left) or rds.stuck(left))):
            return Batch(self._frr, again=True) if not self._again else FrrReload(self._frr)
        return None if _all_refused(left, done.applied.said) else FrrReload(self._frr)

    def _send(
        self, confdir: Confdir, file: Path, stop: Callable[[], bool], *, fork: bool, daemon: str | None = None
    ) -> Applied:
        done = self._frr.load(confdir, file, stop, fork=fork, daemon=daemon)
        said = words.of(done.output)
        lost = LOST in done.output
        if said:
            self._frr.drop_candidate(confdir)
        if failure := done.failure("vtysh -f", self._frr.step_timeout):
            return Applied(said, failure, failed=True, lost=lost)
        if done.ending is Ending.STOPPED:
            return Applied(said, "vtysh -f was ended because the sidecar was told to end", lost=lost, stopped=True)
        if done.code != 0 and not done.output.strip():
            return Applied(said, f"vtysh -f failed: exit code {done.code} and no output", failed=True)
        return Applied(said, lost=lost or "configuration is locked" in done.output.lower())


def _is_news(done: Round) -> bool:
    """Whether something differs that did not before: `no neighbor X remote-as` takes X's other lines with it."""
    return bool(set(done.after.differences) - set(done.before.differences)) if done.before.differences else True


def _all_refused(left: Sequence[Difference], said: Sequence[str]) -> bool:
    """Whether FRR named every line that is left as one that it does not take. 10.3's mgmtd may end on a second try."""
    return all(
        one.action == "add" and any(f'refused "{words.shown(one.path[-1])}' in text for text in said) for one in left
    )
