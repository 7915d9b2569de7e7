"""What a real vtysh says about nesting: the oracle of the tests here. It needs no daemons."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from frrcompile.syntax.lines import Line, Statement

COMMAND = ("vtysh",)


def installed() -> bool:
    return shutil.which("vtysh") is not None


def implicit_exits(file: Path, lines: Sequence[Line], command: Sequence[str] = COMMAND) -> tuple[dict[int, int], bool]:
    """For each command's line number, how many nodes vtysh left before it; and whether it took the whole file.

    `vtysh -m` writes the file again with an `exit` for each node that a line ends by being there, and `end` after
    `exit-vrf`; it drops `end` lines, stops at the first line that no node knows, and ends its lines in CRLF.
    """
    run = subprocess.run([*command, "-m", "-f", str(file)], capture_output=True, check=False, timeout=60)
    written = [line.rstrip("\r") for line in run.stdout.decode(errors="surrogateescape").split("\n")]
    found: dict[int, int] = {}
    at = 0
    for line in lines:
        if not isinstance(line, Statement):
            at += 1
            continue
        if line.text == "end":
            continue
        raw = line.raw.rstrip("\r\n")
        left = 0
        while at < len(written) and written[at] == "exit" and raw != "exit":
            left, at = left + 1, at + 1
        if at >= len(written) or written[at] != raw:
            break
        found[line.number] = left
        at += 1
        if line.text == "exit-vrf":
            at += 1
    return found, run.returncode == 0
