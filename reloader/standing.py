"""What FRR always has, whether a file says so or not: forwarding, which is the kernel's, and the profile of its defaults.

FRR is compared with what a file says. A file that says nothing leaves what is there; where a change is
taken back, that is what was there before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from frrcompile.facts.reload import FORWARDING
from reloader import canary

OWNER = "zebra"
DEFAULTS = "frr defaults "
LINE = re.compile(r"(?:no )?(?:(?:ip|ipv6) forwarding|frr defaults \S+)")


def differs(action: str, line: str, said: Collection[str]) -> bool:
    """Whether a listed difference of such a line is one, by the lines that the file has."""
    if action == "add":  # `ip forwarding` is listed though it is on
        return line not in FORWARDING
    return line in said  # it is listed as one to bring back


def shown(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The lines that say what FRR has now; none where zebra does not answer."""
    if OWNER not in texts:
        return ()
    lines = [line.rstrip() for line in texts[OWNER].split("\n")]
    forwarding = (f"no {line}" if f"no {line}" in lines else line for line in FORWARDING)
    return (*(line for line in lines if LINE.fullmatch(line) and line.startswith(DEFAULTS)), *forwarding)


def completed(data: bytes, lines: Iterable[str]) -> bytes:
    """The file with those of the lines behind it about which it says nothing."""
    said = {kind(line.decode(errors="replace").strip()) for line in data.split(b"\n")}
    unsaid = [line for line in lines if LINE.fullmatch(line) and kind(line) not in said]
    return canary.body(data) + "".join(f"{line}\n" for line in unsaid).encode() if unsaid else data


def kind(line: str) -> str:
    """What such a line sets; empty for any other line."""
    if not LINE.fullmatch(line):
        return ""
    line = line.removeprefix("no ")
    return DEFAULTS if line.startswith(DEFAULTS) else line
