"""Taking a real FRR from one configuration to another by the commands of our diff, while its policies are watched."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType

from frrcompile.diff import difference
from frrcompile.diff.commands import commands
from tests.frr import vty
from tests.frr.installation import Installation
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
    """What came of a change: what is wrong, the commands, and how often the policies were looked at."""

    symptoms: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    looks: int = 0


def load(router: Router, conf: str) -> list[str]:
    """Has FRR read `conf`, once more where its daemons got into each other's way; what it said that means something."""
    loaded = router.load(conf, check=False)
    if LOCKED in loaded.stdout + loaded.stderr:
        loaded = router.load(conf, check=False)
    lines = (line.strip() for line in (loaded.stdout + loaded.stderr).splitlines())
    return [line for line in lines if line and not HARMLESS_OUTPUT.fullmatch(line) and not SWITCHED.fullmatch(line)]


def change(installation: Installation, old: str, new: str) -> Changed:
    """From a fresh FRR that runs `old`, by our commands, to what a fresh one shows that runs `new`."""
    outcome = Changed()
    found = difference(old, new, release_of(installation.version))
    outcome.commands = commands(found, release_of(installation.version))
    with ExitStack() as stack:
        changed, fresh = (stack.enter_context(Router(installation)) for _ in range(2))
        load(changed, old)
        load(fresh, new)
        lasting = policies(changed.running()) & policies(fresh.running())
        with Watcher(changed, lasting) as watcher:
            said = load(changed, "\n".join([*outcome.commands, ""])) if outcome.commands else []
        outcome.looks = watcher.looks
        outcome.symptoms += [f"said: {line}" for line in said]
        outcome.symptoms += [f"was not there: {name}" for name in sorted(watcher.missing)]
        outcome.symptoms += [f"running {line}" for line in unlike(fresh.running(), changed.running())]
        if gone := set(changed.daemons) - set(changed.pids):
            outcome.symptoms.append(f"dead: {', '.join(sorted(gone))}")
    return outcome
