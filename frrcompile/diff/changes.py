"""The difference of two configurations: what was added, what was taken away, and what has another value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frrcompile.diff.configuration import Configuration, Context, Entry, Key, Path


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs: its place, its node in `grammar/node.yaml`, and what it was and is.

    `old` is None for what was added, `new` for what was taken away.
    """

    path: Path
    key: Key
    node: str
    old: Entry | None
    new: Entry | None

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"

    @property
    def implied(self) -> bool:
        """Whether neither file says it: it follows from another line."""
        return all(entry is None or entry.implied for entry in (self.old, self.new))

    @property
    def entry(self) -> Entry:
        """The line as it is, or was."""
        entry = self.new or self.old
        assert entry is not None
        return entry

    def inverted(self) -> Change:
        """The change back."""
        return Change(self.path, self.key, self.node, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from `old` to `new`: context by context, in the new file's order; what is only in the old one comes last."""

    old: Configuration
    new: Configuration
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def inverted(self) -> Difference:
        """The difference from `new` to `old`: its changes are these, turned round."""
        return compare(self.new, self.old)


def compare(old: Configuration, new: Configuration) -> Difference:
    """What differs between two configurations that one `Reader` has read. Their order is no difference: FRR has none."""
    changes: list[Change] = []
    nothing: dict[Key, Entry] = {}
    for path, context in new.contexts.items():
        before = old.contexts.get(path)
        if before is context:
            continue
        changes += _entries(path, context, before.entries if before else nothing, context.entries)
    for path, context in old.contexts.items():
        if path not in new.contexts:
            changes += _entries(path, context, context.entries, nothing)
    return Difference(old, new, tuple(changes))


def _entries(path: Path, context: Context, old: dict[Key, Entry], new: dict[Key, Entry]) -> Iterator[Change]:
    node = context.node
    for key, entry in new.items():
        before = old.get(key)
        if before is None or before.words != entry.words:
            yield Change(path, key, node, before, entry)
    for key, entry in old.items():
        if key not in new:
            yield Change(path, key, node, entry, None)


def apply(changes: Iterator[Change] | tuple[Change, ...], config: Configuration) -> Configuration:
    """A configuration with the changes made; `config` stays as it is. Its headers are those of `config` and of the changes."""
    contexts = {
        path: Context(context.node, context.header, dict(context.entries)) for path, context in config.contexts.items()
    }
    for change in changes:
        context = contexts.get(change.path)
        if context is None:
            context = contexts[change.path] = Context(change.node, Entry(change.path[-1], 0))
        if change.new is None:
            context.entries.pop(change.key, None)
        else:
            context.entries[change.key] = change.new
    return Configuration(contexts, set(config.refused))
