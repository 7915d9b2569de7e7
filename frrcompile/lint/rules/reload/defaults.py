"""Defaults that are written out: FRR does not show them, and frr-reload.py adds them for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Severity
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.reload.shown import left_out


class Default(NamedTuple):
    """A line that FRR, from one release up to another, does not show since it says the default.

    A neighbor's name is `*` in `words`.
    """

    node: str
    words: tuple[str, ...]
    since: Release = BEFORE_ALL
    until: Release = AFTER_ALL

    @property
    def first(self) -> str:
        """The word that `Configuration.of` has it under."""
        return self.words[self.words[0] == "no"]


# By node. Measured under `frr defaults traditional`, with zebra, bgpd, staticd, bfdd and ospfd running.
_ALWAYS = {
    "config": [
        *("log timestamp precision 0", "log facility daemon", "no log record-priority", "no log syslog"),
        *("zebra nexthop-group keep 180", "zebra nexthop kernel enable", "zebra work-queue 10"),
        *("bgp route-map delay-timer 5", "service cputime-stats", "no service integrated-vtysh-config"),
    ],
    "line-vty": ["exec-timeout 10 0", "exec-timeout 10", "login"],
    "interface": [
        *("no shutdown", "link-detect", "no description", "ipv6 nd ra-interval 600", "ipv6 nd suppress-ra"),
        *("ip ospf hello-interval 10", "ip ospf priority 1"),
    ],
    "bgp": [
        *("bgp default ipv4-unicast", "no bgp default ipv6-unicast", "bgp default local-preference 100"),
        *("bgp default subgroup-pkt-queue-max 40", "bgp ebgp-requires-policy", "bgp network import-check"),
        *("bgp graceful-restart restart-time 120", "bgp graceful-restart stalepath-time 360"),
        *("bgp graceful-restart rib-stale-time 500", "bgp graceful-restart notification"),
        *("bgp hard-administrative-reset", "bgp fast-external-failover", "bgp suppress-duplicates"),
        *("bgp client-to-client reflection", "no bgp deterministic-med", "no bgp always-compare-med"),
        *("no bgp log-neighbor-changes", "no bgp bestpath as-path multipath-relax", "no bgp router-id"),
        *("bgp router-id 0.0.0.0", "bgp conditional-advertisement timer 60", "bgp listen limit 100"),
        *("timers bgp 60 180", "update-delay 0", "write-quanta 64", "read-quanta 10", "distance bgp 20 200 200"),
        *("neighbor * port 179", "neighbor * ebgp-multihop 1", "no neighbor * shutdown", "no neighbor * passive"),
    ],
    "bgp-ipv4": ["distance bgp 20 200 200"],
    "bgp-evpn": ["flooding head-end-replication", "use-es-l3nhg"],
    "ospf": ["timers throttle spf 0 50 5000", "auto-cost reference-bandwidth 100000", "no log-adjacency-changes"],
    "bfd-profile": [
        *("detect-multiplier 3", "receive-interval 300", "transmit-interval 300", "no shutdown", "no echo-mode"),
        *(
            "echo-interval 50",
            "echo transmit-interval 50",
            "echo receive-interval 50",
            "minimum-ttl 254",
            "no passive-mode",
        ),
    ],
    "bfd-peer": ["detect-multiplier 3", "no shutdown", "minimum-ttl 254"],
}
# Measured on the last patch release of each release from 8.4 to 10.7 (10.0 excepted). `enforce-first-as` is off in 9.1.3 and on in
# 10.1.4; the release notes of 10.0 announce it.
_SOMETIMES = (
    Default("config", ("ip", "nht", "resolve-via-default"), since=(9, 1)),
    Default("config", ("ipv6", "nht", "resolve-via-default"), since=(9, 1)),
    Default("config", ("no", "ip", "nht", "resolve-via-default"), until=(9, 1)),
    Default("config", ("no", "ipv6", "nht", "resolve-via-default"), until=(9, 1)),
    Default("bgp", ("bgp", "graceful-restart", "select-defer-time", "360"), until=(10, 5)),
    Default("bgp", ("bgp", "reject-as-sets"), since=(10, 5)),
    Default("bgp", ("neighbor", "*", "enforce-first-as"), since=(10, 0)),
    Default("bgp", ("no", "neighbor", "*", "enforce-first-as"), until=(10, 0)),
)


@lru_cache(maxsize=3)
def defaults(release: Release) -> dict[tuple[str, str], frozenset[tuple[str, ...]]]:
    """The lines that a release does not show, by their node and the word that `Configuration.of` has them under."""
    always = (Default(node, tuple(line.split())) for node, lines in _ALWAYS.items() for line in lines)
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for one in (*always, *_SOMETIMES):
        if one.since <= release < one.until:
            found.setdefault((one.node, one.first), set()).add(one.words)
    return {key: frozenset(lines) for key, lines in found.items()}


@rule("FRR601", "default-written-out", Severity.WARNING)
def default_written_out(config: Configuration) -> Iterator[Problem]:
    """A line that says the default is not shown by FRR, so that each reload adds it again.

    What: a setting with its default value, such as `timers bgp 60 180`, where no line before says otherwise.
    Why: FRR writes what differs from the default (the `config_write` functions of its daemons), and frr-reload.py compares with
        that: its list of changes is never empty, and with it no reload can be verified. Not looked for under
        `frr defaults datacenter`, which has other ones.
    Bad:
        router bgp 64512
         bgp graceful-restart restart-time 120
         timers bgp 60 180
        exit
    Good:
        router bgp 64512
         bgp graceful-restart restart-time 180
         timers bgp 10 30
        exit
    """
    if other_profile(config):
        return
    members = config.derive(group_members)
    for (node, first), lines in defaults(config.release).items():
        ends = {line[-1] for line in lines}
        for command in config.of(node, first):
            words = command.words
            if words[-1] not in ends:
                continue
            if first == "neighbor":
                at = 1 + command.negated
                if words[at] in members:
                    continue
                words = (*words[:at], "*", *words[at + 1 :])
            if words in lines and not _said_before(config, command):
                what = "this is the default, which FRR does not show: frr-reload.py adds it at each reload"
                yield Problem(command, what, help="leave it out", edit=left_out(command))


def other_profile(config: Configuration) -> bool:
    """Whether the file has other defaults than the traditional ones."""
    return any(c.words[1:2] == ("defaults",) and c.words[2:3] != ("traditional",) for c in config.of("config", "frr"))


def group_members(config: Configuration) -> frozenset[str]:
    """The neighbors that are in a peer group, for which a default may overrule what the group says."""
    return frozenset(
        command.words[1]
        for command in config.of("bgp", "neighbor")
        if not command.negated and len(command.words) > 3 and command.words[-2] == "peer-group"
    )


def _said_before(config: Configuration, command: Command) -> bool:
    """Whether a line of the same block, further up, sets the same: then this one takes it back, and is needed."""
    setting = _setting(command.words)
    lines = config.within(command.block) if command.block else config.of("config", setting[0])
    return any(_setting(line.words) == setting for line in lines if line.statement.number < command.statement.number)


def _setting(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word != "no" and not word.replace(".", "").isdigit())


@rule("FRR602", "never-shown", Severity.WARNING)
def never_shown(config: Configuration) -> Iterator[Problem]:
    """A line that FRR takes but never shows in its configuration.

    What: `domainname` and `banner motd line`.
    Why: vtysh keeps them to itself (vtysh/vtysh_config.c: vtysh_config_write has neither), so that frr-reload.py adds them at each
        reload and its list of changes is never empty.
    Bad:
        domainname example.com
    Good:
        hostname r1
    """
    for first, rest in (("domainname", ()), ("banner", ("motd", "line"))):
        for command in config.of("config", first):
            if not command.negated and command.words[1 : 1 + len(rest)] == rest:
                what = "FRR takes this and does not show it: frr-reload.py adds it at each reload"
                yield Problem(command, what, help="leave it out: it changes nothing that routes")
