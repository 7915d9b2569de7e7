"""Rules: small functions with a code, and the documentation that their docstrings hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Edit, Label, Severity, Span
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release
from frrcompile.lint.configuration import Command, Configuration


class Problem(NamedTuple):
    """What a rule found; the engine adds the code and the severity.

    `at` is a command, whose whole text is marked, or a span. The other fields are those of a `Diagnostic`.
    """

    at: Command | Span
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""
    edit: Edit | None = None


Check = Callable[[Configuration], Iterator[Problem]]


class Rule(NamedTuple):
    """One rule: its code, its name in words with hyphens, how bad its findings are, and the function that finds them.

    `releases` are the first release of FRR it is for, and the first that it is no longer for.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    releases: tuple[Release, Release] = (BEFORE_ALL, AFTER_ALL)

    @property
    def family(self) -> str:
        """The module or folder of `rules/` that it stands in: `sessions`."""
        return self.check.__module__.split(".rules.", 1)[-1].split(".")[0]

    def applies(self, release: Release) -> bool:
        """Whether it is for this release of FRR."""
        first, end = self.releases
        return first <= release < end

    @property
    def page(self) -> Page:
        """Its documentation. Raises ValueError where the docstring lacks a part, which a test excludes."""
        return read_page(f"{self.code} {self.name}", self.check.__doc__)


class Page(NamedTuple):
    """A rule's documentation: `bad` makes it find something, `good` does not; both are run as its tests."""

    summary: str
    what: str
    why: str
    bad: str
    good: str


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    since: Release = BEFORE_ALL,
    until: Release = AFTER_ALL,
) -> Callable[[Check], Check]:
    """Makes a rule of the function that it decorates, for FRR from the release `since` up to, without, `until`."""

    def register(check: Check) -> Check:
        _registered.append(Rule(code, name, severity, check, (since, until)))
        return check

    return register


_registered: list[Rule] = []


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes. Raises ValueError for two rules of one code or name."""
    import frrcompile.lint.rules  # noqa: F401  each module registers its own

    found = {one.code: one for one in sorted(_registered, key=lambda one: one.code)}
    if len(found) != len(_registered) or len({one.name for one in _registered}) != len(_registered):
        raise ValueError("two lint rules have one code or one name")
    return found


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
