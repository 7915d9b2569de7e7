"""Which of FRR's daemons answer, and whether they are the same ones as before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reloader.vty import DEAD, FORBIDDEN, HUNG, Lines

__all__ = ["DEAD", "FORBIDDEN", "HUNG", "OVERSEER", "Daemon", "Daemons", "probe"]

OVERSEER = "watchfrr"  # no configuration of its own


@dataclass(frozen=True, slots=True)
class Daemon:
    """One daemon at one moment.

    `trouble` says why it is down, empty when it is up. `life` changes when the daemon is started anew: it makes its
    socket again.
    """

    name: str
    trouble: str
    version: str
    life: tuple[int, int]

    @property
    def up(self) -> bool:
        """Whether it answers."""
        return not self.trouble


@dataclass(frozen=True, slots=True)
class Daemons:
    """All daemons that have, or had, a socket."""

    known: tuple[Daemon, ...]

    @property
    def up(self) -> frozenset[str]:
        """The names of those that answer."""
        return frozenset(daemon.name for daemon in self.known if daemon.up)

    @property
    def hung(self) -> frozenset[str]:
        """Those that take a connection and do not answer: each would hang vtysh."""
        return frozenset(daemon.name for daemon in self.known if daemon.trouble == HUNG)

    @property
    def version(self) -> str | None:
        """FRR's version as zebra says it, such as 10.3."""
        return next((daemon.version for daemon in self.known if daemon.name == "zebra" and daemon.version), None)

    @property
    def lives(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """What changes when any daemon that answers is started anew."""
        return tuple((daemon.name, daemon.life) for daemon in self.known if daemon.up)

    def trouble(self, name: str) -> str:
        """Why `name` does not answer, in words; empty when it does."""
        return next((daemon.trouble for daemon in self.known if daemon.name == name), DEAD)


def probe(lines: Lines, timeout: float) -> Daemons:
    """Asks every daemon that has a socket, all at once, and waits at most `timeout` seconds for them."""
    replies = lines.ask(["show version"], timeout)
    return Daemons(
        tuple(Daemon(name, reply.trouble, _version(reply.text), reply.life) for name, reply in replies.items())
    )


def _version(text: str) -> str:
    match = re.search(r"FRRouting (\d[\w.]*)", text)
    return match[1] if match else ""
