"""Prefix lists, access lists and BGP's lists: their entries are replaced by their numbers, and no list is ever empty on the way."""

from __future__ import annotations

from frrcompile.diff.changes import Change
from frrcompile.diff.commands.plan import Plan, Words
from frrcompile.diff.configuration import Configuration, Key
from frrcompile.diff.impact.policies import defined

Content = tuple[str, ...]


class Lists:
    """The lists that differ, by the words that name them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._changes: dict[Words, list[Change]] = {}
        for change in plan.difference.changes:
            if not change.path and (name := list_name(change.key)) is not None:
                self._changes.setdefault(name, []).append(change)
        wanted = self._changes.keys()
        self._old = _entries(plan.difference.old, wanted)
        self._new = _entries(plan.difference.new, wanted)

    def make(self) -> None:
        """New lists, and new entries of those that stay."""
        for name, changes in self._changes.items():
            if name in self._new:
                self._change(name, changes)

    def end(self) -> None:
        """Lists that the new configuration lacks."""
        for name, changes in self._changes.items():
            if name not in self._new:
                whole = ("no", *name)
                if self._plan.takes("config", whole):
                    self._plan.say((), whole)
                else:
                    for change in changes:
                        self._plan.unset(change)

    def _change(self, name: Words, changes: list[Change]) -> None:
        """Entries in place. FRR refuses an entry that the list has under another number: that one goes first."""
        now = dict(self._old.get(name, {}))
        where = {content: key for key, content in now.items()}
        gone: set[Key] = set()
        for change in changes:
            if change.new is None:
                continue
            content = _content(name, change.new.words)
            other = where.get(content)
            if other is not None and other != change.key and other in now:
                self._say_no(name, other, now.pop(other))
                gone.add(other)
            if change.key in now:
                where.pop(now[change.key], None)
            now[change.key], where[content] = content, change.key
            self._plan.set(change)
        for change in changes:
            if change.new is None and change.key not in gone:
                self._plan.unset(change)

    def _say_no(self, name: Words, key: Key, content: Content) -> None:
        del name
        self._plan.say((), self._plan.negation("config", (*key, *content), least=len(key)))


def list_name(key: Key) -> Words | None:
    """The words that name a list, of an entry's key; None for another line."""
    for at, word in enumerate(key):
        if at > 1 and word in ("seq", "description", "remark"):
            return key[:at] if key[0] != "route-map" and defined(key) is not None else None
        if at == 1 and word in ("seq", "remark") and key[0] == "access-list":
            return key[:at]
    return None


def _entries(config: Configuration, names: object) -> dict[Words, dict[Key, Content]]:
    """The entries of some lists by their keys, without their numbers."""
    found: dict[Words, dict[Key, Content]] = {}
    for key, entry in config.contexts[()].entries.items():
        name = list_name(key)
        if name is not None and name in names:  # type: ignore[operator]
            found.setdefault(name, {})[key] = _content(name, entry.words)
    return found


def _content(name: Words, words: Words) -> Content:
    """What an entry says, behind its number."""
    return words[len(name) + 2 :] if words[len(name)] == "seq" else words[len(name) :]
