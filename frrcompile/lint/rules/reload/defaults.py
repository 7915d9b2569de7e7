"""Defaults that are written out: FRR does not show them, and frr-reload.py adds them for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from frrcompile.diagnostics import Severity
from frrcompile.facts.defaults import DEFAULTS, PEER
from frrcompile.facts.releases import Release
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.shown import left_out


@lru_cache(maxsize=2)
def _not_shown(release: Release, datacenter: bool) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """The lines that say the default, by their node and the word that `Configuration.of` has them under."""
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for row in DEFAULTS:
        if row.holds(release, datacenter) and not row.forgiven and row.words[2:3] != ("send-community",):  # FRR604
            for node in row.nodes:
                found.setdefault((node, row.positive[0]), set()).add(row.words)
    return found


@rule("FRR601", "default-written-out", Severity.WARNING)
def default_written_out(config: Configuration) -> Iterator[Problem]:
    """A line that says the default is not shown by FRR, so that each reload adds it again.

    What: a setting with its default value, such as `timers bgp 60 180`, where no line before says otherwise.
    Why: FRR writes what differs from the default (the `config_write` functions of its daemons), and frr-reload.py compares with
        that: its list of changes is never empty, and with it no reload can be verified. `frr defaults datacenter` has
        defaults of its own.
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
    members = config.derive(group_members)
    for (node, first), lines in _not_shown(config.release, datacenter(config)).items():
        commands = config.of(node, first)
        if not commands:
            continue
        ends = {line[-1] for line in lines}
        for command in commands:
            words = command.words
            if words[-1] not in ends:
                continue
            if first == "neighbor":
                at = 1 + command.negated
                if words[at] in members:
                    continue
                words = (*words[:at], PEER, *words[at + 1 :])
            if words in lines and not _said_before(config, command):
                what = "this is the default, which FRR does not show: frr-reload.py adds it at each reload"
                yield Problem(command, what, help="leave it out", edit=left_out(command))


def datacenter(config: Configuration) -> bool:
    """Whether the file has the defaults of the other profile than the traditional one."""
    return any(command.words[1:] == ("defaults", "datacenter") for command in config.of("config", "frr"))


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
