"""Whether bgpd has the route maps and lists that FRR shows: the judge takes all daemons' words together, and cannot tell.

Each daemon keeps policies of its own, and takes those of one load whole or not at all. One line that bgpd alone refuses
(`set ipv6 next-hop global fe80::1`) so costs it every route map of that load, while mgmtd, zebra in FRR 8, has them and
shows them; the other way round it may have lists that zebra has not. What both show, they show in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from frrcompile.facts.policies import SHARED, kind_of
from reloader.residual import Difference
from reloader.running import COMMANDS
from reloader.vty import DEAD, Lines

USER = "bgpd"
KEEPERS = ("mgmtd", "zebra")  # the first that has a socket keeps what zebra works with; 10.3's bfdd shows lists too
ENTRY = "route-map "
# Measured clause by clause on 8.4.4, 10.3 and 10.7.1: others are shown by the one daemon that they are for.
SHOWN_BY_BOTH = re.compile(
    r"""
    match\ (?:interface|metric|tag|ip\ next-hop\ (?!address\ |prefix-len\ )|ipv6\ next-hop\ type)\ ?.*
    | match\ ip(?:v6)?\ address\ (?!prefix-len\ ).*
    | set\ (?:metric|tag|ip\ next-hop\ \d|ipv6\ next-hop\ local|sr-te\ color).*
    | (?:description|call|on-match)\ .*
    """,
    re.VERBOSE,
)


def is_policy(line: str) -> bool:
    """Whether a line, or what its `no` takes away, is an entry of a route map or list."""
    words = line.removeprefix("no ").split()
    kind = kind_of(words) if words else None
    return kind is not None and kind.name in SHARED and len(words) > len(kind.begins)


def differ(lines: Lines, timeout: float) -> tuple[tuple[Difference, ...], str]:
    """What bgpd, or what zebra works with, lacks of the policies that FRR shows; and why nobody can say, else empty.

    Where the judge found nothing, what any daemon shows is in the file. Takes some milliseconds.
    """
    replies = lines.ask(COMMANDS, timeout, {USER, *KEEPERS})
    keeper = next((name for name in KEEPERS if name in replies), "")
    for name in (USER, keeper):
        trouble = replies[name].trouble if name in replies else ""
        if trouble and trouble != DEAD:  # the gate and the judge see what is dead
            return (), f"{name} {trouble}"
    return tuple(compared({name: reply.text for name, reply in replies.items() if not reply.trouble}, keeper)), ""


def compared(texts: Mapping[str, str], keeper: str) -> Iterator[Difference]:
    """What bgpd, and `keeper`, lack of the policies that any of the daemons has, by each daemon's own words."""
    known = {
        name: dict.fromkeys(policies(text)) for name, text in texts.items()
    }  # in order: an entry, then its clauses
    shown = dict.fromkeys(path for paths in known.values() for path in paths)
    for name in (USER, keeper):
        if name in known:
            yield from (Difference("add", path, name) for path in shown if path not in known[name])


def policies(text: str) -> Iterator[tuple[str, ...]]:
    """The lines of route maps and lists in a daemon's configuration that both daemons show, led by their entry."""
    entry = ""
    for line in text.split("\n"):
        if line.startswith(" "):
            if entry and SHOWN_BY_BOTH.fullmatch(line.strip()):
                yield entry, line.strip()
            continue
        entry = line if line.startswith(ENTRY) else ""
        if is_policy(line):
            yield (line,)
