"""Timers of BGP sessions, of instances and of neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity
from frrcompile.lint.bgp import instances
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule

SHORTEST_HOLD = 3
"""Seconds; RFC 4271, 4.2: a hold time is 0 or at least three seconds."""


@rule("FRR411", "hold-time-too-short", Severity.ERROR, keywords=("timers",))
def hold_time_too_short(config: Configuration) -> Iterator[Problem]:
    """A hold time of one or two seconds is refused.

    What: the second number of `neighbor X timers` or `timers bgp` is 1 or 2.
    Why: RFC 4271 forbids it and bgpd refuses the line (bgpd/bgpd.c, peer_timers_set; bgpd/bgp_vty.c, bgp_timers);
    `vtysh -C` takes it.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 timers 1 2
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 timers 1 3
        exit
    """
    for command, _, hold in _timers(config):
        if 0 < hold < SHORTEST_HOLD:
            message = f"a hold time of {hold} s; allowed: 0, or {SHORTEST_HOLD} s and more, bgpd refuses the line"
            yield Problem(command.word(-1), message, help="for a fast detection use BFD, not the timers")


@rule("FRR412", "keepalive-too-long", Severity.WARNING, keywords=("timers",))
def keepalive_too_long(config: Configuration) -> Iterator[Problem]:
    """A keepalive interval of more than a third of the hold time is shortened.

    What: the first number of `neighbor X timers` or `timers bgp` is more than a third of the second.
    Why: bgpd takes a third of the hold time instead (bgpd/bgpd.c, peer_timers_set). What it then shows is not the line of
    the file, so that a reload finds a difference each time.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 timers 30 60
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 timers 20 60
        exit
    """
    for command, keepalive, hold in _timers(config):
        third = hold // 3
        if keepalive > third and not 0 < hold < SHORTEST_HOLD:
            place = command.word(-2)
            yield Problem(
                place,
                f"a keepalive interval of {keepalive} s for a hold time of {hold} s: bgpd takes {third} s",
                help=f"write `{third} {hold}`",
                edit=Edit(place, str(third)),
            )


def _timers(config: Configuration) -> Iterator[tuple[Command, int, int]]:
    """Every line with a keepalive interval and a hold time, in seconds."""
    for instance in config.derive(instances):
        for line in instance.lines:
            if len(line.words) == 4 and line.words[:2] == ("timers", "bgp"):
                yield from _seconds(line)
        for neighbor in instance.neighbors.values():
            command = neighbor.session.get("timers")
            if command is not None and len(command.words) == 5:
                yield from _seconds(command)


def _seconds(command: Command) -> Iterator[tuple[Command, int, int]]:
    keepalive, hold = command.words[-2:]
    if keepalive.isdecimal() and hold.isdecimal():
        yield command, int(keepalive), int(hold)
