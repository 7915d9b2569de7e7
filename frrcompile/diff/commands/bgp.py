"""BGP: instances that end or are made anew, neighbours that must be, and all that changes in place."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diff.changes import Change
from frrcompile.diff.commands.plan import Plan, by_line, spelled
from frrcompile.diff.configuration import Configuration, Context, Entry, Key, Path
from frrcompile.diff.impact.sessions import MAKERS, Instance, of_both
from frrcompile.facts.families import BY_NAME
from frrcompile.facts.families import DEFAULT as UNICAST
from frrcompile.facts.forms.lines import names_interface

RANGE: Key = ("bgp", "listen", "range")

DEFAULT: Path = (("router", "bgp"),)

OF_ONE_SORT = frozenset({"route-reflector-client", "remove-private-AS", "as-override"})
"""What bgpd takes, and takes back, of internal neighbours only, or of external ones (bgpd/bgpd.c, peer_af_flag_modify)."""


class Instances:
    """The instances that end, those that are made anew, and those that stay."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._old, self._new = of_both(plan.difference)
        self.rebuilt: set[Path] = set()
        for path, instance in self._old.items():
            after = self._new.get(path)
            if after is None or after.asn != instance.asn:
                self.rebuilt.add(path)
        if DEFAULT in self.rebuilt:
            # bgpd ends no default instance that VRFs depend on (bgpd/bgp_vty.c, no_router_bgp).
            self.rebuilt |= {path for path in self._old if path[0][2:3] == ("vrf",)}

    def end(self) -> None:
        """Ends what ends or is made anew: VRFs' instances before the default one."""
        for path in sorted(self.rebuilt, key=lambda path: path == DEFAULT):
            context = self._plan.difference.old.contexts[path]
            self._plan.say((), ("no", *context.header.words))

    def change(self) -> None:
        """Makes the new instances, the default one first, and changes the others."""
        fresh = [path for path in self._new if path not in self._old or path in self.rebuilt]
        for path in sorted(fresh, key=lambda path: path != DEFAULT):
            self._plan.say(path, ())
        for path in self._new:
            if path in fresh:
                self._load(path)
            else:
                _Changes(self._plan, path, self._old[path], self._new[path]).say()

    def _load(self, path: Path) -> None:
        """All lines of an instance, in the file's order; neighbours leave the families of their birth before they enter others."""
        self._say_all(path)
        _deactivate(self._plan, path, self._new[path], set(self._new[path].peers))
        for inner in self._plan.inside(path):
            self._say_all(inner)

    def _say_all(self, path: Path) -> None:
        new = self._plan.difference.new
        for key, entry in new.contexts[path].entries.items():
            if (*path, key) in new.contexts:
                self._plan.say((*path, key), ())
            elif not entry.implied:
                self._plan.say(path, spelled(entry.words))


