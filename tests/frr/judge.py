"""The verdict on a running FRR: what `frr-reload.py --test` would still change.

Its exit code says nothing about that: it is 0 with a list of differences, and 1, with a bogus list that deletes
everything, when the wanted file has a syntax error or is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.frr.installation import Finished

# frr-reload.py never converges on these, or they depend on the machine and not on the configuration.
HARMLESS = re.compile(r"(?:no )?(?:hostname \S+|ip forwarding|ipv6 forwarding|frr (?:version|defaults) .*)")
HEADINGS = {"Lines To Delete": "delete", "Lines To Add": "add"}
CLOSERS = {"exit", "exit-vrf", "exit-address-family", "end"}
COLOUR = re.compile(r"\x1b\[\d+m")


def verdict(test: Finished, running: Callable[[], str]) -> list[str]:
    """What is left of the finished `frr-reload.py --test`, or its errors when it could not judge.

    One entry per line that it would send, led by its contexts: `add: router bgp 1 | neighbor 192.0.2.1 remote-as 2`,
    `delete: no vrf red`. An empty `vrf X` is harmless in either direction. `running` gives the running configuration;
    it is asked only when a VRF is to be deleted, because frr-reload.py lists a VRF with content in the same words.
    """
    if test.returncode != 0:
        said = [COLOUR.sub("", line).strip() for line in test.stderr.splitlines() if " INFO: " not in line]
        return [line for line in said if line] or [f"frr-reload.py exited {test.returncode} without a word"]
    left = []
    for action, line in differences(test.stdout):
        if HARMLESS.fullmatch(line) or (action == "add" and re.fullmatch(r"vrf \S+", line)):
            continue
        deleted = re.fullmatch(r"no vrf (\S+)", line)
        if deleted and not _content(running(), f"vrf {deleted.group(1)}"):
            continue
        left.append(f"{action}: {line}")
    return left


def differences(output: str) -> Iterator[tuple[str, str]]:
    """The ("add" or "delete", line led by its contexts) pairs in the standard output of `frr-reload.py --test`."""
    action = ""
    entry: list[str] = []
    for line in [*output.splitlines(), "end"]:
        # Contexts are indented below each other; from version 9 on each entry also ends with its closers.
        if entry and not line.startswith(" "):
            yield action, " | ".join(entry)
            entry = []
        if line in HEADINGS:
            action = HEADINGS[line]
        elif action and line.strip() and line.strip() not in CLOSERS and not line.startswith("==="):
            entry.append(line.strip())


def _content(running: str, context: str) -> list[str]:
    """The lines inside a top-level context of a running configuration."""
    lines = iter(running.splitlines())
    content = []
    for line in lines:
        if line.strip() == context:
            for inner in lines:
                if not inner.startswith(" "):
                    break
                content.append(inner.strip())
    return content
