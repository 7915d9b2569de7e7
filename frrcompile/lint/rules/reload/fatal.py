"""Lines with which FRR does not survive that somebody looks at its configuration."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR650", "bgpd-dies-when-shown", Severity.ERROR, until=(9, 0))
def bgpd_dies_when_shown(config: Configuration) -> Iterator[Problem]:
    """bgpd takes the line, and aborts as soon as somebody asks for its configuration.

    What: `match evpn rd` in a route-map, for FRR 8.4.
    Why: tried with FRR 8.4.4: `show running-config`, and with it each reload, ends bgpd and all sessions (signal 6). FRR 10.3 and
        10.7.1 show the line; releases between 8.4 and 10.3 were not tried.
    Bad:
        route-map ours permit 10
         match evpn rd 65000:1
        exit
    Good:
        route-map ours permit 10
         match evpn vni 100
        exit
    """
    for command in config.of("route-map", "match"):
        if not command.negated and command.words[1:3] == ("evpn", "rd"):
            message = "bgpd takes this line, and dies when its configuration is shown: each reload does so"
            yield Problem(command, message, help="match something else, such as `match evpn vni`, or use FRR 10")
