"""The list that `frr-reload.py --test` prints, as the judge reads it; a line `%%` parts it from the running configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reloader import canary, report, residual, verify
from reloader.confdir import Confdir
from reloader.engines import Applied, script
from reloader.frr import Frr
from reloader.outcome import Outcome
from reloader.process import Ending, Finished
from reloader.status import Phase, Verdict
from reloader.vty import Lines
from tests.fuzz import oracle, seeds
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target
from tests.fuzz.told import told

PARTED = "\n%%\n"
KNOWN = f"\nLines To Add\n============\n{canary.LACKING}\n"  # which a judge that works lists


@dataclass(frozen=True, slots=True)
class Speaking(Frr):
    """An FRR whose programs have said something already, and which has no daemon."""

    listed: str = ""
    shown: str = ""
    code: int = 0

    def test(self, _: Confdir) -> Finished:
        return Finished(Ending.EXITED, self.code, self.listed, self.listed)

    def running(self, _: Confdir) -> Finished:
        return Finished(Ending.EXITED, self.code, self.shown, "")


def run(data: bytes) -> None:
    listed, _, shown = data.decode(errors="replace").partition(PARTED)
    listed = oracle.planted(listed.encode()).decode()
    confdir = Confdir(scratch())
    confdir.file.write_text(shown, newline="")
    lines = Lines(scratch() / "none")
    for known, code in (("", 0), (KNOWN, 0), (KNOWN, 1)):
        program = scratch() / "vtysh"
        said = (listed + known, shown, code)
        frr = Speaking(program, program, scratch(), None, lines, scratch(), 1.0, bool, str, *said)
        for judgement in (verify.judge(frr, confdir), verify.plan(frr, confdir)):
            message, line = report.failure(Applied(), judgement, shown, None, last_try=True)
            told(Outcome(Verdict.FAILED, Phase.VERIFY, message, line, report.residual_lines(judgement)))
            oracle.expect(bool(known and not code) or not judgement.clean, "a judge that saw nothing is believed")
            script.script(judgement.to_send)
    for one in residual.differences(listed):
        oracle.expect(bool(one.path), "a difference without a line")


def lists() -> Iterator[bytes]:
    yield b"""\
Lines To Delete
===============
no vrf red
router bgp 1
 no neighbor 192.0.2.1 password x

Lines To Add
============
hostname r1
vrf blue
 vni 100
exit-vrf
route-map m permit 10
 match ip address prefix-list p
exit
%%
vrf red
 vni 100
exit-vrf
"""
    for file in seeds.confs():
        yield b"Lines To Add\n============\n" + file + PARTED.encode() + file
    yield b"Traceback (most recent call last):\nUnboundLocalError: rm_match\n%%\nrouter bgp 1\n"


def words() -> Iterator[str]:
    yield from ("Lines To Delete\n", "Lines To Add\n", "====\n", "no ", "vrf red\n", PARTED, "exit-vrf\n", "password ")
    yield from seeds.words()


TARGET = Target(run, lists, words)
