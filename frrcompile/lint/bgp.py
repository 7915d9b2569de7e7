"""BGP as bgpd would have it after reading the file: instances, their families, neighbours and peer-groups.

bgpd takes one line after another (bgpd/bgp_vty.c), so a line only counts for what is known before it: a neighbour must
have a remote-as, or be a member of a group, before anything else can be said of it, and a family's default activation
is the one of the moment in which the neighbour is made. `instances` therefore follows the file line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import pairwise
from socket import AF_INET, AF_INET6, inet_pton
from typing import NamedTuple

from frrcompile.facts.families import BY_NAME, DEFAULT, NODES, OF_FAMILY
from frrcompile.lint.configuration import Command, Configuration

_WITH_DIRECTION = frozenset({"route-map", "prefix-list", "filter-list", "distribute-list"})


class Link(Enum):
    """What kind of session it is, as FRR shows it (`external link`)."""

    EXTERNAL = "external"
    INTERNAL = "internal"
    CONFEDERATION = "confederation"
    NONE = "without remote-as"
    UNKNOWN = "unknown"
    """Not to be told from the file: `remote-as auto`, or a local-as that may turn it into another kind."""


_NONE: frozenset[str] = frozenset()
_DEFAULTS = frozenset({DEFAULT.node})


class Neighbor:
    """A neighbour or a peer-group (`is_group`), with its own settings.

    `made` is the line that bgpd knows it from, `remote` the line with its own remote-as and `remote_as` its value,
    `group` the name of the group that it is a member of and `joined` the line that says so. `session` has the last line
    of each setting by its keyword (`password`, `bfd profile`), `families` the same for each family's node, where the keyword of a
    policy has its direction behind it (`route-map in`). `defaults` are the families that it was active in when it was
    made, `off` those that it was taken out of again.
    """

    __slots__ = (
        "_active",
        "defaults",
        "families",
        "group",
        "instance",
        "is_group",
        "joined",
        "made",
        "name",
        "off",
        "on_interface",
        "remote",
        "remote_as",
        "session",
    )

    def __init__(self, name: str, instance: Instance, made: Command, defaults: frozenset[str]) -> None:
        self.name = name
        self.instance = instance
        self.made = made
        self.is_group = False
        self.on_interface = False
        self.remote: Command | None = None
        self.remote_as = ""
        self.group = ""
        self.joined: Command | None = None
        self.session: dict[str, Command] = {}
        self.families: dict[str, dict[str, Command]] = {}
        self.defaults = defaults
        self.off: frozenset[str] = _NONE
        self._active: frozenset[str] | None = None

    @property
    def inherits(self) -> Neighbor | None:
        """The group that it is a member of."""
        return self.instance.neighbors.get(self.group) if self.group else None

    @property
    def link(self) -> Link:
        """The kind of session, by what has been said up to now."""
        return self.instance.link_of(self)

    def said(self, setting: str) -> Command | None:
        """The line of a session's setting, its own or else its group's."""
        own = self.session.get(setting)
        if own is None and (group := self.inherits):
            return group.session.get(setting)
        return own

    def said_in(self, family: str) -> Mapping[str, Command]:
        """The lines of a family's settings, its own or else its group's."""
        own = self.families.get(family, {})
        return {**group.families.get(family, {}), **own} if (group := self.inherits) else own

    @property
    def active(self) -> frozenset[str]:
        """The nodes of the families that it takes part in, once all has been read."""
        if self._active is None:
            self._active = self._find_active()
        return self._active

    def _find_active(self) -> frozenset[str]:
        found = self.defaults | {family for family, lines in self.families.items() if "activate" in lines}
        if group := self.inherits:
            found |= {family for family, lines in group.families.items() if "activate" in lines}
        return found - self.off


class Judged(NamedTuple):
    """A line that FRR takes or refuses by the kind of the session, and the kind that it had at that line."""

    command: Command
    neighbor: Neighbor
    link: Link


_JUDGED = frozenset({"route-reflector-client", "as-override", "remove-private-AS", "local-role", "ebgp-multihop"})


class Instance:
    """One `router bgp`, with all of its blocks.

    `vrf` and `view` are empty for the default instance; `asn` is 0 where the file does not say. `families` has the lines
    of each family's node in order, those of nested blocks not. `lost` are the lines for a neighbour that bgpd does not
    know when it reads them, by the neighbour's name; `listening` are the
    `bgp listen` lines, and those that take one back.
    """

    __slots__ = (
        "_defaults",
        "asn",
        "confederation",
        "families",
        "header",
        "judged",
        "lines",
        "listening",
        "lost",
        "neighbors",
        "requires_policy",
        "view",
        "vrf",
    )

    def __init__(self, header: Command, asn: int, vrf: str, view: str) -> None:
        self.header = header
        self.asn = asn
        self.vrf = vrf
        self.view = view
        self.lines: list[Command] = []
        self.families: dict[str, list[Command]] = {}
        self.neighbors: dict[str, Neighbor] = {}
        self.lost: dict[str, list[Command]] = {}
        self.judged: list[Judged] = []
        self.listening: list[Command] = []
        self.requires_policy: Command | None = None
        self.confederation: frozenset[int] = frozenset()
        self._defaults = _DEFAULTS

    @property
    def is_default(self) -> bool:
        """Whether it is the instance of the default VRF."""
        return not self.vrf and not self.view

    @property
    def title(self) -> str:
        """What to call it in a message."""
        return f"`{self.header.text}`"

    @property
    def peers(self) -> Iterator[Neighbor]:
        """Its neighbours, groups left out."""
        return (neighbor for neighbor in self.neighbors.values() if not neighbor.is_group)

    def members(self, group: Neighbor) -> Iterator[Neighbor]:
        """The neighbours of a group."""
        return (neighbor for neighbor in self.neighbors.values() if neighbor.group == group.name)

    def link_of(self, neighbor: Neighbor) -> Link:
        """The kind of a session (bgpd/bgpd.c, peer_calc_sort)."""
        group = neighbor.inherits
        written = group.remote_as if group and group.remote_as else neighbor.remote_as
        if not written:
            # A group takes after its first member.
            return Link.UNKNOWN if any(member.remote_as for member in self.members(neighbor)) else Link.NONE
        if written in ("external", "internal"):
            return Link(written)
        remote = as_number(written)
        if remote == 0 or self.asn == 0:
            return Link.UNKNOWN
        if local := neighbor.said("local-as"):
            own = (self.asn, as_number(local.words[3]) if len(local.words) > 3 else 0)
            return Link.UNKNOWN if remote in own else Link.EXTERNAL
        if remote == self.asn:
            return Link.INTERNAL
        return Link.CONFEDERATION if remote in self.confederation else Link.EXTERNAL

    # --- reading it, line by line

    def read(self, config: Configuration, header: Command) -> None:
        """Takes the lines of one of its blocks."""
        if header.opens is None:
            return
        for command in config.within(header.opens):
            words = command.words
            if command.opens is not None:
                self._read_family(config, command)
            elif len(words) > 2 and words[0] == "neighbor":
                self._read_neighbor(command, words[1], words[2:], "")
            elif words[0] == "no" and len(words) > 2 and words[1] == "neighbor":
                self._forget(words[2], words[3:], "")
            else:
                self.lines.append(command)
                self._read_bgp(command)

    def _read_family(self, config: Configuration, header: Command) -> None:
        assert header.opens is not None
        node = header.opens.node
        here = self.families.setdefault(node, [])
        for command in config.within(header.opens):
            words = command.words
            if len(words) > 2 and words[0] == "neighbor" and node in NODES:
                self._read_neighbor(command, words[1], words[2:], node)
            elif words[0] == "no" and len(words) > 2 and words[1] == "neighbor":
                self._forget(words[2], words[3:], node)
            else:
                here.append(command)

    def _read_bgp(self, command: Command) -> None:
        negated = command.negated
        words = command.words[1:] if negated else command.words
        if words[0] != "bgp" or len(words) < 2:
            return
        if words[1] == "ebgp-requires-policy":
            self.requires_policy = command
        elif words[1] == "listen":
            self.listening.append(command)
        elif words[1] == "default" and len(words) > 2 and words[2] in BY_NAME:
            family = {BY_NAME[words[2]].node}
            self._defaults = self._defaults - family if negated else self._defaults | family
        elif words[1] == "confederation" and words[2:3] and words[2] == "peers":
            numbers = {as_number(peer) for peer in words[3:]}
            self.confederation = self.confederation - numbers if negated else self.confederation | numbers

    def _read_neighbor(self, command: Command, name: str, words: tuple[str, ...], family: str) -> None:
        keyword = words[0]
        neighbor = self.neighbors.get(name)
        if not family and neighbor is None:
            neighbor = self._read_maker(command, name, words)
            if neighbor is not None:
                return
        elif not family and neighbor is not None and self._read_identity(command, neighbor, words):
            return
        if neighbor is None:
            self.lost.setdefault(name, []).append(command)
            return
        if keyword in _JUDGED:
            self.judged.append(Judged(command, neighbor, neighbor.link))
        if not family and keyword not in OF_FAMILY:
            neighbor.session[_session_setting(words)] = command
            return
        family = family or DEFAULT.node
        neighbor.families.setdefault(family, {})[_setting(words)] = command
        if keyword == "activate":
            neighbor.off = neighbor.off and neighbor.off - {family}

    def _read_maker(self, command: Command, name: str, words: tuple[str, ...]) -> Neighbor | None:
        """The neighbour that a line makes; None where it makes none, as bgpd would refuse it."""
        keyword, argument = words[0], words[1] if len(words) > 1 else ""
        if keyword == "peer-group":
            good = is_address(name) and self._has_group(argument) if argument else True
        else:
            good = (keyword == "remote-as" and is_address(name)) or (keyword == "interface" and not is_address(name))
        if not good:
            return None
        made = self.neighbors[name] = Neighbor(name, self, command, self._defaults)
        made.is_group = keyword == "peer-group" and not argument
        self._read_identity(command, made, words)
        return made

    def _read_identity(self, command: Command, neighbor: Neighbor, words: tuple[str, ...]) -> bool:
        """Takes what says who the neighbour is; whether the line was one of these."""
        keyword = words[0]
        if keyword == "interface" and not is_address(neighbor.name):
            neighbor.on_interface = True
            rest = words[2:] if words[1:2] == ("v6only",) else words[1:]
            return not rest or self._read_identity(command, neighbor, rest)
        if keyword == "remote-as":
            neighbor.remote, neighbor.remote_as = command, words[-1]
        elif keyword == "peer-group":
            if len(words) > 1 and self._has_group(words[1]):
                neighbor.group, neighbor.joined = words[1], command
        else:
            return False
        return True

    def _has_group(self, name: str) -> bool:
        group = self.neighbors.get(name)
        return group is not None and group.is_group

    def _forget(self, name: str, words: tuple[str, ...], family: str) -> None:
        """Takes a `no neighbor` line."""
        neighbor = self.neighbors.get(name)
        if neighbor is None:
            return
        keyword = words[0] if words else ""
        if family or keyword in OF_FAMILY:
            self._forget_in(neighbor, words, family or DEFAULT.node)
        elif keyword == "remote-as":
            neighbor.remote, neighbor.remote_as = None, ""
            if not neighbor.is_group and not neighbor.on_interface:
                self.neighbors.pop(name, None)
        elif keyword == "peer-group" and not neighbor.is_group:
            neighbor.group, neighbor.joined = "", None
            if not neighbor.remote_as and not neighbor.on_interface:
                self.neighbors.pop(name, None)
        elif keyword in ("", "interface", "peer-group"):
            self.neighbors.pop(name, None)
        else:
            neighbor.session.pop(_session_setting(words), None)

    def _forget_in(self, neighbor: Neighbor, words: tuple[str, ...], family: str) -> None:
        if not words:
            return
        neighbor.families.get(family, {}).pop(_setting(words), None)
        if words[0] == "activate":
            neighbor.off |= {family}
            if neighbor.is_group:
                for member in self.members(neighbor):
                    member.off |= {family}


_SECOND_WORDS = frozenset({"profile", "check-control-plane-failure", "strict", "connect", "delayopen"})
"""What stands behind `bfd` and `timers` and makes another setting of it."""


def _session_setting(words: tuple[str, ...]) -> str:
    if len(words) > 1 and (words[0] == "capability" or words[1] in _SECOND_WORDS):
        return f"{words[0]} {words[1]}"
    return words[0]


def _setting(words: tuple[str, ...]) -> str:
    return f"{words[0]} {words[-1]}" if words[0] in _WITH_DIRECTION else words[0]


def is_address(name: str) -> bool:
    """Whether a neighbour's name is an address, and not an interface or a group."""
    try:
        inet_pton(AF_INET6 if ":" in name else AF_INET, name)
    except (OSError, ValueError):
        return False
    return True


