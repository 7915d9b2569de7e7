"""What is known of each code that a finding can have: its name, its severity, and its documentation, which a docstring holds.

The docstring of a rule has a sentence, and the parts `What:`, `Why:`, `Bad:` and `Good:`. It is the rule's test, its page in
docs/rules/ and what `frrcompile explain` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release


class Page(NamedTuple):
    """A code's documentation: `bad` makes it find something, `good` does not; both are run as its tests."""

    summary: str
    what: str
    why: str
    bad: str
    good: str


class Entry(NamedTuple):
    """What is known of a code: its name, how bad its findings are by default, and the docstring that documents it.

    `family` is the group that it is listed in. `judge` finds what is in an example that findings call by a path.
    `releases` are the first release of FRR that it is for, and the first that it is no longer for. `base` is the model that
    its examples are laid over, if they are.
    """

    code: str
    name: str
    severity: Severity
    family: str
    docstring: str | None
    judge: Callable[[Entry, str, str], Iterable[Diagnostic]]
    releases: tuple[Release, Release] = (BEFORE_ALL, AFTER_ALL)
    base: str = ""

    @property
    def page(self) -> Page:
        """Its documentation. Raises ValueError where the docstring lacks a part, which a test excludes."""
        return read_page(f"{self.code} {self.name}", self.docstring)

    @property
    def fixable(self) -> bool:
        """Whether `--fix` repairs what it finds: whether it would repair its own bad example."""
        return any(finding.edit is not None for finding in self.findings(self.page.bad, "-"))

    def findings(self, example: str, path: str) -> list[Diagnostic]:
        """The findings of this code in an example, by the newest FRR with a command table that it is for."""
        return [finding for finding in self.judge(self, example, path) if finding.code == self.code]

    def applies(self, release: Release) -> bool:
        """Whether it is for this release of FRR."""
        first, end = self.releases
        return first <= release < end


_PARTS = ("What:", "Why:", "Bad:", "Good:")


def read_page(whose: str, docstring: str | None) -> Page:
    """The documentation that a docstring holds. Raises ValueError, which names `whose` it is, where it lacks a part."""
    import inspect
    import textwrap

    text = inspect.cleandoc(docstring or "")
    summary, *rest = text.split("\n", 1)
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in "".join(rest).split("\n"):
        part = next((part for part in _PARTS if line.startswith(part)), None)
        if part:
            current = parts.setdefault(part, [])
            line = line[len(part) :].strip()
        current.append(line)
    if missing := [part for part in _PARTS if part not in parts]:
        raise ValueError(f"{whose}: its docstring lacks {', '.join(missing)}")
    what, why, bad, good = (textwrap.dedent("\n".join(parts[part]).strip("\n")) for part in _PARTS)
    return Page(summary, " ".join(what.split()), " ".join(why.split()), bad + "\n", good + "\n")
