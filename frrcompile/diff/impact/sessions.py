"""The BGP sessions of a configuration: who is in what group, in which families, with which policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from frrcompile.diff.changes import Difference
from frrcompile.diff.configuration import Configuration, Key, Path

MAKERS = ("remote-as", "interface", "peer-group")
POLICIES = (
    "route-map",
    "prefix-list",
    "filter-list",
    "distribute-list",
    "unsuppress-map",
    "advertise-map",
    "default-originate",
)
"""The settings of a neighbour in a family that name a policy."""


@dataclass(slots=True)
class Peer:
    """A neighbour or a peer-group (`is_group`), with its settings by their words behind its name, per family.

    The session's own stand under the empty family.
    """

    name: str
    is_group: bool = False
    group: str = ""
    settings: dict[str, dict[Key, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def families(self) -> tuple[str, ...]:
        """The families that it is activated in by a line of its own."""
        return tuple(family for family, lines in self.settings.items() if lines.get(("activate",), ("no",))[0] != "no")


@dataclass(slots=True)
class Instance:
    """One `router bgp`: its path, AS, VRF (empty for the default one) and peers by name."""

    path: Path
    asn: str
    vrf: str
    peers: dict[str, Peer] = field(default_factory=dict)

    @property
    def sessions(self) -> Iterator[Peer]:
        """Its neighbours that have a session: not the groups, nor who lacks a remote-as."""
        return (peer for peer in self.peers.values() if not peer.is_group and self.remote_as(peer))

    def members(self, name: str) -> list[str]:
        """The sessions that a neighbour's or a group's settings are for."""
        peer = self.peers.get(name)
        if peer is None or not peer.is_group:
            return [name]
        return [one.name for one in self.peers.values() if one.group == name]

    def remote_as(self, peer: Peer) -> str:
        """The AS of a neighbour, its group's before its own; empty where there is none."""
        group = self.peers.get(peer.group)
        for one in (group, peer):
            words = one.settings.get("", {}).get(("remote-as",)) if one else None
            if words:
                return words[-1]
        return ""

    def is_internal(self, peer: Peer) -> bool:
        """Whether the session is with the own AS."""
        return self.remote_as(peer) in ("internal", self.asn)

    def families_of(self, name: str) -> tuple[str, ...]:
        """The families of a neighbour, its group's among them."""
        peer = self.peers.get(name)
        if peer is None:
            return ()
        group = self.peers.get(peer.group)
        return tuple(dict.fromkeys((*peer.families, *(group.families if group else ()))))


def of_both(difference: Difference) -> tuple[dict[Path, Instance], dict[Path, Instance]]:
    """The BGP instances of the old and the new side by the paths of their headers."""
    old, new = difference.old.contexts, difference.new.contexts
    before = _instances(difference.old, {})
    return before, _instances(difference.new, {path: one for path, one in before.items() if new.get(path) is old[path]})


def _instances(config: Configuration, known: Mapping[Path, Instance]) -> dict[Path, Instance]:
    """The instances of a configuration, of which some are known: they and their families are the same in another one."""
    found: dict[Path, Instance] = {}
    for path, context in config.contexts.items():
        if context.node == "bgp":
            words = context.header.words
            vrf = path[0][3] if len(path[0]) > 3 else ""
            found[path] = known.get(path) or Instance(path, words[2] if len(words) > 2 else "", vrf)
    for path, context in config.contexts.items():
        instance = found.get(path[:1])
        if instance is None or len(path) > 2 or not (len(path) == 1 or path[1][0] == "address-family"):
            continue
        if path[:1] in known:
            continue
        family = family_of(path)
        for key, entry in context.entries.items():
            if key[0] == "neighbor" and len(key) > 2:
                peer = instance.peers.get(key[1])
                if peer is None:
                    peer = instance.peers[key[1]] = Peer(key[1])
                peer.settings.setdefault(family, {})[key[2:]] = entry.words
                if key[2:] == ("peer-group",):
                    peer.is_group, peer.group = len(entry.words) == 3, entry.words[3] if len(entry.words) > 3 else ""
    return found


def family_of(path: Path) -> str:
    """The family of a context, as people write it: `ipv4 unicast`; empty outside of one."""
    return " ".join(path[1][1:]) if len(path) > 1 and path[1][0] == "address-family" else ""
