"""A YAML document as a tree that still knows where everything stood."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Span

Path = tuple[str | int, ...]
"""The way to a field: keys and list positions, as in `("vrfs", "red", "l3vni", "vni")`."""

Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""A tree without its positions. Scalars are text, as written: the type of the field reads them."""


class Node:
    """A value and where it stands: text, None (nothing written), a list, or a mapping."""

    __slots__ = ("span", "value")

    def __init__(self, span: Span, value: str | list[Node] | dict[str, Entry] | None) -> None:
        self.span = span
        self.value = value

    def plain(self) -> Plain:
        """The value alone, for pydantic."""
        value = self.value
        if isinstance(value, dict):
            return {key: entry.node.plain() for key, entry in value.items()}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value

    def child(self, step: str | int) -> Node | None:
        """What stands one step further down, or None where there is nothing."""
        if isinstance(self.value, dict):
            entry = self.value.get(str(step))
            return entry.node if entry else None
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None

    def at(self, path: Path) -> Node | None:
        """What stands at the end of `path` below this node, or None where there is nothing."""
        node: Node | None = self
        for step in path:
            node = node.child(step) if node else None
        return node

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Every node of the tree with the path that leads to it, itself first."""
        yield path, self
        if isinstance(self.value, dict):
            for key, entry in self.value.items():
                yield from entry.node.walk((*path, key))
        elif isinstance(self.value, list):
            for position, node in enumerate(self.value):
                yield from node.walk((*path, position))


class Entry:
    """One entry of a mapping: where its key stands, and its value."""

    __slots__ = ("key", "node")

    def __init__(self, key: Span, node: Node) -> None:
        self.key = key
        self.node = node


def locate(root: Node, path: Path) -> Span:
    """Where the value at `path` stands, or the nearest thing above it that was written."""
    span, node = root.span, root
    for step in path:
        entry = node.value.get(str(step)) if isinstance(node.value, dict) else None
        child = node.child(step)
        if child is None:
            return span
        # A value that spans lines, or nothing at all, is best shown by its key.
        scalar = isinstance(child.value, str)
        span = child.span if entry is None or scalar else entry.key
        node = child
    return span


def locate_key(root: Node, path: Path) -> Span:
    """Where the key that ends `path` stands; where there is no such key, the same as `locate`."""
    parent = root.at(path[:-1])
    if path and parent and isinstance(parent.value, dict) and (entry := parent.value.get(str(path[-1]))):
        return entry.key
    return locate(root, path)


def spell(path: Path) -> str:
    """The path as people read it: `underlay.neighbors[0].remote-as`."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f"[{step}]"
        elif not step.strip(". "):  # a name that would not be seen
            words += f'["{step}"]'
        else:
            words += f".{step}" if words else step
    return words
