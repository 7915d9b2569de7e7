"""What `vtysh -C` says of a file, and whether vtysh can be believed.

It must report a line that is known to be wrong (reloader.canary). Where it does not, it reads that line alone: a vtysh that
reports it then did not read the file to its end, which is the file's fault; any other failed, which says nothing about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reloader import canary, masking
from reloader.confdir import Confdir
from reloader.frr import Frr
from reloader.process import MIB, Ending, Finished

PROGRAM = "vtysh -C"
CONFIG_NODE = 4  # vtysh's number of the top of a configuration; below it are the nodes in which nothing is configured
FAULT = re.compile(r"^line (\d+): (?:% )?([^\[\n:]+)(?:\[(\d+)\])?: *(.*)$", re.MULTILINE)
EARLY = re.compile(r"^line (\d+): Warning\[\d+\]\.\.\.: (early exit)", re.MULTILINE)
CUT_OFF = (Ending.FLOODED, Ending.GROWN, Ending.TIMEOUT)  # by us: what vtysh has said of the file until then holds
LEFT = "left"
UNREAD = (
    "vtysh leaves the configuration before the end of the file, and reads the lines that follow as no configuration"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it. `faults` are vtysh's words by line, or LEFT behind an `exit` too many.

    `refused` is why the file is at fault where no line is named, `failed` why vtysh cannot be believed now. `stopped`: it
    was ended because the sidecar is to end.
    """

    faults: tuple[tuple[int, str], ...] = ()
    refused: str = ""
    failed: str = ""
    stopped: bool = False


def check(frr: Frr, confdir: Confdir, data: bytes) -> Checked:
    """Has vtysh check the file whose content is `data`. Needs no daemon, changes nothing. Raises OSError."""
    said = frr.check(confdir, canary.to_check(confdir, data))
    checked = read(said, canary.wrong_line(data), frr.step_timeout)
    if checked is not None:
        return checked
    failure = failure_of_vtysh(frr, confdir)
    words = masking.words(said.output)
    if failure:
        return Checked(failed=failure)
    if said.ending is Ending.GROWN:
        most = (said.bounds.memory or 0) // MIB
        return Checked(refused=f"{PROGRAM} needs more than {most} MiB of memory to read the file")
    if said.code != 0 and words:
        return Checked(refused=f"vtysh -C refuses the file (exit code {said.code}): {words}")
    return Checked(refused=f"{UNREAD} (there is an `exit` or `quit` too many)")


def failure_of_vtysh(frr: Frr, confdir: Confdir) -> str:
    """Why vtysh does not report even a file of one wrong line; empty where it does. Raises OSError."""
    said = frr.check(confdir, canary.to_check(confdir, b""))
    checked = read(said, canary.wrong_line(b""), frr.step_timeout)
    if checked == Checked():
        return ""
    if checked is not None and (checked.failed or checked.stopped):
        return checked.failed
    if failure := said.failure(PROGRAM, frr.step_timeout):
        return failure
    words = masking.words(said.output) or "no output"
    return f"{PROGRAM} failed: it does not report a line that is known to be wrong (exit code {said.code}: {words})"


def read(said: Finished, wrong: int, seconds: float) -> Checked | None:
    """What vtysh said, which must name line `wrong`; None where it said neither that nor what is wrong elsewhere."""
    if said.ending is Ending.STOPPED:
        return Checked(stopped=True)
    failure = said.failure(PROGRAM, seconds)
    if failure and said.ending not in CUT_OFF:
        return Checked(failed=failure)
    found = [(int(one[1]), one[2].strip(), one[3], one[4].strip()) for one in FAULT.finditer(said.output)]
    known = [one for one in found if one[0] == wrong and one[3] == canary.WRONG]
    faults = [
        (number, kind if _configures(node) else LEFT)
        for number, kind, node, text in found
        if number < wrong and text != canary.WRONG
    ]
    faults += [(int(one[1]), one[2]) for one in EARLY.finditer(said.output)]
    if faults:
        return Checked(tuple(sorted(faults)))
    if failure:  # a file can be what takes so much memory
        return None if said.ending is Ending.GROWN else Checked(failed=failure)
    if not known:
        return None
    return Checked() if _configures(known[0][2]) else Checked(refused=UNREAD)


def _configures(node: str | None) -> bool:
    """Whether vtysh was still in the configuration at a line, by the node's number where it names one."""
    return not node or int(node) >= CONFIG_NODE
