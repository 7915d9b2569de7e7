"""What a `no` line takes away of what was said before it."""

from __future__ import annotations

from frrcompile.diff.configuration import Configuration, Context, Key, Path
from frrcompile.diff.numbering import list_of
from frrcompile.facts.forms.lines import names_interface

Words = tuple[str, ...]


def remove(config: Configuration, path: Path, key: Key, words: Words) -> bool:
    """Takes back what `no` with these words does; whether there was anything."""
    context = config.contexts[path]
    found = _remove_blocks(config, path, words)
    if words[0] == "neighbor" and context.node == "bgp" and _ends_neighbor(context, words):
        return _remove_neighbor(config, path, words[1]) or found
    if key in context.entries and words[2:] != ("bfd",):  # which takes its profile along
        del context.entries[key]
        return True
    named = list_of(words)
    if named is not None:
        gone = [
            one
            for one, entry in context.entries.items()
            if one[: len(named)] == named and entry.words[len(named) + 2 :] == words[len(named) :]
        ]
    else:
        gone = [one for one, entry in context.entries.items() if entry.words[: len(words)] == words]
    for one in gone:
        del context.entries[one]
    return bool(gone) or found


def _remove_blocks(config: Configuration, path: Path, words: Words) -> bool:
    """Takes away the contexts whose header the words are, or begin."""
    if words[0] == "router" and words[1:2] == ("bgp",):
        wanted = words[:2] + (words[-2:] if words[-2] in ("vrf", "view") else ())
        keys = {wanted}
    elif words[0] == "route-map":
        wanted = (*words[:2], *words[3:])
        keys = {
            inner[-1] for inner in config.contexts if len(inner) == len(path) + 1 and inner[-1][: len(wanted)] == wanted
        }
    else:
        keys = {words} if (*path, words) in config.contexts else set()
    for key in keys:
        whole = (*path, key)
        for gone in [inner for inner in config.contexts if inner[: len(whole)] == whole]:
            del config.contexts[gone]
        config.contexts[path].entries.pop(key, None)
    return bool(keys)


def _ends_neighbor(context: Context, words: Words) -> bool:
    """Whether the line deletes a neighbour or a group with all that it has (bgpd/bgp_vty.c, no_neighbor)."""
    rest = words[2:]
    if len(words) < 2:
        return False
    if not rest or names_interface(words):
        return True
    if rest == ("peer-group",):
        return context.entries.get(("neighbor", words[1], "peer-group")) is not None
    return rest[0] == "remote-as" and not {
        ("neighbor", words[1], "interface"),
        ("neighbor", words[1], "peer-group"),
    } & set(context.entries)


def _remove_neighbor(config: Configuration, path: Path, name: str) -> bool:
    wanted = ("neighbor", name)
    group = config.contexts[path].entries.get((*wanted, "peer-group"))
    members = []
    if group is not None and len(group.words) == len(wanted) + 1:  # a group's end is its members'
        members = [
            one[1]
            for one, entry in config.contexts[path].entries.items()
            if one[2:] == ("peer-group",) and entry.words[3:] == (name,)
        ]
    found = False
    for inner in (path, *config.below(path)):
        entries = config.contexts[inner].entries
        for one in [one for one in entries if one[:2] == wanted]:
            del entries[one]
            found = True
    for member in members:
        _remove_neighbor(config, path, member)
    return found
