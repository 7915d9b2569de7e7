"""What an offered file must be before anything is done with it. Each check returns a refusal, or None.

A refusal changes nothing in FRR. Its sentence is read by a network engineer at three in the morning: what is wrong,
where, and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reloader import masking
from reloader.daemons import OVERSEER, Daemons
from reloader.linter import Findings
from reloader.process import Ending, Finished

FIRST_LINE = re.compile(r"! frrcompile: (?!end$)\S+")
LAST_LINE = "! frrcompile: end"
UNCHANGED = "Nothing was changed in FRR."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken. With daemons `missing` it is not the file's fault: it is tried again when they answer."""

    message: str
    line: int | None = None
    missing: frozenset[str] = frozenset()


LOCKED = Refusal(
    "another session has locked FRR's configuration (`configure terminal file-lock` in a vtysh). "
    f"{UNCHANGED} End that session; the file is tried again every few seconds.",
)


def check_text(data: bytes, *, allow_empty: bool) -> Refusal | None:
    """Whether the bytes can be a complete configuration at all: text, not empty, not cut off."""
    nul = data.find(b"\0")
    if nul >= 0:
        line = _line_at(data, nul)
        return Refusal(
            f"line {line}: the file has a NUL byte, so it is no text. {UNCHANGED} Publish a text file.", line
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        return Refusal(
            f"line {line}: byte 0x{data[error.start]:02x} is not UTF-8, so the file is binary, or text in another "
            f"encoding. {UNCHANGED} Publish it as UTF-8 (plain ASCII is).",
            line,
        )
    lines = [line.strip() for line in text.split("\n")]
    if not allow_empty and all(not line or line[0] in "!#" for line in lines):
        return Refusal(
            f"the file is empty ({len(data)} bytes, nothing but comments and blank lines), and loading it would remove "
            f"all of FRR's configuration. {UNCHANGED} Publish the configuration, or start frr-reloader with "
            "--allow-empty if this is meant."
        )
    while lines and not lines[-1]:
        lines.pop()
    if lines and FIRST_LINE.fullmatch(lines[0]) and lines[-1] != LAST_LINE:
        return Refusal(
            f'line {len(lines)}: the file is incomplete: it begins with "{lines[0]}" and does not end with '
            f'"{LAST_LINE}". It was cut off, or is still being copied. {UNCHANGED} Publish the whole file.',
            len(lines),
        )
    return None


def check_syntax(said: Finished, data: bytes, seconds: float) -> Refusal | None:
    """What `vtysh -C -f` (`said`) thinks of the file."""
    if said.ending is Ending.TIMEOUT:
        return Refusal(f"vtysh did not finish checking the file within {seconds:g} s and was ended. {UNCHANGED}")
    if said.code == 0:
        return None
    lines = data.decode("utf-8").split("\n")
    faults = []
    for match in re.finditer(r"^line (\d+): (?:% )?([^\[\n:]+)(?:\[\d+\])?:", said.output, re.MULTILINE):
        number = int(match[1])
        quoted = masking.faulty_line(lines[number - 1].strip()) if number <= len(lines) else ""
        faults.append((number, _fault(match[2].strip(), quoted)))
    if not faults:
        words = " ".join(masking.each_line(said.output).split()) or "no word of why"
        return Refusal(f"vtysh -C refuses the file (exit code {said.code}): {words}. {UNCHANGED}")
    number, fault = faults[0]
    more = ""
    if len(faults) > 1:
        numbers = [str(other) for other, _ in faults[1:6]] + (["..."] if len(faults) > 6 else [])
        more = f" Also line{'s' if len(faults) > 2 else ''} {', '.join(numbers)}."
    return Refusal(f"line {number}: {fault}.{more} {UNCHANGED} Correct the file and publish it again.", number)


def check_findings(findings: Findings) -> Refusal | None:
    """What the linter thinks of the file: its errors are what FRR refuses, loses in silence, or takes for other things."""
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


def needed(data: bytes) -> frozenset[str]:
    """The daemons without which the file has no full effect. What is no text needs none: it is refused for that."""
    from frrcompile.syntax import daemons_needed  # here, because it loads a parser

    return daemons_needed(data.decode("utf-8", errors="replace"))


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


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _fault(kind: str, quoted: str) -> str:
    """vtysh's words for one line, as a sentence."""
    sentences = {
        "Unknown command": f'FRR does not know "{quoted}" here',
        "Command incomplete": f'"{quoted}" is incomplete',
        "Ambiguous command": f'"{quoted}" can mean more than one command',
    }
    return sentences.get(kind, f'"{quoted}": {kind}')
