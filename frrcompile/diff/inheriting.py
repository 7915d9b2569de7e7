"""What a neighbor has without its line: from its group, or because it is the default. FRR does not show such lines."""

from __future__ import annotations

from collections.abc import Container, Iterable

from frrcompile.diff.configuration import Configuration, Entry, Key, Path
from frrcompile.facts.forms.lines import names_interface

Settled = tuple[Path, Key, tuple[str, ...]]
"""A neighbor's line that says the default: its context, its key, its words."""


def settle(config: Configuration, defaults: Iterable[Settled], settled: Container[Key]) -> None:
    """Takes such lines away, so that a file with them is none other than one without.

    `defaults` are those of the file; the instances whose headers are `settled` have been through this.
    """
    for path, key, words in defaults:
        context = config.contexts.get(path)
        entry = context.entries.get(key) if context else None
        if context and entry and entry.words == words and not _group_says(config, path, key):
            del context.entries[key]
    for path, context in config.contexts.items():
        if context.node == "bgp" and path[0] not in settled:
            _from_groups(context.entries)


def _group_says(config: Configuration, path: Path, key: Key) -> bool:
    """Whether the neighbor's group has a line of its own for the setting, which the neighbor's takes the place of."""
    joined = config.entry(path[:1], ("neighbor", key[1], "peer-group"))
    group = joined.words[3] if joined is not None and len(joined.words) > 3 else ""
    return bool(group) and config.entry(path, ("neighbor", group, *key[2:])) is not None


def _from_groups(entries: dict[Key, Entry]) -> None:
    """An instance's lines that say what the group, or the interface, gives a neighbor (bgpd/bgp_vty.c: bgp_config_write_peer_global)."""
    groups = {
        key[1]: entry.words[3]
        for key, entry in entries.items()
        if key[0] == "neighbor" and key[2:] == ("peer-group",) and len(entry.words) > 3
    }
    for name, group in groups.items():
        own, its = (entries.get(("neighbor", one, "remote-as")) for one in (name, group))
        if own is not None and its is not None and own.words[3:] == its.words[3:]:
            del entries["neighbor", name, "remote-as"]
    for name in [
        key[1] for key, entry in entries.items() if key[2:] == ("interface",) and names_interface(entry.words)
    ]:
        if name not in groups:
            entries.pop(("neighbor", name, "capability", "extended-nexthop"), None)
