"""The judge: after applying, does FRR have what the file says? Only a second look can tell.

No exit code can: frr-reload.py's `--reload` exits 0 with a daemon dead, `--test` exits 0 with differences, and with 1
and a bogus list that deletes everything when the file has a syntax error. And where its list is empty, what one daemon
shows may be missing in another (reloader.policies). An empty list alone proves nothing either: it must have the one
difference that is known to be there (reloader.canary).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reloader import blocks, canary, masking, plain, policies, residual, terminal, witness
from reloader.confdir import Confdir
from reloader.frr import Frr
from reloader.process import Ending, Finished
from reloader.residual import Difference

PROGRAM = "frr-reload.py --test"
CANARY = Difference("add", (canary.LACKING,))
OF_VTYSH = "VtyshException"  # vtysh failed below it
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What differs. `trouble` says why nobody could judge; empty when somebody could."""

    differences: tuple[Difference, ...] = ()
    noise: tuple[Difference, ...] = ()  # what FRR never converges on, and so counts for nothing
    unshown: tuple[Difference, ...] = ()  # what FRR may have without showing it
    trouble: str = ""
    broke: bool = False  # the trouble is frr-reload.py's own: it ended on an exception
    stopped: bool = False  # because the sidecar is to end

    @property
    def to_send(self) -> tuple[Difference, ...]:
        """What an engine sends to FRR: also what the file says and FRR may not converge on, such as a hostname.

        What FRR has beyond the file of that kind stays: `no hostname` is nobody's wish.
        """
        added = (one for one in self.noise if one.action == "add" and not one.path[0].startswith("frr version"))
        return (*self.unshown, *self.differences, *added)

    def beside(self, more: Iterable[Difference]) -> Judgement:
        """This one, with `more` to send that does not count."""
        return dataclasses.replace(self, unshown=tuple(more))

    @property
    def clean(self) -> bool:
        """Whether FRR has the file and nothing else."""
        return not self.differences and not self.trouble and not self.stopped


def judge(frr: Frr, confdir: Confdir) -> Judgement:
    """Compares FRR's running configuration with the file. Changes nothing."""
    judged = _listed(frr, confdir)
    return judged if judged.trouble or judged.stopped else _with_policies(judged, frr, confdir)


def _listed(frr: Frr, confdir: Confdir) -> Judgement:
    """What frr-reload.py lists."""
    said = frr.test(confdir)
    if said.ending is Ending.STOPPED:
        return Judgement(stopped=True)
    if failure := said.failure(PROGRAM, frr.step_timeout):
        return Judgement(trouble=failure)
    if said.code != 0:
        broke = TRACEBACK in said.errors and OF_VTYSH not in said.errors
        return Judgement(trouble=f"{PROGRAM} exited {said.code}: {_words(said)}", broke=broke)
    listed = seen_in_block(list(residual.differences(said.output)))
    if CANARY not in listed:
        return Judgement(trouble=f"{PROGRAM} failed: it does not list a line that FRR is known to lack")

    seen: list[Finished] = []  # read once, and only where something depends on it

    def running() -> Finished:
        if not seen:
            seen.append(frr.running(confdir))
        return seen[0]

    def vrf_is_empty(name: str) -> bool:
        # Where we cannot see, it counts as a difference.
        return running().ended_well and not residual.vrf_content(running().output, name)

    listed = [one for one in listed if one != CANARY]
    texts = frr.texts() or {}
    wanted = confdir.file.read_text(encoding="utf-8", errors="replace")
    said_by_file = witness.lines(wanted)
    if unseen := witness.blind(listed, texts, said_by_file):
        return Judgement(trouble=unseen)
    if blocks.concerned(listed, texts) and running().ended_well:
        listed = blocks.in_lines(listed, running().output, wanted)
    listed = [one for one in listed if not terminal.is_terminal(one.path)]
    harmful = residual.harmful(listed, vrf_is_empty, said_by_file)
    harmful += terminal.differences(wanted, texts)
    counted = set(harmful)
    if not harmful and (hidden := witness.beyond(texts, said_by_file, running, frr.step_timeout)):
        return Judgement(trouble=hidden)
    noise = (*(one for one in listed if one not in counted), *terminal.unseen(wanted, texts))
    return Judgement(tuple(harmful), noise)


def seen_in_block(listed: Sequence[Difference]) -> list[Difference]:
    """The list, where frr-reload.py took a line of the file for the header of a block, and its own last line for one in it.

    It has read the whole file, so the fault is the file's: FRR never has that block.
    """
    inside = next((one for one in listed if len(one.path) > 1 and one.path[-1] == canary.LACKING), None)
    if inside is None:
        return list(listed)
    header = Difference("add", inside.path[:-1])
    return [CANARY, header, *(one for one in listed if one not in (inside, header, CANARY))]


def _with_policies(judged: Judgement, frr: Frr, confdir: Confdir) -> Judgement:
    """What was judged, and what one daemon lacks of the policies that another one shows."""
    lacking, trouble = policies.differ(frr.lines, frr.step_timeout)
    if judged.clean:
        return dataclasses.replace(judged, differences=lacking, trouble=trouble)
    # What a daemon shows may be what is to go.
    wanted = confdir.file.read_text(encoding="utf-8", errors="replace") if lacking else ""
    said = plain.lines(wanted)
    stay = (one for one in lacking if one.path in said)
    return dataclasses.replace(judged, differences=(*judged.differences, *stay))


def plan(frr: Frr, confdir: Confdir) -> Judgement:
    """What an engine has to send: the judge's list, or our own where frr-reload.py breaks down. Changes nothing.

    Our own is a plan and no verdict: it may say that something differs that is the same in other words.
    """
    judged = _listed(frr, confdir)
    if judged.clean or any(policies.is_policy(one.path[0]) for one in judged.differences):
        return _with_policies(judged, frr, confdir)
    if not judged.broke:
        return judged
    running = frr.running(confdir)
    if not running.ended_well:
        return judged
    wanted = confdir.file.read_text(encoding="utf-8", errors="replace")
    listed = plain.differences(wanted, running.output)
    return Judgement(listed) if listed else judged


def _words(said: Finished) -> str:
    """Its own words; of a program that broke down, the last line."""
    words = said.errors.strip()
    if TRACEBACK in words:
        words = words.splitlines()[-1]
    return masking.words(words) or "no reason given"
