"""Taking a real FRR from one configuration to another by the commands of our diff, while its policies are watched."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType

from frrcompile.diff import difference
from frrcompile.diff.commands import commands
from tests.frr import vty
from tests.frr.installation import VTYSH, Installation
from tests.frr.router import Router
from tests.frr.trial import HARMLESS_OUTPUT, LOCKED
from tests.frr.trial import difference as unlike

POLICY = re.compile(
    r"^(?:route-map (?P<map>\S+) (?:permit|deny) (?P<number>\d+)|(?P<list>ipv?6? prefix-list \S+|access-list \S+"
    r"|ipv6 access-list \S+|bgp (?:\S+-list (?:standard|expanded)|as-path access-list) \S+) )",
    re.MULTILINE,
)


SWITCHED = re.compile(r"Zebra [\w ]+ debugging is (?:on|off)|(?:MGMTD: )?No changes found to be committed!")
"""Zebra's answer to `debug` lines and to their `no`, and mgmtd's to a line that says what is so already."""


UNDEFINED = re.compile(r"The route-map '(\S+)' does not exist\.")
"""What vtysh says of a use that stands before the definition, or without one; the use is taken."""


def release_of(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def policies(running: str) -> set[str]:
    """The route-maps and lists of a configuration by their names."""
    return {f"route-map {match['map']}" if match["map"] else match["list"] for match in POLICY.finditer(running)}


def _ask(connection: socket.socket, command: str) -> str:
    """A daemon's answer on a connection that goes on: `show running-config` is only told behind `enable`."""
    connection.sendall(command.encode() + b"\0")
    reply = b""
    while len(reply) < 4 or reply[-4:-1] != vty.END:
        reply += connection.recv(65536)
    return reply[:-4].decode()


class Watcher:
    """Reads bgpd's running configuration again and again, and remembers which policies were ever not there."""

    def __init__(self, router: Router, wanted: set[str]) -> None:
        self._socket = router.vty_socket_dir / router.pathspace / "bgpd.vty"
        self._wanted = wanted
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.missing: set[str] = set()
        self.looks = 0

    def _look(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(20)
            connection.connect(str(self._socket))
            _ask(connection, "enable")
            while not self._stop.is_set():
                shown = policies(_ask(connection, "show running-config"))
                self.missing |= self._wanted - shown
                self.looks += 1

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()


@dataclass
class Changed:
    """What came of a change: what is wrong, the commands, and how often the policies were looked at.

    `refused` is what FRR said to the two configurations when it read them.
    """

    refused: list[str] = field(default_factory=list)
    symptoms: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    looks: int = 0


WIDE = ("env", "COLUMNS=10000")
"""readline shows the end alone of a line that its screen has no room for, without the prompt."""

PROMPT = re.compile(r"\S+?(?:\([\w-]+\))?# .*")
GREETING = re.compile(r"Hello, this is FRRouting .*|Copyright .*")


def load(router: Router, conf: str) -> list[str]:
    """Has FRR read `conf`, once more where its daemons got into each other's way; what it said that means something."""
    loaded = router.load(conf, check=False)
    if LOCKED in loaded.stdout + loaded.stderr:
        loaded = router.load(conf, check=False)
    return _meaningful(loaded.stdout + loaded.stderr)


def type_in(router: Router, lines: Sequence[str]) -> list[str]:
    """Types lines into vtysh, one after the other: `vtysh -f` of 10.x has each daemon read them by itself, and no order
    holds between two daemons. What FRR said that means something.
    """
    typed = "\n".join(["configure terminal", *lines, "end", ""])
    done = router.inside(*WIDE, VTYSH, "-N", router.pathspace, stdin=typed)
    said = (line for line in done.stdout.splitlines() if not PROMPT.fullmatch(line) and not GREETING.fullmatch(line))
    return _meaningful("\n".join([*said, done.stderr]))


def _meaningful(said: str) -> list[str]:
    lines = (line.strip() for line in said.splitlines())
    return [line for line in lines if line and not HARMLESS_OUTPUT.fullmatch(line) and not SWITCHED.fullmatch(line)]


def _link(router: Router, names: Sequence[str]) -> None:
    """Makes network interfaces: without theirs, 8.4 takes no address away from an interface."""
    if names:
        lines = [f"link add {name} up type veth peer name peer{number}" for number, name in enumerate(names)]
        command = ("nsenter", "-t", str(router._holder.pid), "--net", "ip", "-force", "-batch", "-")
        subprocess.run(command, input="\n".join([*lines, ""]), text=True, capture_output=True, check=False)


def change(installation: Installation, old: str, new: str, links: Sequence[str] = ()) -> Changed:
    """From a fresh FRR that runs `old`, by our commands, to what a fresh one shows that runs `new`.

    Both have network interfaces of the names `links`. Nothing is changed where one of them does not take its text.
    """
    outcome = Changed()
    found = difference(old, new, release_of(installation.version))
    outcome.commands = commands(found, release_of(installation.version))
    with ExitStack() as stack:
        changed, fresh = (stack.enter_context(Router(installation)) for _ in range(2))
        for router, conf in ((changed, old), (fresh, new)):
            _link(router, links)
            outcome.refused += [line for line in load(router, conf) if not UNDEFINED.fullmatch(line)]
        if outcome.refused:
            return outcome
        wanted = policies(fresh.running())
        lasting = policies(changed.running()) & wanted
        with Watcher(changed, lasting) as watcher:
            said = type_in(changed, outcome.commands) if outcome.commands else []
        outcome.looks = watcher.looks
        undefined = [match for line in said if (match := UNDEFINED.fullmatch(line))]
        dangling = {match[0] for match in undefined if f"route-map {match[1]}" not in wanted}
        outcome.symptoms += [f"said: {line}" for line in said if line not in dangling]
        outcome.symptoms += [f"was not there: {name}" for name in sorted(watcher.missing)]
        outcome.symptoms += [f"running {line}" for line in unlike(fresh.running(), changed.running())]
        if gone := set(changed.daemons) - set(changed.pids):
            outcome.symptoms.append(f"dead: {', '.join(sorted(gone))}")
    return outcome