def as_number(written: str) -> int:
    """An AS number in plain or dotted notation (RFC 5396); 0 for what is none."""
    high, dot, low = written.partition(".")
    if not high.isdecimal() or (dot and not low.isdecimal()):
        return 0
    return int(high) * 65536 + int(low) if dot else int(high)


def instances(config: Configuration) -> list[Instance]:
    """The BGP instances of a file in order; ask for them by `config.derive(instances)`.

    A `router bgp` with another AS than the same instance has already is refused, and its lines with it; they are left out.
    """
    found: dict[tuple[str, str], Instance] = {}
    for header in config.of("config", "router"):
        words = tuple(header.words[2:] if header.negated else header.words[1:])
        if words[:1] != ("bgp",):
            continue
        asn, vrf, view = _identity(words[1:])
        key = (vrf, view)
        if header.negated:
            found.pop(key, None)
            continue
        instance = found.get(key)
        if instance is None:
            instance = found[key] = Instance(header, asn, vrf, view)
        elif asn and instance.asn and asn != instance.asn:
            continue
        instance.read(config, header)
    return list(found.values())


def _identity(words: tuple[str, ...]) -> tuple[int, str, str]:
    """The AS, the VRF and the view of a `router bgp` line."""
    asn = as_number(words[0]) if words else 0
    named = dict(pairwise(words))
    vrf = named.get("vrf", "")
    return asn, "" if vrf == "default" else vrf, named.get("view", "")
