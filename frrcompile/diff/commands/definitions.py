"""Policies, BFD profiles and key chains: made before anything else, ended after everything else, changed in place."""

from __future__ import annotations

from frrcompile.diff.changes import Change
from frrcompile.diff.commands.lists import Lists
from frrcompile.diff.commands.plan import Plan, by_line
from frrcompile.diff.configuration import Configuration, Key

OTHERS = ("bfd", "bfd-profile", "bfd-peer", "key-chain", "key")
"""The nodes of what else is used by name, with BFD's own sessions."""


def make(plan: Plan) -> None:
    """New definitions, and new contents of those that stay."""
    Lists(plan).make()
    for change in by_line(_others(plan)):
        if change.new is not None:
            plan.set(change)
    for change in _others(plan):
        if change.new is None and _stays(plan, change):
            plan.unset(change)
    for name in _callees_first(_maps(plan), plan.difference.new):
        _change_map(plan, name)


def end(plan: Plan) -> None:
    """Definitions that the new configuration lacks; route-maps before the lists that they match by."""
    for name in reversed(_callees_first(_maps(plan), plan.difference.old)):
        if not _entries_of(plan.difference.new, name):
            plan.say((), ("no", "route-map", name))
    Lists(plan).end()
    for change in _others(plan):
        whole = (*change.path, change.key)
        if change.new is None and whole in plan.difference.old.contexts and _stays(plan, change, header=True):
            plan.unset(change)


def _others(plan: Plan) -> list[Change]:
    """Changes of BFD profiles and sessions and of key chains; their headers among them."""
    return [
        change
        for change in plan.difference.changes
        if change.node in OTHERS or (not change.path and change.key[:2] == ("key", "chain"))
    ]


def _stays(plan: Plan, change: Change, *, header: bool = False) -> bool:
    """Whether the context of what goes stays: a line of one that goes needs no command."""
    whole = (*change.path, change.key)
    if not header and whole in plan.difference.old.contexts:
        return False  # a definition: it ends when nothing uses it
    around = change.path
    return all(
        plan.difference.new.entry(around[:depth], around[depth]) is not None or around[depth] == ("bfd",)
        for depth in range(len(around))
    )


# --- route-maps


def _maps(plan: Plan) -> dict[str, list[Change]]:
    """The changes of each route-map, entries' headers among them."""
    found: dict[str, list[Change]] = {}
    for change in plan.difference.changes:
        if change.node == "route-map":
            found.setdefault(change.path[-1][1], []).append(change)
        elif not change.path and change.key[0] == "route-map" and plan.opens(change):
            found.setdefault(change.key[1], []).append(change)
    return found


def _entries_of(config: Configuration, name: str) -> list[Key]:
    return [path[0] for path in config.contexts if len(path) == 1 and path[0][0] == "route-map" and path[0][1] == name]


def _callees_first(maps: dict[str, list[Change]], config: Configuration) -> list[str]:
    """The names of route-maps, each behind those that it calls."""
    calls: dict[str, list[str]] = {}
    for path, context in config.contexts.items():
        if context.node == "route-map" and (call := context.entries.get(("call",))) is not None:
            calls.setdefault(path[-1][1], []).append(call.words[1])
    ordered: dict[str, None] = {}
    waiting = [(name, False) for name in reversed(maps)]
    seen: set[str] = set()
    while waiting:
        name, done = waiting.pop()
        if done:
            ordered[name] = None
        elif name not in seen:
            seen.add(name)
            waiting.append((name, True))
            waiting += [(called, False) for called in calls.get(name, ())]
    return [name for name in ordered if name in maps]


def _change_map(plan: Plan, name: str) -> None:
    """What is new before what goes: an entry in use never matches more than the old one or the new one does."""
    changes = _maps_once(plan)[name]
    for change in by_line(changes):
        if change.new is None:
            continue
        if change.path:
            plan.set(change)
        elif not any(one.path == (change.key,) and one.new is not None for one in changes):
            plan.say((change.key,), ())  # its header alone
    if not _entries_of(plan.difference.new, name):
        return
    for change in changes:
        if change.new is not None:
            continue
        if not change.path or plan.difference.new.entry((), change.path[0]) is not None:
            plan.unset(change)


def _maps_once(plan: Plan) -> dict[str, list[Change]]:
    if plan.maps is None:
        plan.maps = _maps(plan)
    return plan.maps
