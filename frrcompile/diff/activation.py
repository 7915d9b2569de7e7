"""Which neighbours are in which families: what FRR does by default is written out, so that two files can be compared."""

from __future__ import annotations

from collections.abc import Container

from frrcompile.diff.configuration import Configuration, Context, Entry, Key, Path
from frrcompile.facts.families import BY_NAME, DEFAULT

_CONTEXTS = [
    (("bgp", "default", family.name), (family.words,), family.node, family is DEFAULT) for family in BY_NAME.values()
]
"""The switch of each family, its context in an instance and its node, and whether it is on without a line."""

_MAKERS = ("remote-as", "interface", "peer-group")


def resolve(config: Configuration, settled: Container[Key] = ()) -> None:
    """Gives each neighbour a line `activate` in each family that it is in, and takes the lines away that say it again.

    The instances whose headers are `settled` have been through this.
    """
    instances = [path for path, context in config.contexts.items() if context.node == "bgp" and path[0] not in settled]
    for path in instances:
        entries = config.contexts[path].entries
        makers: dict[str, Entry] = {}
        for key, entry in entries.items():
            if key[0] == "neighbor" and len(key) == 3 and key[2] in _MAKERS:
                makers.setdefault(key[1], entry)
        groups = {
            name: joined.words[3]
            for name in makers
            if (joined := entries.get(("neighbor", name, "peer-group"))) is not None and len(joined.words) > 3
        }
        for key, inside, node, on in _CONTEXTS:
            switch = entries.get(key)
            activated = on if switch is None else not switch.negated
            if activated or path + inside in config.contexts:
                _resolve_family(config, path + inside, node, activated, makers, groups)


def _resolve_family(
    config: Configuration, path: Path, node: str, on: bool, makers: dict[str, Entry], groups: dict[str, str]
) -> None:
    context = config.contexts.get(path)
    if context is None:
        if not makers:
            return
        context = config.contexts[path] = Context(node, Entry(path[-1], next(iter(makers.values())).line))
    entries = context.entries
    for name, maker in makers.items():
        if name not in groups:
            _settle(entries, name, maker, on)
    for name in groups.keys() & makers.keys():
        group = entries.get(("neighbor", groups[name], "activate"))
        of_group = group is not None and not group.negated
        key = ("neighbor", name, "activate")
        own = entries.get(key)
        if own is not None and own.negated != of_group:
            del entries[key]


def _settle(entries: dict[Key, Entry], name: str, maker: Entry, on: bool) -> None:
    key = ("neighbor", name, "activate")
    own = entries.get(key)
    if own is None:
        if on:
            entries[key] = Entry(key, maker.line, True)
    elif own.negated:
        del entries[key]