class _Changes:
    """The changes of one instance that stays."""

    def __init__(self, plan: Plan, path: Path, old: Instance, new: Instance) -> None:
        self._plan = plan
        self._path = path
        self._old = old
        self._new = new
        self._changes = list(plan.changes_in(path))
        self._made, self._ended = self._neighbors()

    def say(self) -> None:
        """Neighbours that end, the instance's own settings, neighbours and families, and what goes."""
        ranges = [change for change in self._changes if change.key[:3] == RANGE]
        for change in (*ranges, *self._ranges_of_made()):
            if change.old is not None:
                self._plan.unset(change)
        for name in self._ended:
            self._end(name)
        own = [change for change in self._changes if not self._of_neighbor(change) and change not in ranges]
        theirs = [change for change in self._changes if self._of_neighbor(change)]
        early = [change for change in theirs if change.key[2] in OF_ONE_SORT and self._is_taken_back(change)]
        for change in early:  # before another AS makes another sort of neighbour
            self._plan.unset(change)
        at_top = [change for change in own if len(change.path) == 1]
        for change in at_top:
            if change.new is None and (*change.path, change.key) not in self._plan.difference.old.contexts:
                self._plan.unset(change)
        self._set(at_top)
        fresh = [change for change in theirs if change.new is not None and change.key[1] not in self._made]
        self._make()
        self._set(change for change in fresh if len(change.path) == 1)
        self._set([*ranges, *self._ranges_of_made()])
        _deactivate(self._plan, self._path, self._new, self._made)
        room = [change for change in theirs if self._makes_room(change)]
        for change in room:
            self._plan.unset(change)
        inside = [change for change in (*own, *fresh) if len(change.path) > 1]
        self._set(inside)
        self._make_in_families()
        for change in (*theirs, *(one for one in own if len(one.path) > 1)):
            if self._is_taken_back(change) and change not in room and change not in early:
                self._plan.unset(change)

    def _is_taken_back(self, change: Change) -> bool:
        """Whether a line needs a command to go: with its neighbour or the block around it, it goes by itself."""
        gone = _names_neighbor(change.key) and (change.key[1] in self._ended or change.key[1] in self._made)
        return change.new is None and not gone and not self._goes_with(change)

    def _makes_room(self, change: Change) -> bool:
        """Whether a neighbour that stays leaves unicast for labeled-unicast, or turns back: bgpd lets none be in both."""
        if change.new is not None or change.key[2:] != ("activate",) or change.key[1] in (*self._made, *self._ended):
            return False
        (name, ip, kind) = change.path[-1] if len(change.path[-1]) == 3 else ("", "", "")
        other = {"unicast": "labeled-unicast", "labeled-unicast": "unicast"}.get(kind, "")
        return self._plan.difference.new.entry((*self._path, (name, ip, other)), change.key) is not None

    def _ranges_of_made(self) -> Iterator[Change]:
        """Ranges that did not change, of groups that are made anew: they are taken back before, and said again."""
        for key, entry in self._plan.difference.new.contexts[self._path].entries.items():
            if key[:3] == RANGE and entry.words[-1] in self._made:
                before = self._plan.difference.old.entry(self._path, key)
                if before is not None and before.words == entry.words:
                    yield Change(self._path, key, "bgp", before, entry)

    def _goes_with(self, change: Change) -> bool:
        """Whether the block around it goes by a command of its own, as `vni N` does."""
        difference = self._plan.difference
        return len(change.path) > 2 and difference.new.entry(change.path[:-1], change.path[-1]) is None

    @staticmethod
    def _of_neighbor(change: Change) -> bool:
        return _names_neighbor(change.key)

    def _set(self, changes: Iterator[Change] | list[Change]) -> None:
        for change in by_line(change for change in changes if change.new is not None):
            if (*change.path, change.key) in self._plan.difference.new.contexts:
                self._plan.say((*change.path, change.key), ())
            else:
                self._plan.set(change)

    # --- neighbours that are made, or made anew

    def _neighbors(self) -> tuple[set[str], list[str]]:
        """The names that are made (anew or for the first time), and those that end before; members before groups."""
        old, new = self._old.peers, self._new.peers
        again = {
            change.key[1]
            for change in self._changes
            if self._of_neighbor(change) and change.key[2:] in (("peer-group",), ("interface",))
        }
        for change in self._changes:
            if self._of_neighbor(change) and change.key[2:] == ("remote-as",) and change.kind != "changed":
                name = change.key[1]
                again.add(name)
        for name in [name for name in again if name in old and old[name].is_group]:
            again |= set(self._old.members(name))
        existed = {name for name in old if _exists(self._plan.difference.old, self._path, name)}
        exists = {name for name in new if _exists(self._plan.difference.new, self._path, name)}
        ended = [name for name in existed if name not in exists or name in again]
        made = {name for name in exists if name not in existed or name in again}
        return made, sorted(
            ended, key=lambda name: (old[name].is_group, list(old).index(name) if len(old) < 500 else 0)
        )

    def _end(self, name: str) -> None:
        peer = self._old.peers[name]
        entries = self._plan.difference.old.contexts[self._path].entries
        if peer.is_group:
            self._plan.say(self._path, ("no", "neighbor", name, "peer-group"))
        elif (made := entries.get(("neighbor", name, "interface"))) is not None and names_interface(made.words):
            self._plan.say(self._path, ("no", "neighbor", name, "interface"))
        else:
            self._plan.say(self._path, ("no", "neighbor", name))

    def _lines(self, context: Context) -> Iterator[Entry]:
        for key, entry in context.entries.items():
            if _names_neighbor(key) and key[1] in self._made and not entry.implied:
                yield entry

    def _make(self) -> None:
        for entry in self._lines(self._plan.difference.new.contexts[self._path]):
            self._plan.say(self._path, spelled(entry.words))

    def _make_in_families(self) -> None:
        new = self._plan.difference.new
        for inner in self._plan.inside(self._path):
            for entry in self._lines(new.contexts[inner]):
                self._plan.say(inner, spelled(entry.words))


def _names_neighbor(key: Key) -> bool:
    """Whether a line is of a neighbor; `neighbor` or `neighbor NAME` alone is a line that FRR does not take."""
    return key[0] == "neighbor" and len(key) > 2


def _exists(config: Configuration, path: Path, name: str) -> bool:
    entries = config.contexts[path].entries
    return any(("neighbor", name, maker) in entries for maker in MAKERS)


def _deactivate(plan: Plan, path: Path, instance: Instance, made: set[str]) -> None:
    """Takes neighbours out of the families that bgpd puts a new one into, and the file does not."""
    new = plan.difference.new
    entries = new.contexts[path].entries
    for family in BY_NAME.values():
        header = family.words
        switch: Entry | None = entries.get(("bgp", "default", family.name))
        on = family is UNICAST if switch is None else not switch.negated
        if not on:
            continue
        for name in instance.peers:
            key: Key = ("neighbor", name, "activate")
            if name not in made or instance.peers[name].group or not _exists(new, path, name):
                continue
            if new.entry((*path, header), key) is None:
                plan.say((*path, header), ("no", *key))
