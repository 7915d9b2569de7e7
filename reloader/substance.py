"""Whether a file has any line that FRR is compared with. To load a file without one is to load an empty file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Commands that frr-reload.py leaves alone, or that say nothing about what FRR is to run; X is any word, ... the rest of the line.
_COMMANDS = (
    *("exit", "quit", "end", "exit-vrf", "exit-address-family"),
    *("hostname ...", "domainname ...", "frr version ...", "frr defaults ...", "ip forwarding", "ipv6 forwarding"),
    *("password ...", "enable ...", "username ...", "banner ...", "service integrated-vtysh-config", "agentx"),
    *("line vty", "exec-timeout ...", "access-class ...", "ipv6 access-class ...", "login"),
    *("vrf X", "interface X", "interface X vrf X", "no ..."),
)
_UNCOMPARED = tuple(tuple(command.split()) for command in _COMMANDS)


def is_there(lines: Iterable[bytes]) -> bool:
    """Whether one of the lines counts. Ends at the first one that does."""
    return any(_counts(line) for line in lines)


def _counts(line: bytes) -> bool:
    words = line.decode(errors="replace").split()
    if not words or words[0][0] in "!#":
        return False
    return not any(_fits(words, command) for command in _UNCOMPARED)


def _fits(words: Sequence[str], command: Sequence[str]) -> bool:
    """Whether the words are the command, each whole or shortened, as FRR takes them."""
    fixed = command[:-1] if command[-1] == "..." else command
    if len(words) < len(fixed) or (len(words) > len(fixed) and fixed is command):
        return False
    return all(known == "X" or known.startswith(word) for word, known in zip(words, fixed, strict=False))
