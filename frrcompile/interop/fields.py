"""Reading another project's resource without losing anything in silence: each field that is not read is reported."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic, Severity, Span, nearest
from frrcompile.interop.codes import LOST, SHAPE
from frrcompile.model.tree import Entry, Node, Path, spell


class Moved(Entry):
    """A field that stands elsewhere in the resource, or under another name; `written` is its path there."""

    __slots__ = ("written",)

    def __init__(self, key: Span, node: Node, written: Path) -> None:
        super().__init__(key, node)
        self.written = written


class Report:
    """The findings about the resources that were read, and all that was read of them."""

    def __init__(self) -> None:
        self._findings: dict[Diagnostic, None] = {}
        self._read: list[Fields] = []

    def add(self, code: str, severity: Severity, message: str, span: Span, field: str = "", help: str = "") -> None:
        """A finding, once however often it is made."""
        finding = Diagnostic(code, severity, message, span, field=field, help=help)
        self._findings.setdefault(finding)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was found, each once."""
        return tuple(self._findings)

    def reads(self, fields: Fields) -> None:
        """Keeps in mind what is being read, for `leftovers`."""
        self._read.append(fields)

    def leftovers(self) -> None:
        """Reports every field that was not taken."""
        for fields in self._read:
            for name in fields.untaken():
                near = nearest(name, fields.taken)
                fields.lost(name, help=f"did you mean `{near}`?" if near else "")


class Fields:
    """A mapping of a resource, whose fields are taken by name."""

    def __init__(self, node: Node, path: Path, owner: str, report: Report) -> None:
        self.node, self.path, self.owner, self.report = node, path, owner, report
        self.taken: set[str] = set()
        report.reads(self)

    @property
    def span(self) -> Span:
        """Where the mapping stands."""
        return self.node.span

    def untaken(self) -> Iterator[str]:
        """The fields that were not read."""
        if isinstance(self.node.value, dict):
            yield from (name for name in self.node.value if name not in self.taken)

    def way(self, name: str) -> Path:
        """The path of a field, as the resource writes it."""
        entry = self.node.value.get(name) if isinstance(self.node.value, dict) else None
        return entry.written if isinstance(entry, Moved) else (*self.path, name)

    def take(self, name: str) -> Node | None:
        """The field's value, None where it is not there or null; it counts as carried over."""
        self.taken.add(name)
        child = self.node.child(name)
        return child if child and child.value is not None else None

    def text(self, name: str) -> Node | None:
        """A field that is a single value."""
        return self._of_kind(name, str, "a single value")

    def fields(self, name: str) -> Fields | None:
        """A field that is a mapping."""
        node = self._of_kind(name, dict, "a mapping")
        return Fields(node, self.way(name), self.owner, self.report) if node else None

    def texts(self, name: str) -> list[Node]:
        """A field that is a list of single values."""
        return [node for _, node in self._items(name, str, "a single value")]

    def list(self, name: str) -> list[Fields]:
        """A field that is a list of mappings."""
        return [
            Fields(node, (*self.way(name), position), self.owner, self.report)
            for position, node in self._items(name, dict, "a mapping")
        ]

    def need(self, name: str) -> Node | None:
        """A single value that must be there."""
        node = self.text(name)
        if node is None and self.node.child(name) is None:
            self.wrong(name, f"{self.named(name)} is missing; the definition requires it")
        return node

    def lost(self, name: str, why: str = "the model has no word for it", help: str = "") -> None:
        """Reports that a field is not carried over."""
        self.taken.add(name)
        message = f"{self.named(name)} is not carried over: {why}"
        self.report.add(LOST, Severity.ERROR, message, self._where(name), spell(self.way(name)), help)

    def wrong(self, name: str, message: str, help: str = "") -> None:
        """Reports what the resource's definition does not allow."""
        self.report.add(SHAPE, Severity.ERROR, message, self._where(name), spell(self.way(name)), help)

    def differs(self, code: str, name: str, message: str, help: str = "") -> None:
        """Reports that the model means it a little otherwise."""
        self.report.add(code, Severity.WARNING, message, self._where(name), spell(self.way(name)), help)

    def _of_kind(self, name: str, kind: type, called: str) -> Node | None:
        node = self.take(name)
        if node is None or isinstance(node.value, kind):
            return node
        self.wrong(name, f"{self.named(name)} is not {called}")
        return None

    def _items(self, name: str, kind: type, called: str) -> Iterator[tuple[int, Node]]:
        node = self._of_kind(name, list, "a list")
        items = node.value if node and isinstance(node.value, list) else []
        for position, item in enumerate(items):
            if isinstance(item.value, kind):
                yield position, item
            else:
                self.wrong(name, f"entry {position} of {self.named(name)} is not {called}")

    def named(self, name: str) -> str:
        """A field, as messages name it."""
        return f"`{spell(self.way(name))}` of {self.owner}"

    def _where(self, name: str) -> Span:
        """The key of a field, or the mapping itself where it is not there."""
        value = self.node.value
        return value[name].key if isinstance(value, dict) and name in value else self.node.span
