"""What a lab does, as values: written as JSON outside, read and carried out inside (see lab.inside)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WORK = Path("/lab/work")
"""The lab's directory, as the machine sees it."""

OUTCOMES = "outcomes.jsonl"
"""The file in the lab's directory that gets a line for each step when it ends."""

DAEMONS = ("mgmtd", "zebra", "bgpd")


def vswitch(host: str) -> dict[str, str]:
    """The environment in which commands find the Open vSwitch of a host: each host has its own, if any."""
    return {"OVS_RUNDIR": f"/run/openvswitch-{host}"}


@dataclass(frozen=True, slots=True)
class Router:
    """An FRR in the network namespace of the same name; daemons that its version does not have are left out."""

    name: str
    frr: str  # the version, which is also its root's name below /lab/roots
    conf: str
    daemons: tuple[str, ...] = DAEMONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, and whether it should succeed: if it does otherwise the lab ends there, with a diagnosis."""

    name: str
    expect: bool | None = True  # None: either will do
    seconds: float = 30.0  # a step that takes longer has failed, even one that is expected to


@dataclass(frozen=True, slots=True, kw_only=True)
class Ip(Step):
    """`ip -batch`: the lines of `batch` in a namespace, None being the one that all others are made from."""

    batch: str
    namespace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sysctl(Step):
    """Writes keys below /proc/sys/net/, as a namespace sees them; one that this kernel does not have is passed over."""

    namespace: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Step):
    """Starts a router's daemons and has them read its frr.conf; fails when a line of it is refused."""

    router: Router


@dataclass(frozen=True, slots=True, kw_only=True)
class Load(Step):
    """Types lines into a running router's vtysh; what it says to them is the answer."""

    router: str
    conf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Step):
    """Ends a router's daemons as systemd does."""

    router: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Step):
    """One show command to one daemon, through its vty socket: no program is started."""

    router: str
    daemon: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Until(Ask):
    """Asks until the answer has the regular expression `pattern` in it."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Step):
    """A program in a namespace, None being the one that all others are made from; succeeds with exit code 0."""

    namespace: str | None
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plumb(Step):
    """`frrcompile plumb VERB`, as an operator types it: in a host's namespace, for the namespace of its router.

    `model` is the model's text; `options` are more words, such as `--confirm 60`. Succeeds with exit code 0.
    """

    host: str
    router: str
    verb: str
    model: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Step):
    """Writes every frame of an interface, None: of all, to `file` (pcap) in the lab's directory, until EndCapture or the end."""

    namespace: str
    file: str
    interface: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCapture(Step):
    """Ends the capture into `file`."""

    file: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step went; `text` is what it said."""

    name: str
    ok: bool
    expected: bool
    seconds: float
    text: str = field(repr=False)


KINDS: dict[str, type[Step]] = {
    kind.__name__: kind for kind in (Ip, Sysctl, Start, Load, Stop, Ask, Until, Run, Plumb, Capture, EndCapture)
}


def dump(steps: Iterable[Step]) -> str:
    """Steps as JSON."""
    return json.dumps([{"do": type(step).__name__, **dataclasses.asdict(step)} for step in steps], indent=1)


def load(text: str) -> list[Step]:
    """Steps from JSON."""
    return [_step(dict(value)) for value in json.loads(text)]


def _step(value: dict[str, Any]) -> Step:
    kind = KINDS[value.pop("do")]
    if "router" in value and kind is Start:
        router = value["router"]
        value["router"] = Router(**{**router, "daemons": tuple(router["daemons"])})
    for words in ("argv", "options"):
        if words in value:
            value[words] = tuple(value[words])
    return kind(**value)
