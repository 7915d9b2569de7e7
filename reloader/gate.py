"""What an offered file must be before anything is done with it. Each check returns a refusal, or None.

A refusal changes nothing in FRR. Its sentence is read by a network engineer at three in the morning: what is wrong,
where, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reloader import masking
from reloader.checking import LEFT, Checked
from reloader.daemons import OVERSEER, Daemons
from reloader.linter import Findings

UNCHANGED = "Nothing was changed in FRR."
STILL_DEGRADED = "This look changed nothing: FRR still has what an earlier try left, which is not the last good file (state `degraded`)."
"""In the place of UNCHANGED, where FRR has something that no verified file says."""

QUOTED_LIMIT = 100  # characters of a line in a message


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken.

    With daemons `missing` it is not the file's fault: it is tried again when they answer. `failed`: one of FRR's programs
    failed, which says nothing about the file either, and it is tried again after a while.
    """

    message: str
    line: int | None = None
    missing: frozenset[str] = frozenset()
    failed: bool = False


LOCKED = Refusal(
    "another session has locked FRR's configuration (`configure terminal file-lock` in a vtysh). "
    f"{UNCHANGED} End that session; the file is tried again every few seconds.",
)


def check_syntax(checked: Checked, data: bytes) -> Refusal | None:
    """What `vtysh -C` thinks of the file, or why it could not be asked."""
    if checked.failed:
        return Refusal(f"{checked.failed}. {UNCHANGED}", failed=True)
    if checked.refused:
        return Refusal(f"{checked.refused}. {UNCHANGED} Correct the file and publish it again.")
    if not checked.faults:
        return None
    lines = data.decode("utf-8").split("\n")
    faults = []
    for number, kind in checked.faults:
        quoted = masking.faulty_line(lines[number - 1].strip()[:QUOTED_LIMIT]) if number <= len(lines) else ""
        faults.append((number, _fault(kind, quoted)))
    number, fault = faults[0]
    more = ""
    if len(faults) > 1:
        numbers = [str(other) for other, _ in faults[1:6]] + (["..."] if len(faults) > 6 else [])
        more = f" Also line{'s' if len(faults) > 2 else ''} {', '.join(numbers)}."
    return Refusal(f"line {number}: {fault}.{more} {UNCHANGED} Correct the file and publish it again.", number)


def check_findings(findings: Findings) -> Refusal | None:
    """What the linter thinks of the file: its errors are what FRR refuses, loses in silence, or takes for other things."""
    if findings.refused or findings.failed:
        advice = "Publish a smaller file, or start frr-reloader with --no-lint."
        return Refusal(
            f"the file was not linted, and so it is not applied: {findings.refused or findings.failed}. {UNCHANGED} {advice}",
            failed=not findings.refused,
        )
    if not findings.faults:
        return None
    first = findings.faults[0]
    others = [str(other.line) for other in findings.faults[1:6]] + (["..."] if len(findings.faults) > 6 else [])
    more = f" Also line{'s' if len(findings.faults) > 2 else ''} {', '.join(others)}." if others else ""
    return Refusal(
        f"line {first.line}: {first.message} ({first.code}, see `frrcompile explain {first.code}`).{more} {UNCHANGED} "
        "Correct the file and publish it again.",
        first.line,
    )


def needed(data: bytes, stop: Callable[[], bool] = lambda: False) -> frozenset[str]:
    """The daemons without which the file has no full effect; those that were found until `stop` became true.

    What is not text needs none: it is refused for that.
    """
    from frrcompile.syntax import daemons_needed  # here, because it loads a parser

    return daemons_needed(data.decode("utf-8", errors="replace"), stop)


def check_daemons(wanted: frozenset[str], found: Daemons) -> Refusal | None:
    """Whether FRR is there, with every daemon `wanted`, and none that would hang vtysh."""
    if not found.up - {OVERSEER}:
        zebra = next((f"zebra {daemon.trouble}" for daemon in found.known if daemon.name == "zebra"), "")
        return Refusal(
            f"FRR is not up: {zebra or 'no daemon has a vty socket'}. {UNCHANGED} "
            "The file is tried again when FRR answers.",
            missing=frozenset({"zebra"}),
        )
    # From FRR 9 on vtysh sends what belongs to mgmtd nowhere else; it is part of FRR where it has a socket.
    wanted = wanted | {"zebra"} | ({"mgmtd"} & {daemon.name for daemon in found.known})
    absent, hung = wanted - found.up - found.hung, found.hung
    if not absent and not hung:
        return None
    troubles = [f"{name} {found.trouble(name)}, and the file needs it" for name in sorted(absent)]
    troubles += [f"{name} {found.trouble(name)}, and vtysh would wait for it for ever" for name in sorted(hung)]
    again = "it answers" if len(troubles) == 1 else "all of them answer"
    return Refusal(
        f"{'; '.join(troubles)}. {UNCHANGED} The file is tried again when {again}.", missing=frozenset(absent | hung)
    )


def _fault(kind: str, quoted: str) -> str:
    """vtysh's words for one line, as a sentence."""
    sentences = {
        "Unknown command": f'FRR does not know "{quoted}" here',
        "Command incomplete": f'"{quoted}" is incomplete',
        "Ambiguous command": f'"{quoted}" can mean more than one command',
        LEFT: f'"{quoted}" stands behind an `exit` or `quit` too many, where FRR reads no configuration',
        "early exit": f'"{quoted}" leaves the configuration, and FRR does not read the lines behind it',
    }
    return sentences.get(kind, f'"{quoted}": {kind}')
