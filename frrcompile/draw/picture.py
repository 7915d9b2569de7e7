"""What a picture shows, before anybody decides where: boxes with lines of text, the links between them, and zones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal


class State(Enum):
    """What became of a part since the older model; without one everything is the same."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


Kind = Literal["neighbor", "nic", "router", "vtep", "l3vni", "l2vni", "vrf", "host", "bridge", "node"]
"""What a box stands for; it has a colour of its own."""

Style = Literal["session", "link", "overlay"]
"""What a link stands for: a BGP session, a link of the kernel (a wire, a veth, a port of a bridge), or VXLAN."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a box."""

    text: str
    state: State = State.SAME


@dataclass(frozen=True, slots=True)
class Box:
    """A box; `key` says what it is, the same in two models. `column` is the place from the left."""

    key: str
    kind: Kind
    title: str
    lines: tuple[Line, ...]
    column: int
    state: State = State.SAME


@dataclass(frozen=True, slots=True)
class Link:
    """A link between the boxes of two keys; it has no direction, but runs from the left to the right."""

    source: str
    target: str
    style: Style
    state: State = State.SAME


@dataclass(frozen=True, slots=True)
class Zone:
    """The columns `first` to `last` that lie in one place, such as the host."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. `cards` are the keys of boxes that stand together in one frame, linked as one, titled `frame`.

    `compared` says what the parts' states are measured against; empty where nothing is compared.
    """

    title: str
    subtitle: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    zones: tuple[Zone, ...] = ()
    cards: frozenset[str] = frozenset()
    frame: str = ""
    compared: str = ""


def lines(*texts: str | None) -> tuple[Line, ...]:
    """The lines that there are."""
    return tuple(Line(text) for text in texts if text)
