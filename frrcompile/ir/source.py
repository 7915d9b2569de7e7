"""The document that a site was read from: where things stand, and a short way to say what is wrong with them."""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Label, Severity, Span
from frrcompile.model.tree import Node, Path, locate, locate_key, spell


class Source(NamedTuple):
    """The document that the rules speak about."""

    root: Node

    def error(
        self, code: str, at: Path, message: str, *, other: Path | None = None, said: str = "", help: str = ""
    ) -> Diagnostic:
        """An error at the field `at`; `other` is its second side, which `said` describes."""
        return self._finding(Severity.ERROR, code, at, message, other, said, help)

    def warning(
        self, code: str, at: Path, message: str, *, other: Path | None = None, said: str = "", help: str = ""
    ) -> Diagnostic:
        """A warning at the field `at`: FRR takes it, but hardly anybody means it."""
        return self._finding(Severity.WARNING, code, at, message, other, said, help)

    def key_error(self, code: str, at: Path, message: str, *, help: str = "") -> Diagnostic:
        """An error about the key that ends `at`."""
        return Diagnostic(code, Severity.ERROR, message, locate_key(self.root, at), field=spell(at), help=help)

    def line(self, at: Path) -> Span:
        """Where a line of a text stands: `at` is the text's path and the line's number from 0.

        It is the whole text's place where that is written in one line.
        """
        whole = locate(self.root, at)
        if whole.end_line == whole.line:
            return whole
        number = whole.line + 1 + int(at[-1])  # a block begins in the line after its `|`
        return Span(whole.path, number, 1, number, 1)

    def _finding(
        self, severity: Severity, code: str, at: Path, message: str, other: Path | None, said: str, help: str
    ) -> Diagnostic:
        labels = (Label(locate(self.root, other), said),) if other is not None else ()
        return Diagnostic(code, severity, message, locate(self.root, at), field=spell(at), labels=labels, help=help)
