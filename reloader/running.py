"""The running configuration as the daemons themselves say it: read in some ten milliseconds, without a process.

It is good for two questions only, whether there is anything at all and whether it is still the same text. What differs
from a file is the judge's to say (reloader.verify).
"""

from __future__ import annotations

import hashlib
import re

from reloader.daemons import OVERSEER
from reloader.vty import DEAD, Lines

COMMANDS = ("enable", "show running-config")
# What a daemon that was given no configuration shows.
NOISE = re.compile(
    r"""
    | !.* | end | exit | line\ vty | frr\ (?:version|defaults)\ .* | (?:no\ )?(?:ip|ipv6)\ forwarding
    | hostname\ .* | (?:no\ )?log\ .* | (?:no\ )?service\ .* | vrf\ \S+ | exit-vrf | Building\ configuration.* | Current\ .*
    """,
    re.VERBOSE,
)


def read(lines: Lines, timeout: float) -> dict[str, str] | None:
    """The text of every daemon that lives; None where there is none, or one of them does not answer."""
    replies = {name: reply for name, reply in lines.ask(COMMANDS, timeout).items() if reply.trouble != DEAD}
    if not replies or any(reply.trouble for reply in replies.values()):
        return None
    return {name: reply.text for name, reply in replies.items() if name != OVERSEER}


def is_empty(texts: dict[str, str] | None) -> bool:
    """Whether no daemon has any configuration. Where we cannot see, they may have."""
    if texts is None:
        return False
    return all(NOISE.fullmatch(line.strip()) for text in texts.values() for line in text.split("\n"))


def fingerprint(texts: dict[str, str] | None) -> str | None:
    """What changes when any configuration does; None where we cannot see."""
    if texts is None:
        return None
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()
