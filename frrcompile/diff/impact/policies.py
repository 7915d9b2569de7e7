"""Who uses a policy: through route-maps that match by it or call it, down to the sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from frrcompile.diff.configuration import Configuration, Key
from frrcompile.diff.impact.cycles import cycles
from frrcompile.diff.impact.sessions import Instance, family_of
from frrcompile.facts.policies import kind_of, name_at

Name = tuple[str, str]
"""A kind of policy and its name."""

NEIGHBOR = {
    "route-map": "route-map",
    "unsuppress-map": "route-map",
    "prefix-list": "prefix-list",
    "filter-list": "as-path access-list",
    "distribute-list": "access-list",
}
"""What names a policy behind `neighbor X`, and its kind."""

ANYWHERE = ("route-map", "table-map", "advertise-map", "exist-map", "non-exist-map", "attribute-map", "suppress-map")
"""Words behind which a route-map is named, in any other line."""


@dataclass(slots=True)
class Users:
    """The sessions that use a policy, as (VRF, neighbour, family), and the other lines that do."""

    sessions: set[tuple[str, str, str]] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sessions or self.lines)


def defined(words: tuple[str, ...]) -> Name | None:
    """The policy that a line defines, or a part of it."""
    kind, at = kind_of(words), name_at(words)
    return (kind.name, words[at]) if kind is not None and len(words) > at else None


class Policies:
    """Uses of policies in one configuration."""

    def __init__(self, config: Configuration, instances: dict[tuple[Key, ...], Instance]) -> None:
        self._by: dict[Name, set[Name]] = {}
        self._users: dict[Name, Users] = {}
        self._found: dict[Name, Users] = {}
        for path, context in config.contexts.items():
            if context.node == "route-map":
                name = ("route-map", path[-1][1])
                for entry in context.entries.values():
                    for used in _of_route_map(entry.words):
                        self._by.setdefault(used, set()).add(name)
                continue
            instance = instances.get(path[:1])
            for key, entry in context.entries.items():
                words = entry.words
                if instance is not None and key[0] == "neighbor" and len(words) > 3:
                    kind = NEIGHBOR.get(words[2])
                    names = [(kind, words[3])] if kind else list(_named(words))
                    for named in names:
                        users = self._users.setdefault(named, Users())
                        for member in instance.members(key[1]):
                            users.sessions.add((instance.vrf, member, family_of(path)))
                elif context.node not in ("config", "route-map") or words[0] != "route-map":
                    for named in _named(words):
                        self._users.setdefault(named, Users()).lines.append(config.shown(entry))

    def users(self, name: Name) -> Users:
        """All that a change of the policy is felt by."""
        if name not in self._found:
            for together in cycles(name, lambda one: self._by.get(one, ()), self._found):
                users = self._joined(together)
                self._found |= dict.fromkeys(together, users)
        return self._found[name]

    def _joined(self, together: Sequence[Name]) -> Users:
        """The users of policies that call each other: their own, and those of the route-maps that call them."""
        callers = {by for one in together for by in self._by.get(one, ())}.difference(together)
        parts = [self._users.get(one) for one in together] + [self._found[one] for one in callers]
        some = {id(part): part for part in parts if part}
        if len(some) == 1:  # most: a chain of route-maps has the users of its first one
            return next(iter(some.values()))
        joined = Users()
        for part in some.values():
            joined.sessions |= part.sessions
            joined.lines += part.lines[:1]  # one is told
        return joined


def _of_route_map(words: tuple[str, ...]) -> Iterator[Name]:
    first = words[0]
    if first == "call" and len(words) > 1:
        yield "route-map", words[1]
    elif first in ("match", "set"):
        for at, word in enumerate(words[1:-1], 1):
            if word == "prefix-list":
                yield "prefix-list", words[at + 1]
            elif word in ("community", "comm-list"):
                yield "community-list", words[at + 1]
            elif word in ("large-community", "large-comm-list"):
                yield "large-community-list", words[at + 1]
            elif word in ("extcommunity", "extended-comm-list"):
                yield "extcommunity-list", words[at + 1]
            elif word in ("as-path", "as-path-access-list"):
                yield "as-path access-list", words[at + 1]
        if words[1:2] and words[1] in ("ip", "ipv6", "mac") and len(words) == 4:
            yield "access-list", words[3]


def _named(words: tuple[str, ...]) -> Iterator[Name]:
    for at, word in enumerate(words[:-1]):
        if word in ANYWHERE and at:
            yield "route-map", words[at + 1]
        elif word == "prefix-list" and at and words[0] not in ("ip", "ipv6"):
            yield "prefix-list", words[at + 1]
    if words[:2] in (("import", "vrf"), ("import", "vpn"), ("export", "vpn")) and words[2:3] == ("route-map",):
        return
    if words[:2] in (("route-map", "vpn"),):
        yield "route-map", words[-1]
