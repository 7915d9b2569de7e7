"""What a rule needs: the model's tree, to say where things stand, and a short way to say what is wrong."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from frrcompile.diagnostics import Diagnostic, Label, Severity
from frrcompile.model.tree import Node, Path, locate, locate_key, spell

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the rules speak about."""

    root: Node

    def error(
        self, code: str, at: Path, message: str, *, other: Path | None = None, said: str = "", help: str = ""
    ) -> Diagnostic:
        """A finding at the field `at`; `other` is its second side, which `said` describes."""
        labels = (Label(locate(self.root, other), said),) if other is not None else ()
        return Diagnostic(
            code, Severity.ERROR, message, locate(self.root, at), field=spell(at), labels=labels, help=help
        )

    def key_error(self, code: str, at: Path, message: str, *, help: str = "") -> Diagnostic:
        """A finding about the key that ends `at`."""
        return Diagnostic(code, Severity.ERROR, message, locate_key(self.root, at), field=spell(at), help=help)


def repeated(pairs: Iterable[tuple[Key, Path]]) -> Iterator[tuple[Key, Path, Path]]:
    """Each key that comes again, with its place and the place where it stood first."""
    first: dict[Key, Path] = {}
    for key, at in pairs:
        if key in first:
            yield key, at, first[key]
        else:
            first[key] = at
