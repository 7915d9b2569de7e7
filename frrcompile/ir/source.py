"""The document that a site was read from: where things stand, and a short way to say what is wrong with them."""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Label, Severity, Span
from frrcompile.model.tree import Node, Path, locate, locate_key, spell


class Source(NamedTuple):
    """The document that the rules speak about."""

    root: Node

    def error(self, code: str, at: Path, message: str, *, help: str = "") -> Diagnostic:
        """An error at the field `at`."""
        return self.finding(Severity.ERROR, code, at, message, help=help)

    def warning(self, code: str, at: Path, message: str, *, help: str = "") -> Diagnostic:
        """A warning at the field `at`: FRR takes it, but it is probably not meant."""
        return self.finding(Severity.WARNING, code, at, message, help=help)

    def finding(
        self,
        severity: Severity,
        code: str,
        at: Path,
        message: str,
        *,
        other: Path | None = None,
        said: str = "",
        help: str = "",
        key: bool = False,
    ) -> Diagnostic:
        """A finding at the field `at`, or at its key; `other` is its second side, which `said` describes."""
        labels = (Label(locate(self.root, other), said),) if other is not None else ()
        span = locate_key(self.root, at) if key else locate(self.root, at)
        return Diagnostic(code, severity, message, span, field=spell(at), labels=labels, help=help)

    def line(self, at: Path) -> Span:
        """Where a line of a text stands: `at` is the text's path and the line's number from 0.

        It is the whole line, or the whole text's place where that is written in one line.
        """
        whole = locate(self.root, at)
        if whole.end_line == whole.line:
            return whole
        number = whole.line + 1 + int(at[-1])  # a block begins in the line after its `|`
        return Span(whole.path, number, 1, number + 1, 1)
